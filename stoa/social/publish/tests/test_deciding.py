"""Holds, gates, lateness, order, withdrawing, and what people decide."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from stoa.base import backup, clock
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.work.drain import drain
from stoa.people.tests.makers import make_actor
from stoa.social.networks.actions import lift_hold, mark_for_reconnecting, place_hold
from stoa.social.networks.actions.channels import keep_channel
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Account, Granted
from stoa.social.networks.tests.makers import make_channel
from stoa.social.publish import gates
from stoa.social.publish.actions import (
    answer_on_network,
    confirm_published,
    hold_delivery,
    let_go,
    resume_held,
    send_again,
)
from stoa.social.publish.models import Attempt, Delivery
from stoa.social.publish.tests.hostile import HostileNetwork
from stoa.social.publish.tests.makers import START, fresh, make_delivery, run
from stoa.spaces.tests.makers import make_staff

LATER = START + timedelta(hours=1)


def reconnect(channel: Channel) -> None:
    granted = Granted({"server": "https://plaza.example", "token": "new-token"})
    keep_channel("hostile", Account(channel.remote_id, "porch"), granted, by=make_staff("owner"))


@pytest.fixture
def refusing() -> Iterator[list[str]]:
    said = ["The author has taken their words back."]
    gates.gate("test.right")(lambda delivery: said[0])
    yield said
    gates._gates.pop("test.right")


def test_a_gate_that_refuses_holds_with_its_reason(
    network: HostileNetwork, channel: Channel, refusing: list[str]
) -> None:
    delivery = make_delivery(channel)
    run()
    row = fresh(delivery)
    assert (row.state, row.reason, row.held_by) == ("held", refusing[0], "gate")
    assert (network.calls, Attempt.objects.count()) == ([], 0)


def test_the_gate_is_asked_at_every_attempt(network: HostileNetwork, channel: Channel, refusing: list[str]) -> None:
    taken_back, refusing[0] = refusing[0], ""
    network.choose = lambda n: refusing.__setitem__(0, taken_back) or "429"  # type: ignore[func-returns-value]
    delivery = make_delivery(channel)
    run()
    assert (fresh(delivery).state, network.sent) == ("held", 1)


def test_a_gate_that_breaks_lets_nothing_through(network: HostileNetwork, channel: Channel) -> None:
    gates.gate("test.broken")(lambda delivery: 1 / 0)  # type: ignore[arg-type, return-value]
    try:
        delivery = make_delivery(channel)
        drain()
        assert (fresh(delivery).state, network.calls) == ("planned", [])
    finally:
        gates._gates.pop("test.broken")


@pytest.mark.parametrize("whole", [True, False])
def test_a_switch_holds_and_what_was_missed_asks(whole: bool, network: HostileNetwork, channel: Channel) -> None:
    staff = make_staff("social_media_manager")
    hold = place_hold(None if whole else channel, reason="Crisis", by=staff)
    missed, soon = make_delivery(channel, minutes=1), make_delivery(channel, minutes=55)
    run(hours=0.5)
    assert [fresh(missed).state, fresh(soon).state] == ["held", "planned"]
    with clock.pinned(LATER - timedelta(minutes=6)):
        lift_hold(hold, by=staff)
        drain()
        resume_held()
        drain()
    run(LATER - timedelta(minutes=6))
    assert [fresh(missed).state, fresh(missed).question, fresh(soon).state] == ["asks", "missed", "published"]
    assert network.sent == 1


def test_a_hold_ends_by_itself(network: HostileNetwork, channel: Channel) -> None:
    place_hold(channel, reason="Lunch", by=make_staff("operator"), until=START + timedelta(minutes=10))
    delivery = make_delivery(channel, minutes=1)
    run()
    with clock.pinned(START + timedelta(minutes=10)):
        resume_held()
        drain()
    assert fresh(delivery).state == "published"


def test_late_beyond_the_grace_asks(network: HostileNetwork, channel: Channel) -> None:
    delivery, late = make_delivery(channel, minutes=10), make_delivery(channel, "Late", minutes=5)
    run(START + timedelta(minutes=21))
    assert [fresh(delivery).state, fresh(late).state, fresh(late).question] == ["published", "asks", "late"]


def test_out_of_reach_until_it_is_late_asks(network: HostileNetwork, channel: Channel) -> None:
    network.choose = lambda n: "not sent"
    delivery = make_delivery(channel)
    run()
    assert (fresh(delivery).state, fresh(delivery).question, network.posts) == ("asks", "late", [])


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("120", 120), ("", 60), ("-5", 60), ("Wed, 21 Oct 2026 07:28:00 GMT", 60), ("315360000", 21_600), ("0", 1)],
)
def test_patience_is_kept_within_reason(said: str, seconds: int, network: HostileNetwork, channel: Channel) -> None:
    network.choose, network.retry_after = (lambda n: "429" if n == 1 else "ok"), said
    first, second = make_delivery(channel), make_delivery(channel, "Second")
    run()
    assert [fresh(first).state, fresh(second).state] == ["published", "published"]
    assert network.posts[0].at == START + timedelta(seconds=seconds)
    assert network.sent == 3


def test_one_channel_goes_in_order(network: HostileNetwork, channel: Channel) -> None:
    network.choose = lambda n: "not sent" if n < 6 else "ok"
    first, second = make_delivery(channel, "First"), make_delivery(channel, "Second", minutes=1)
    run()
    assert [post.marker for post in network.posts] == [first.marker, second.marker]


def test_a_stopped_channel_goes_on_when_it_is_connected_again(network: HostileNetwork, channel: Channel) -> None:
    network.choose = lambda n: ["reconnect", "ok", "ok"][n - 1]
    delivery, waiting = make_delivery(channel), make_delivery(channel, "Later", minutes=3)
    run()
    assert [fresh(delivery).state, fresh(waiting).state, fresh(delivery).channel.state] == [
        "stopped",
        "stopped",
        "reconnect",
    ]
    with clock.pinned(START + timedelta(minutes=5)):
        reconnect(channel)
    run(START + timedelta(minutes=5))
    assert [fresh(delivery).state, fresh(waiting).state] == ["published", "published"]


def test_unknown_on_a_lost_channel_is_looked_up_when_it_is_back(network: HostileNetwork, channel: Channel) -> None:
    network.choose = lambda n: mark_for_reconnecting(channel.id, "Over.") or "time-out after"  # type: ignore[func-returns-value]
    delivery = make_delivery(channel)
    run()
    assert (fresh(delivery).state, fresh(delivery).due_at) == ("unknown", None)
    with clock.pinned(LATER):
        reconnect(channel)
    run(LATER)
    assert (fresh(delivery).state, network.sent) == ("published", 1)


def test_sending_again_begins_with_a_read_back(network: HostileNetwork, channel: Channel) -> None:
    network.choose = lambda n: "time-out after"
    network.looks = lambda n: "500" if n < 10 else "ok"
    delivery = make_delivery(channel)
    run()
    assert fresh(delivery).state == "asks"
    with clock.pinned(LATER):
        send_again(delivery, by=make_staff("social_media_manager"))
    run(LATER)
    assert (fresh(delivery).state, network.sent) == ("published", 1)


def test_sending_again_what_was_never_tried_sends_it(network: HostileNetwork, channel: Channel) -> None:
    delivery = make_delivery(channel, minutes=5)
    run(LATER)
    assert fresh(delivery).question == "late"
    with clock.pinned(LATER):
        send_again(delivery, by=make_staff("social_media_manager"))
    run(LATER)
    assert fresh(delivery).state == "published"


def test_a_person_says_that_it_is_there_with_its_address(network: HostileNetwork, channel: Channel) -> None:
    network.choose, network.looks = (lambda n: "time-out after"), (lambda n: "500")
    staff, delivery = make_staff("social_media_manager"), make_delivery(channel)
    run()
    with pytest.raises(Invalid):
        confirm_published(delivery, "https://elsewhere.example/posts/r1", by=staff)
    with pytest.raises(NotAllowed):
        confirm_published(delivery, "https://plaza.example/posts/r1", by=make_actor())
    confirm_published(delivery, "https://plaza.example/posts/r1", by=staff)
    assert (fresh(delivery).state, fresh(delivery).address) == ("published", "https://plaza.example/posts/r1")
    with pytest.raises(NotPossible):
        send_again(delivery, by=staff)


def test_letting_go_ends_it(network: HostileNetwork, channel: Channel) -> None:
    delivery = make_delivery(channel, minutes=5)
    let_go(delivery, "Not needed.", by=make_staff("social_media_manager"))
    run()
    assert (fresh(delivery).state, network.calls) == ("withdrawn", [])


def test_holding_back_and_sending_again(network: HostileNetwork, channel: Channel) -> None:
    staff, delivery = make_staff("social_media_manager"), make_delivery(channel, minutes=5)
    hold_delivery(delivery, "Wait for the picture.", by=staff)
    run()
    assert (fresh(delivery).state, network.calls) == ("held", [])
    send_again(delivery, by=staff)
    run()
    assert fresh(delivery).state == "published"


def test_after_a_restore_everything_due_is_looked_up_and_nothing_is_sent(
    network: HostileNetwork, channel: Channel
) -> None:
    """The installation that is gone published the first; the backup does not know."""
    first, second = make_delivery(channel), make_delivery(channel, "Second")
    run()
    before = {"state": "planned", "due_at": START, "remote_id": "", "address": "", "published_at": None}
    Attempt.objects.all().delete()
    Delivery.objects.update(**before)
    network.posts = [post for post in network.posts if post.marker == first.marker]
    backup.pause("Restored.", START)
    run(LATER)
    assert [fresh(first).state, fresh(second).state] == ["published", "held"]
    assert (network.sent, fresh(second).reason) == (2, "Restored.")
    backup.resume()
    resume_held()
    run(LATER)
    assert (fresh(second).state, fresh(second).question, network.sent) == ("asks", "missed", 2)


def test_who_goes_on_at_once_after_a_restore_sends_nothing_twice(network: HostileNetwork, channel: Channel) -> None:
    """It was looked up and absent before the backup; sent by the installation that is gone; and nobody waits while it is paused."""
    delivery = make_delivery(channel)
    run()
    Attempt.objects.update(kind="look", outcome="absent")
    Delivery.objects.update(state="planned", due_at=START, remote_id="", address="", published_at=None)
    with clock.pinned(START + timedelta(minutes=1)):
        backup.pause("Restored.", START)
        backup.resume()
    run(START + timedelta(minutes=2))
    assert (fresh(delivery).state, network.sent, network.count(delivery.marker)) == ("published", 1, 1)
    assert list(delivery.attempts.values_list("kind", "outcome")) == [("look", "absent"), ("look", "published")]


def test_what_is_kept_in_our_own_database_is_asked_about_after_a_restore(
    network: HostileNetwork, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A look there proves nothing: what was sent meanwhile was kept in the database that is gone. A person decides, once."""
    rules = channel.rules
    monkeypatch.setattr(type(channel.connector), "rules", replace(rules, at_home=True))
    delivery = make_delivery(channel)
    with clock.pinned(START + timedelta(minutes=1)):
        backup.pause("Restored.", START)
        backup.resume()
    run(START + timedelta(minutes=2))
    row = fresh(delivery)
    assert (row.state, row.question, network.sent) == ("asks", "ambiguous", 0)
    assert "A backup was restored" in row.reason
    with clock.pinned(START + timedelta(minutes=30)):
        send_again(row, by=make_staff("social_media_manager"))
    run(START + timedelta(minutes=30))
    assert (fresh(delivery).state, network.sent) == ("published", 1)


def test_an_answer_goes_out_through_the_same_ledger(network: HostileNetwork, channel: Channel) -> None:
    staff = make_staff("community_manager")
    network.choose = lambda n: "time-out after"
    delivery = answer_on_network(channel, answers="r77", text="Try wax.", by=staff, about=("listen.conversation", 5))
    run()
    assert [(post.answers, post.text) for post in network.posts] == [("r77", "Try wax.")]
    assert (fresh(delivery).state, fresh(delivery).about_key, fresh(delivery).about_id) == (
        "published",
        "listen.conversation",
        5,
    )
    with pytest.raises(NotAllowed):
        answer_on_network(channel, answers="r77", text="Me too", by=make_actor())


def test_another_deliverys_post_proves_nothing(network: HostileNetwork, channel: Channel) -> None:
    other = make_delivery(channel)
    run()
    network.posts.clear()
    delivery = make_delivery(channel, "Second")
    run()
    assert [fresh(other).state, fresh(delivery).state, fresh(delivery).question] == ["published", "asks", "ambiguous"]


def test_channels_do_not_wait_for_each_other(network: HostileNetwork, channel: Channel) -> None:
    network.choose = lambda n: "429" if n == 1 else "ok"
    first, other = make_delivery(channel), make_delivery(make_channel("hostile", "other"), "Other")
    drain()
    assert {fresh(first).state, fresh(other).state} == {"planned", "published"}
