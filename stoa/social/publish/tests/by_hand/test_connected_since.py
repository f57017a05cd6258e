"""What was posted by hand before the channel was connected: the network is asked nothing by the name that a pasted address gave it."""

from collections.abc import Callable
from typing import Any

import pytest

from stoa.base.actors import Actor
from stoa.base.work.drain import drain
from stoa.social.networks import lines
from stoa.social.networks.actions.channels import keep_channel
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Account, Granted, Line, Unknown
from stoa.social.publish.actions import confirm_down, confirm_published, send_again, withdraw_delivery
from stoa.social.publish.actions.correcting import can_be_edited
from stoa.social.publish.models import Delivery
from stoa.social.publish.tests.by_hand.handing import THERE, Page, at, handed
from stoa.social.publish.tests.makers import fresh, make_thread
from stoa.social.publish.words import takedown_note

pytestmark = pytest.mark.django_db


class Wire:
    """Whatever is asked there is noted, and not answered."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def request(self, method: str, url: str, **more: Any) -> Any:
        self.asked.append(f"{method} {url}")
        raise Unknown("No answer.")


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Wire:
    made = Wire()
    monkeypatch.setattr(lines, "line_for", lambda channel: Line(made, {}))
    return made


def connect(channel: Channel, by: Actor) -> None:
    opened = Account("did:plc:1", "porch.example", address=channel.address)
    assert keep_channel("bluesky", opened, Granted({"token": "t"}), by=by).id == channel.id


@pytest.fixture
def posted(channel: Channel, staff: Actor, wire: Wire, page: Callable[[str | None], Page]) -> Delivery:
    page(None)
    delivery = handed(channel, staff)
    confirm_published(delivery, THERE, by=staff)
    drain()
    connect(channel, staff)
    return fresh(delivery)


def test_it_is_taken_down_by_hand_and_never_called_gone_unasked(posted: Delivery, staff: Actor, wire: Wire) -> None:
    assert (bool(posted.remote_id), posted.network_id, posted.channel.is_by_hand) == (True, "", False)
    assert "Take it down there by hand" in takedown_note(posted)
    withdraw_delivery(posted, "Rain.", by=staff)
    drain()
    row = fresh(posted)
    assert (row.state, row.takedown, wire.asked) == ("published", "unclear", [])
    assert confirm_down(row, by=staff).takedown == "gone"


def test_its_words_are_not_corrected_by_that_name(posted: Delivery) -> None:
    assert not can_be_edited(posted)


def test_what_follows_is_not_attached_to_that_name(
    channel: Channel, staff: Actor, wire: Wire, page: Callable[[str | None], Page]
) -> None:
    page(None)
    first, second = make_thread(channel, ["One.", "Two."], by=staff)
    drain()
    confirm_published(fresh(first), THERE, by=staff)
    connect(channel, staff)
    drain()
    row = fresh(second)
    assert (row.state, row.question, wire.asked) == ("asks", "partial", [])
    with at(1), pytest.raises(Exception, match="cannot be attached"):
        send_again(row, by=staff)


def test_what_the_network_named_itself_is_asked_for_by_that_name(posted: Delivery, staff: Actor) -> None:
    posted.attempts.filter(kind="person").update(kind="look")
    assert posted.network_id == posted.remote_id
