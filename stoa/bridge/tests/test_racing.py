"""An author takes their words back in the moment in which a worker claims the delivery, on separate connections: either the attempt
was there before, and it comes down again, or nothing leaves."""

import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from django.db import connection

from stoa.base import clock
from stoa.base.errors import NotPossible
from stoa.base.models import FactRow
from stoa.base.work import claim
from stoa.base.work.drain import drain, run_one
from stoa.base.work.kinds import all_kinds
from stoa.bridge.actions import ending, take_back, uses
from stoa.bridge.models import UsageRight, Use
from stoa.bridge.tests.makers import make_right, make_use
from stoa.people.rights import all_rights
from stoa.people.tests.makers import actor_of
from stoa.social.networks.models import Channel
from stoa.social.networks.tests.makers import make_channel
from stoa.social.publish import gates
from stoa.social.publish.models import Delivery
from stoa.social.publish.tests.hostile import HostileNetwork
from stoa.social.publish.tests.makers import fresh
from stoa.social.publish.tests.test_two_workers import at_once, work_until_done
from stoa.spaces.actions.roles import ship

pytestmark = pytest.mark.django_db(transaction=True)
on_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="one writer at a time: nothing interleaves")
PATIENCE = 20


@pytest.fixture
def channel(network: HostileNetwork, settings: object, tmp_path: Path) -> Channel:
    settings.STOA_DATA = tmp_path  # type: ignore[attr-defined]
    assert all_rights()
    ship()
    return make_channel("hostile")


def given_back(right: UsageRight) -> Callable[[], object]:
    return lambda: take_back(right, by=actor_of(right.author))


def somebody_waits() -> None:
    """Until another connection stands before a lock."""
    for _try in range(PATIENCE * 50):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("nobody waits")


def what_came_of(delivery: Delivery, network: HostileNetwork) -> tuple[int, int, set[str]]:
    """(posts that were sent, attempts to send, what stands on the network) when all is done."""
    with clock.moved(rate=60):
        work_until_done()
        drain()
    sends = delivery.attempts.filter(kind="send")
    assert not delivery.attempts.filter(ended_at=None).exists()
    return len(network.posts), sends.count(), {each.id for each in network.posts} - network.gone


@on_postgres
def test_an_attempt_that_was_written_before_the_take_back_is_sent_and_comes_down(
    network: HostileNetwork, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker holds the delivery and has asked the gate; the author, who has ended the right, stands before the lock."""
    right = make_right()
    delivery, asked = make_use(right, channel), Event()
    gate = gates._gates["bridge.usage_right"]

    def slow(row: Delivery) -> str:
        said = gate(row)
        asked.set()
        somebody_waits()
        return said

    def author() -> None:
        assert asked.wait(PATIENCE)
        take_back(right, by=actor_of(right.author))

    monkeypatch.setitem(gates._gates, "bridge.usage_right", slow)
    at_once(work_until_done, author)
    assert what_came_of(delivery, network) == (1, 1, set())
    assert (Use.objects.get().state, UsageRight.objects.get().state) == ("down", "withdrawn")


@on_postgres
def test_a_right_that_ends_while_its_delivery_is_sent_takes_it_down(
    network: HostileNetwork, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The right has ended and is not committed: the worker does not see it, sends, and the take-back finds what was sent."""
    right = make_right()
    delivery, ended, sent = make_use(right, channel), Event(), Event()
    take_down = ending.take_down_uses

    def slow(row: UsageRight, reason: str) -> int:
        ended.set()
        assert sent.wait(PATIENCE)
        return take_down(row, reason)

    def worker() -> None:
        assert ended.wait(PATIENCE)
        work_until_done()
        sent.set()

    monkeypatch.setattr(ending, "take_down_uses", slow)
    at_once(worker, given_back(right))
    assert what_came_of(delivery, network) == (1, 1, set())
    assert Use.objects.get().state == "down"


@on_postgres
def test_nothing_leaves_when_the_take_back_came_first(
    network: HostileNetwork, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker has claimed; the author holds the delivery; the worker stands before the lock, and finds it held."""
    right = make_right()
    delivery, withdrawn = make_use(right, channel), Event()
    kind = next(each for each in all_kinds() if each.key == "publish.delivery")
    (claimed,) = claim(kind, 1)
    withdraw = uses.withdraw_delivery

    def slow(*given: object, **named: object) -> object:
        done = withdraw(*given, **named)  # type: ignore[arg-type]
        withdrawn.set()
        somebody_waits()
        return done

    def worker() -> None:
        assert withdrawn.wait(PATIENCE)
        run_one(kind, claimed)

    monkeypatch.setattr(uses, "withdraw_delivery", slow)
    at_once(worker, given_back(right))
    assert what_came_of(delivery, network) == (0, 0, set())
    assert (fresh(delivery).state, Use.objects.get().state) == ("held", "held")


def test_whoever_comes_first_no_words_stay_out(network: HostileNetwork, channel: Channel) -> None:
    """A few rounds as they fall."""
    for _round in range(3):
        right, before = make_right(), len(network.posts)
        delivery = make_use(right, channel)
        at_once(work_until_done, given_back(right))
        posts, sends, standing = what_came_of(delivery, network)
        assert (posts - before, standing) == (sends, set())
        assert (sends, Use.objects.get(delivery=delivery).state) in ((0, "held"), (1, "down"))


def test_a_take_back_twice_at_once_is_one(network: HostileNetwork, channel: Channel) -> None:
    right, said = make_right(), list[str]()
    delivery = make_use(right, channel)
    work_until_done()

    def author() -> None:
        try:
            said.append(take_back(right, by=actor_of(right.author)).state)
        except NotPossible as refusal:
            said.append(refusal.reason)

    at_once(author, author)
    assert set(said) <= {"withdrawn", "There is nothing to take back."}
    assert "withdrawn" in said
    assert FactRow.objects.filter(name="bridge.usage_right_withdrawn").count() == 1
    assert what_came_of(delivery, network) == (1, 1, set())
    assert (network.deleted, right.events.filter(what="withdrawn").count()) == (1, 1)
