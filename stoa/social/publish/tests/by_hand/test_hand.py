"""By hand: handed over at its time, posted by a person, said with an address that is checked; never taken for granted."""

from collections.abc import Callable

import pytest

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.work.drain import drain
from stoa.people.models import Notice
from stoa.people.tests.makers import make_actor
from stoa.social.networks.actions.channels import keep_channel
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Account, Granted
from stoa.social.publish import today
from stoa.social.publish.actions import (
    change_delivery,
    confirm_down,
    confirm_published,
    let_go,
    remind_later,
    send_again,
)
from stoa.social.publish.check import check
from stoa.social.publish.models import Attempt
from stoa.social.publish.tests.by_hand.handing import THERE, Page, at, handed
from stoa.social.publish.tests.makers import START, fresh, make_delivery
from stoa.social.publish.times import FORGOTTEN, NOT_NOW

pytestmark = pytest.mark.django_db


def test_at_its_time_it_is_handed_over_and_whoever_may_publish_is_told(channel: Channel, staff: Actor) -> None:
    delivery = make_delivery(channel, by=staff, minutes=30)
    drain()
    assert fresh(delivery).state == "planned"
    with at(0.5):
        drain()
        row = fresh(delivery)
        assert (row.state, row.due_at) == ("handed", clock.now() + FORGOTTEN)
        assert [(each.kind, each.outcome) for each in row.attempts.all()] == [("hand", "handed")]
        assert Notice.objects.filter(person_id=staff.person_id, kind="publish.handed").count() == 1
        work = [each for each in today.rows(staff) if each.key.startswith("publish.delivery")]
        assert [(each.act, each.address.rsplit("/", 2)[1]) for each in work] == [("Post it", "hand")]
    assert not list(check())


def test_what_was_posted_is_published_with_its_id_and_the_public_page_is_looked_at(
    channel: Channel, staff: Actor, page: Callable[[str | None], Page]
) -> None:
    asked = page("<html><meta content='Zips can&#39;t'><p>Zips  can be <b>saved</b>.</p></html>")
    delivery = handed(channel, staff)
    confirm_published(delivery, THERE, by=staff)
    drain()
    row = fresh(delivery)
    assert (row.state, row.remote_id, row.address, row.reason, row.due_at) == ("published", "3kabc", THERE, "", None)
    told = [(each.kind, each.outcome) for each in row.attempts.order_by("number")]
    assert (told, asked.asked) == ([("hand", "handed"), ("person", "published"), ("look", "matches")], 1)
    assert Notice.objects.filter(kind="publish.asks").count() == 0


@pytest.mark.parametrize(("says", "outcome"), [("<p>Sign in to read</p>", "differs"), (None, "unread")])
def test_a_page_that_shows_other_words_is_said_and_the_address_can_be_corrected(
    says: str | None, outcome: str, channel: Channel, staff: Actor, page: Callable[[str | None], Page]
) -> None:
    page(says)
    delivery = handed(channel, staff)
    confirm_published(delivery, THERE, by=staff)
    drain()
    row = fresh(delivery)
    assert (row.state, row.attempts.latest("number").outcome) == ("published", outcome)
    assert bool(row.reason) is (outcome == "differs")
    page("Zips can be saved.")
    confirm_published(row, THERE.replace("3kabc", "3kxyz"), by=staff)
    drain()
    row = fresh(delivery)
    assert (row.remote_id, row.reason, row.published_at) == ("3kxyz", "", START)


@pytest.mark.parametrize(
    "address",
    [
        "", "nonsense", "https://[x", "javascript:alert(1)", "https://bsky.app/profile/porch.example", "https://evil.example/profile/a/post/1",
        "https://bsky.app.evil.example/profile/porch.example/post/1", "https://bsky.app/profile/somebody.else/post/3kabc",
    ],
)  # fmt: skip
def test_an_address_of_elsewhere_or_of_another_account_is_refused_and_nothing_changes(
    address: str, channel: Channel, staff: Actor
) -> None:
    delivery = handed(channel, staff)
    with pytest.raises(Invalid) as refused:
        confirm_published(delivery, address, by=staff)
    assert refused.value.field == "address"
    assert (fresh(delivery).state, Attempt.objects.filter(kind="person").count()) == ("handed", 0)


def test_one_post_belongs_to_one_delivery(channel: Channel, staff: Actor, page: Callable[[str | None], Page]) -> None:
    page(None)
    first, second = handed(channel, staff), handed(channel, staff)
    confirm_published(first, THERE, by=staff)
    with pytest.raises(Invalid, match="another delivery"):
        confirm_published(second, THERE + "/", by=staff)
    assert fresh(second).state == "handed"


def test_what_is_forgotten_asks_and_can_still_be_posted_or_handed_over_again(
    channel: Channel, staff: Actor, page: Callable[[str | None], Page]
) -> None:
    page(None)
    delivery = handed(channel, staff)
    with at(3):
        drain()
        row = fresh(delivery)
        assert (row.state, row.question, row.due_at) == ("asks", "forgotten", None)
        again = send_again(row, by=staff)
        drain()
        assert (fresh(again).state, fresh(again).question) == ("handed", "")
        confirm_published(fresh(again), THERE, by=staff)
        assert fresh(delivery).state == "published"


def test_not_now_asks_an_hour_later(channel: Channel, staff: Actor) -> None:
    delivery = handed(channel, staff)
    with at(2.9):
        remind_later(delivery, by=staff)
        assert fresh(delivery).due_at == clock.now() + NOT_NOW
    with at(3.5):
        drain()
        assert fresh(delivery).state == "handed"
    with at(4):
        drain()
        assert fresh(delivery).state == "asks"
        with pytest.raises(NotPossible):
            remind_later(delivery, by=staff)


def test_what_somebody_had_in_hand_is_looked_up_before_an_interface_sends_it(channel: Channel, staff: Actor) -> None:
    delivery = handed(channel, staff)
    with at(3):
        drain()
        opened = Account("did:plc:1", "porch.example", address=channel.address)
        assert keep_channel("bluesky", opened, Granted({"token": "t"}), by=staff).id == channel.id
        send_again(fresh(delivery), by=staff)
        assert fresh(delivery).state == "unknown"


def test_what_is_in_hand_is_let_go_or_posted_but_not_changed(channel: Channel, staff: Actor) -> None:
    delivery = handed(channel, staff)
    with pytest.raises(NotPossible, match="in hand"):
        change_delivery(delivery, "Other words", wall=None, by=staff)
    let_go(delivery, "Rain.", by=staff)
    assert fresh(delivery).state == "withdrawn"


def test_who_may_not_publish_may_not_say_that_it_is_posted(channel: Channel, staff: Actor) -> None:
    delivery = handed(channel, staff)
    for act in (
        lambda: confirm_published(delivery, THERE, by=make_actor()),
        lambda: remind_later(delivery, by=make_actor()),
        lambda: confirm_down(delivery, by=make_actor()),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert fresh(delivery).state == "handed"
