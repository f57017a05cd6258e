"""Where a post is looked for by its words, one with the same words from before it was first tried is another."""

from datetime import datetime, timedelta

import pytest

from stoa.social.networks.conforming import MADE, post
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Absent, Line, Outgoing, Published
from stoa.social.publish.actions import turns
from stoa.social.publish.tests.hostile import HostileConnector, HostileNetwork
from stoa.social.publish.tests.makers import START, fresh, make_delivery, run


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[Outgoing]:
    """What the connector was given to look up."""
    given, settle = list[Outgoing](), HostileConnector.settle

    def noted(self: HostileConnector, outgoing: Outgoing, *, over: Line, handle: str = "") -> Published | Absent:
        given.append(outgoing)
        return settle(self, outgoing, over=over, handle=handle)  # type: ignore[return-value]

    monkeypatch.setattr(HostileConnector, "settle", noted)
    return given


def test_what_was_planned_long_ago_is_looked_for_since_it_was_first_tried(
    network: HostileNetwork, channel: Channel, looked: list[Outgoing]
) -> None:
    network.choose = lambda n: "500 before" if n < 3 else "ok"
    delivery = make_delivery(channel, minutes=7 * 24 * 60)
    run(START, hours=24 * 8)
    first = delivery.attempts.filter(kind="send").order_by("number")[0]
    assert first.started_at == START + timedelta(days=7)
    assert {each.begun for each in looked} == {first.started_at}
    assert {each.made_at for each in looked} == {delivery.made_at}
    assert (len(looked) > 1, fresh(delivery).state) == (True, "published")


def test_what_a_backup_forgot_is_looked_for_since_it_was_made(
    network: HostileNetwork, channel: Channel, looked: list[Outgoing], monkeypatch: pytest.MonkeyPatch
) -> None:
    network.choose = lambda n: "500 before" if n == 1 else "ok"

    def restored() -> datetime | None:
        return START + timedelta(days=1)

    delivery = make_delivery(channel, minutes=2 * 24 * 60)
    monkeypatch.setattr(turns, "restored_at", restored)
    run(START, hours=24 * 3)
    assert {each.begun for each in looked} == {delivery.made_at}


def test_what_was_never_tried_begins_when_it_was_made() -> None:
    assert post("Zips.").begun == MADE
