"""Posts of several parts against a hostile network: one chain of attempts per part, nothing twice, and the beginning never again."""

import random
from datetime import timedelta
from types import ModuleType

import pytest

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.work import Fenced, claim
from stoa.base.work.drain import drain
from stoa.social.networks.actions import lift_hold, place_hold
from stoa.social.networks.models import Channel
from stoa.social.networks.tests.makers import make_channel
from stoa.social.publish.actions import outcomes, sending, turns
from stoa.social.publish.check import check
from stoa.social.publish.models import Attempt, Delivery
from stoa.social.publish.outgoing import hash_of
from stoa.social.publish.tests.hostile import HostileNetwork
from stoa.social.publish.tests.makers import START, fresh, make_delivery, make_thread, run
from stoa.social.publish.tests.test_killed_workers import kill_at, kind
from stoa.social.publish.times import GRACE
from stoa.spaces.tests.makers import make_staff


@pytest.fixture
def staff(channel: Channel) -> Actor:
    return make_staff("social_media_manager")


def chain(network: HostileNetwork) -> list[tuple[str, str]]:
    """(what stands there, the first line of what it answers)."""
    texts = {post.id: first_line(post.text) for post in network.posts}
    return [(first_line(post.text), texts.get(post.answers, "")) for post in network.posts]


def first_line(text: str) -> str:
    return text.split("\n")[0]


def states(rows: list[Delivery]) -> list[str]:
    return [fresh(row).state for row in rows]


def test_each_part_answers_the_one_before_and_the_comment_the_first(network: HostileNetwork, channel: Channel) -> None:
    rows = make_thread(channel, comment="More below.")
    assert [(row.role, row.part, row.due_at is None) for row in rows] == [
        ("post", 1, False), ("part", 2, True), ("part", 3, True), ("comment", 1, True),
    ]  # fmt: skip
    run()
    assert chain(network) == [("One.", ""), ("Two.", "One."), ("Three.", "Two."), ("More below.", "One.")]
    assert states(rows) == ["published"] * 4
    assert len({post.key for post in network.posts}) == 4
    for row in map(fresh, rows):
        assert row.request_hash == hash_of(row.content, row.answers) == row.attempts.get().request_hash
    assert not list(check())


def test_link_and_marker_stand_in_the_first_part_alone(network: HostileNetwork, channel: Channel) -> None:
    rows = make_thread(channel)
    assert [bool(row.marker) for row in rows] == [True, False, False]
    assert [row.link.address in row.text if row.marker else "/l/" in row.text for row in rows] == [True, False, False]


def test_a_refused_middle_leaves_the_beginning_and_holds_up_the_rest(network: HostileNetwork, channel: Channel) -> None:
    network.choose = lambda n: "refused" if n == 2 else "ok"
    rows = make_thread(channel, comment="More below.")
    run()
    assert states(rows) == ["published", "refused", "planned", "published"]
    assert fresh(rows[2]).is_waiting
    assert chain(network) == [("One.", ""), ("More below.", "One.")]
    run(START + timedelta(hours=13))
    assert network.sent == 3
    assert not list(check())


def test_a_refused_comment_never_sends_the_post_again(network: HostileNetwork, channel: Channel) -> None:
    network.choose = lambda n: "refused" if n == 2 else "ok"
    rows = make_thread(channel, ["One."], comment="More below.")
    run()
    assert (states(rows), network.sent) == (["published", "refused"], 2)


def test_an_unknown_middle_is_looked_up_before_the_next_goes(network: HostileNetwork, channel: Channel) -> None:
    network.choose = lambda n: "time-out after" if n == 2 else "ok"
    rows = make_thread(channel)
    drain()
    assert states(rows) == ["published", "unknown", "planned"]
    assert fresh(rows[2]).is_waiting
    run()
    assert chain(network) == [("One.", ""), ("Two.", "One."), ("Three.", "Two.")]
    assert network.sent == 3
    assert list(rows[1].attempts.values_list("outcome", flat=True)) == ["unknown", "published"]


def test_a_middle_that_is_not_there_is_sent_with_its_own_key_again(network: HostileNetwork, channel: Channel) -> None:
    network.choose = lambda n: "500 before" if n == 2 else "ok"
    rows = make_thread(channel)
    run()
    assert chain(network) == [("One.", ""), ("Two.", "One."), ("Three.", "Two.")]
    assert {post.key for post in network.posts} == {row.key for row in rows}
    assert rows[0].attempts.count() == 1


@pytest.mark.parametrize("seed", range(3))
def test_a_storm_of_faults_duplicates_no_part_and_loses_none(
    seed: int, network: HostileNetwork, channel: Channel
) -> None:
    dice = random.Random(seed)
    faults = ["ok", "ok", "ok", "time-out after", "500 before", "429", "not sent", "truncated", "refused"]
    network.choose, network.retry_after = (lambda n: dice.choice(faults)), "20"
    channels = [channel, *(make_channel("hostile", f"porch-{number}") for number in range(2))]
    threads = [
        make_thread(channels[n % 3], [f"{n} {k}" for k in range(4)], comment=f"{n} more", minutes=n + 1)
        for n in range(9)
    ]
    run(hours=48)
    assert network.duplicates() == []
    there = {post.key: post for post in network.posts}
    for rows in threads:
        for row in map(fresh, rows):
            assert (row.key in there) is (row.state == "published") or row.state == "asks"
            if row.state == "published" and row.follows:
                assert there[row.key].answers == fresh(row.follows).remote_id
            if row.is_waiting:
                assert fresh(row.follows).state != "published"  # type: ignore[arg-type]
    assert not list(check())


@pytest.mark.parametrize(
    ("module", "name", "when"),
    [(turns, "write", "after"), (turns, "open_attempt", "after"), (outcomes, "release", "before"), (outcomes, "release", "after")],
    ids=["after writing", "after opening", "before releasing", "after releasing"],
)  # fmt: skip
def test_a_worker_killed_between_parts_leaves_nothing_twice_and_nothing_lost(
    module: ModuleType, name: str, when: str, network: HostileNetwork, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = [make_thread(channel, [f"{n} {k}" for k in range(3)], comment=f"{n} more") for n in range(3)]
    kills = kill_at(monkeypatch, module, name, when)
    run()
    run(clock.now() + timedelta(hours=13))
    assert kills
    assert network.duplicates() == []
    assert {state for rows in threads for state in states(rows)} == {"published"}
    assert len(network.posts) == 12


def test_a_thread_is_not_interleaved_by_other_posts_of_its_channel(network: HostileNetwork, channel: Channel) -> None:
    network.choose = lambda n: "not sent" if n in (2, 3, 4) else "ok"
    make_thread(channel)
    make_delivery(channel, "Another.", minutes=1)
    run()
    assert [first_line(post.text) for post in network.posts] == ["One.", "Two.", "Three.", "Another."]


@pytest.mark.parametrize("fault", ["refused", "time-out after"])
def test_a_thread_that_is_stuck_does_not_block_its_channel(
    fault: str, network: HostileNetwork, channel: Channel
) -> None:
    network.choose = lambda n: fault if n == 2 else "ok"
    network.looks = lambda n: "500"
    make_thread(channel)
    make_delivery(channel, "Another.", minutes=5)
    run(hours=1)
    assert first_line(network.posts[-1].text) == "Another."


def test_what_was_held_in_the_middle_asks_whether_the_rest_should_still_go(
    network: HostileNetwork, channel: Channel, staff: Actor
) -> None:
    rows = make_thread(channel, by=staff)
    held = []

    def crisis(what: str) -> None:
        if what == "POST posts" and not held:
            held.append(place_hold(None, reason="A crisis", by=staff))

    network.during = crisis
    run(hours=1)
    assert states(rows) == ["published", "held", "planned"]
    with clock.pinned(START + timedelta(hours=2)):
        lift_hold(held[0], by=staff)
        drain()
    row = fresh(rows[1])
    assert (row.state, row.question, network.sent) == ("asks", "partial", 1)


def test_the_grace_of_a_part_begins_with_its_turn(network: HostileNetwork, channel: Channel) -> None:
    """The network asks for patience for longer than the grace of what was planned: no part is late for that. Nor for the minute that
    other rooms, whose questions it does not answer here, keep the channel quiet."""
    network.choose, network.retry_after = (lambda n: "429" if n == 1 else "ok"), "3600"
    rows = make_thread(channel)
    run()
    assert states(rows) == ["published"] * 3
    for row in map(fresh, rows[1:]):
        assert row.published_at + GRACE == row.late_after


def test_a_fenced_worker_releases_nothing(network: HostileNetwork, channel: Channel) -> None:
    rows = make_thread(channel)
    old = claim(kind())[0]
    turn = sending.begin(old.id, old.fence)
    assert turn is not None
    answer, credentials = sending.call(turn)
    Delivery.objects.filter(id=rows[0].id).update(fence=old.fence + 1)
    with pytest.raises(Fenced):
        outcomes.record(turn, answer, credentials)
    assert fresh(rows[1]).is_waiting
    assert Attempt.objects.filter(delivery=rows[1]).count() == 0
