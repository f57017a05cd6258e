"""By hand: handed over at its time, posted by a person, said with an address that is checked; never taken for granted."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from stoa.base import clock
from stoa.base.actors import Actor, system
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.work.drain import drain
from stoa.people.models import Notice, Person
from stoa.people.tests.makers import make_actor
from stoa.social.networks import lines
from stoa.social.networks.actions import connect_by_hand, place_hold
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Unknown
from stoa.social.networks.rehearsing import Reply
from stoa.social.publish import gates, today
from stoa.social.publish.actions import (
    change_delivery,
    confirm_down,
    confirm_published,
    erase_words,
    let_go,
    remind_later,
    send_again,
    withdraw_delivery,
)
from stoa.social.publish.check import check
from stoa.social.publish.models import Attempt, Delivery
from stoa.social.publish.tests.makers import START, fresh, make_delivery
from stoa.social.publish.times import FORGOTTEN, NOT_NOW
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db
THERE = "https://bsky.app/profile/porch.example/post/3kabc"


class Page:
    """A network's public page, which says what it is told to say, or breaks."""

    def __init__(self, says: str | None) -> None:
        self.says, self.asked = says, 0

    def request(self, method: str, url: str, **more: Any) -> Any:
        self.asked += 1
        if self.says is None:
            raise Unknown("No whole answer.")
        return Reply(200, self.says.encode())


@pytest.fixture
def staff() -> Actor:
    return make_staff("social_media_manager")


@pytest.fixture
def channel(staff: Actor) -> Iterator[Channel]:
    with clock.pinned(START):
        yield connect_by_hand("bluesky", "@porch.example", "Porch", "https://bsky.app/profile/porch.example", by=staff)


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Callable[[str | None], Page]:
    def shown(says: str | None) -> Page:
        made = Page(says)
        monkeypatch.setattr(lines, "stranger", lambda: made)
        return made

    return shown


def at(hours: float) -> Any:
    return clock.pinned(START + timedelta(hours=hours))


def handed(channel: Channel, by: Actor) -> Delivery:
    delivery = make_delivery(channel, by=by)
    drain()
    return fresh(delivery)


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
        "", "nonsense", "javascript:alert(1)", "https://bsky.app/profile/porch.example", "https://evil.example/profile/a/post/1",
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


def test_words_taken_back_while_in_hand_ask_whether_they_were_posted(
    channel: Channel, staff: Actor, page: Callable[[str | None], Page]
) -> None:
    """Somebody may have posted them a minute ago: only a person can say, and until then nothing is called gone."""
    page(None)
    delivery = handed(channel, staff)
    withdraw_delivery(delivery, "Their author took them back.", by=system("bridge"))
    row = fresh(delivery)
    assert (row.state, row.question, row.takedown) == ("asks", "ambiguous", "asked")
    confirm_published(row, THERE, by=staff)
    drain()
    row = fresh(delivery)
    assert (row.state, row.takedown) == ("published", "unclear")
    confirm_down(row, by=staff)
    row = fresh(delivery)
    assert (row.state, row.takedown, row.due_at) == ("withdrawn", "gone", None)
    with pytest.raises(NotPossible):
        confirm_down(row, by=staff)


def test_words_taken_back_that_nobody_posted_are_let_go(channel: Channel, staff: Actor) -> None:
    delivery = handed(channel, staff)
    withdraw_delivery(delivery, "Their author took them back.", by=system("bridge"))
    let_go(fresh(delivery), "Nobody posted it.", by=staff)
    row = fresh(delivery)
    assert (row.state, row.takedown) == ("withdrawn", "")


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


@pytest.fixture
def browser(staff: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(id=staff.person_id).account)
    return client


def test_the_page_shows_words_ready_to_copy_and_keeps_what_was_pasted_wrongly(
    browser: Client, channel: Channel, staff: Actor
) -> None:
    delivery = handed(channel, staff)
    address = f"/desk/deliveries/{delivery.shown_id}/hand/"
    shown = browser.get(address).content.decode()
    assert "Zips can be saved." in shown
    assert delivery.link.address in shown
    wrong = browser.post(address, {"address": "https://bsky.app/profile/other/post/1"})
    assert wrong.status_code == 422
    assert b"https://bsky.app/profile/other/post/1" in wrong.content
    done = browser.post(address, {"address": THERE})
    assert (done.status_code, fresh(delivery).state) == (303, "published")
    assert b"Zips can be saved." not in browser.get(address).content


@pytest.mark.parametrize("why", ["switch", "gate", "taken back"])
def test_the_page_shows_no_words_that_may_not_go_out_now(
    why: str, browser: Client, channel: Channel, staff: Actor
) -> None:
    delivery = handed(channel, staff)
    if why == "switch":
        place_hold(None, reason="A crisis", by=staff)
    elif why == "gate":
        gates.gate("test.right")(lambda delivery: "The right has ended.")
    else:
        withdraw_delivery(delivery, "Their author took them back.", by=system("bridge"))
    try:
        shown = browser.get(f"/desk/deliveries/{delivery.shown_id}/hand/").content.decode()
    finally:
        gates._gates.pop("test.right", None)
    assert "Zips can be saved." not in shown
    assert {"switch": "A crisis", "gate": "The right has ended.", "taken back": "nothing to post by hand"}[why] in shown


def test_an_authors_leaving_empties_what_is_in_hand(channel: Channel, staff: Actor) -> None:
    delivery = handed(channel, staff)
    Delivery.objects.filter(id=delivery.id).update(about_key="talk.topic", about_id=7)
    assert erase_words(("talk.topic", 7), by=system("bridge")) == 0
    assert fresh(delivery).text == ""
