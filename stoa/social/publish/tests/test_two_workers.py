"""Two workers at once, on real threads and a real database: one claim each, one renewal of credentials, one post."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from stoa.base import clock
from stoa.base.work import claim
from stoa.base.work.drain import run_one
from stoa.base.work.kinds import Kind, all_kinds
from stoa.base.work.locks import held
from stoa.people.rights import all_rights
from stoa.social.networks import lines
from stoa.social.networks.actions import InFlight, refresh_channel
from stoa.social.networks.models import Channel
from stoa.social.networks.tests.makers import make_channel
from stoa.social.publish.actions import turns
from stoa.social.publish.models import Attempt, Delivery
from stoa.social.publish.tests.hostile import HostileConnector, HostileNetwork
from stoa.social.publish.tests.makers import fresh, make_delivery, make_thread
from stoa.spaces.actions.roles import ship
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db(transaction=True)
on_postgres = pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite locks no rows: writers take turns")


def at_once(*works: Callable[[], object]) -> None:
    """Runs these on threads that start together."""
    gate = threading.Barrier(len(works))

    def begin(work: Callable[[], object]) -> None:
        gate.wait(10)
        try:
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        for future in [pool.submit(begin, work) for work in works]:
            future.result(60)


def delivery_kind() -> Kind:
    return next(each for each in all_kinds() if each.key == "publish.delivery")


def work_until_done() -> None:
    kind = delivery_kind()
    for _round in range(400):
        for claimed in claim(kind, 2):
            run_one(kind, claimed)
        if not Delivery.objects.filter(due_at__isnull=False).exists():
            return


@pytest.fixture
def channels(network: HostileNetwork, settings: object, tmp_path: Path) -> list[Channel]:
    settings.STOA_DATA = tmp_path  # type: ignore[attr-defined]
    assert all_rights()
    ship()
    return [make_channel("hostile", f"porch-{number}") for number in range(3)]


def test_two_workers_send_each_delivery_once(network: HostileNetwork, channels: list[Channel]) -> None:
    network.choose = lambda n: "time-out after" if n % 4 == 0 else "ok"
    staff = make_staff("social_media_manager")
    deliveries = [make_delivery(channels[number % 3], f"Post {number}", by=staff) for number in range(18)]
    with clock.moved(rate=60):
        at_once(work_until_done, work_until_done, work_until_done)
    assert Delivery.objects.filter(state="published").count() == 18
    assert [network.count(each.marker) for each in deliveries] == [1] * 18
    assert not Attempt.objects.filter(ended_at=None).exists()


def test_two_workers_send_each_part_once_and_in_order(network: HostileNetwork, channels: list[Channel]) -> None:
    network.choose = lambda n: "time-out after" if n % 5 == 0 else "ok"
    staff = make_staff("social_media_manager")
    threads = [make_thread(channels[n % 2], [f"{n} {k}" for k in range(4)], by=staff) for n in range(4)]
    with clock.moved(rate=60):
        at_once(work_until_done, work_until_done, work_until_done)
    assert network.duplicates() == []
    ids = {post.key: post.id for post in network.posts}
    answered = {post.key: post.answers for post in network.posts}
    for rows in threads:
        assert [answered[row.key] for row in rows] == ["", *(ids[row.key] for row in rows[:-1])]
    assert Delivery.objects.filter(state="published").count() == 16


def test_credentials_are_renewed_by_one_worker(
    network: HostileNetwork, channels: list[Channel], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second finds it in flight, or done."""
    monkeypatch.setattr(HostileConnector, "expires", True)
    channel, refused = channels[0], []

    def renew() -> None:
        try:
            refresh_channel(channel.id, lines.line_for(channel), seen=channel.opened)
        except InFlight as waiting:
            refused.append(waiting)

    at_once(renew, renew, renew, renew)
    assert network.refreshed == 1
    stored = Channel.objects.get(id=channel.id)
    assert (stored.opened, stored.refreshing_until) == (channel.opened + 1, None)
    assert lines.line_for(stored).credentials["token"] == "renewed-token-1"


def test_expired_credentials_are_renewed_once_and_all_goes_out(
    network: HostileNetwork, channels: list[Channel], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HostileConnector, "expires", True)
    network.token = "another"
    deliveries = [make_delivery(channels[0], f"Post {number}") for number in range(4)]
    with clock.moved(rate=60):
        at_once(work_until_done, work_until_done)
    assert (network.refreshed, [network.count(each.marker) for each in deliveries]) == (1, [1] * 4)


def test_credentials_that_end_soon_are_renewed_first(network: HostileNetwork, channels: list[Channel]) -> None:
    Channel.objects.filter(id=channels[0].id).update(fresh_until=clock.now() + timedelta(seconds=30))
    make_delivery(channels[0])
    work_until_done()
    assert network.calls == ["POST token", "POST posts"]


@contextmanager
def holding(channel: Channel) -> Iterator[threading.Event]:
    """Another worker, stopped with the channel in its hand until the event is set."""
    has_it, woken = threading.Event(), threading.Event()

    def work() -> None:
        with transaction.atomic():
            held(Channel.objects.filter(id=channel.id)).get()
            has_it.set()
            woken.wait(30)
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    try:
        assert has_it.wait(10)
        yield woken
    finally:
        woken.set()
        worker.join(10)


@on_postgres
def test_a_channel_that_another_worker_holds_keeps_no_other_channel(
    network: HostileNetwork, channels: list[Channel]
) -> None:
    """What is due there is left for a moment; what is due elsewhere goes out."""
    kept, free = make_delivery(channels[0]), make_delivery(channels[1])
    kind = delivery_kind()
    with holding(channels[0]):
        for claimed in claim(kind, 2):
            run_one(kind, claimed)
        kept.refresh_from_db()
        assert [(each.state, each.tries) for each in (kept, fresh(free))] == [("planned", 0), ("published", 1)]
        assert (kept.lease_until, kept.trouble, kept.attempts.count()) == (None, "", 0)
        assert clock.now() < kept.due_at <= clock.now() + timedelta(seconds=2)  # type: ignore[operator]
    with clock.moved(by=timedelta(seconds=3)):
        work_until_done()
    assert (fresh(kept).state, network.count(kept.marker)) == ("published", 1)


@on_postgres
def test_a_new_delivery_can_be_planned_while_a_worker_holds_its_channel(
    network: HostileNetwork, channels: list[Channel]
) -> None:
    with holding(channels[0]), connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '2s'")
        planned = make_delivery(channels[0], minutes=5)
        cursor.execute("SET lock_timeout = 0")
    assert fresh(planned).state == "planned"


@on_postgres
def test_an_answer_is_written_once_the_channel_is_free(
    network: HostileNetwork, channels: list[Channel], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has sent something waits, so that it need not be looked up."""
    delivery, stack = make_delivery(channels[0]), ExitStack()

    def stop_another(number: int) -> str:
        woken = stack.enter_context(holding(channels[0]))
        threading.Timer(0.3, woken.set).start()
        return "ok"

    network.choose = stop_another
    with stack:
        work_until_done()
    assert fresh(delivery).state == "published"
    assert [(each.kind, each.outcome) for each in delivery.attempts.all()] == [("send", "published")]


def until_somebody_waits() -> None:
    ends = time.monotonic() + 10
    with connection.cursor() as cursor:
        while time.monotonic() < ends:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
    raise AssertionError("Nobody waited.")


@on_postgres
def test_what_a_person_decided_is_seen_by_who_waited_for_it(network: HostileNetwork, channels: list[Channel]) -> None:
    """The row and its channel are read as they are after the waiting, not as they were before."""
    delivery, seen, is_held = make_delivery(channels[0]), list[tuple[str, str]](), threading.Event()

    def decide() -> None:
        with transaction.atomic():
            row = held(Delivery.objects.select_related("channel"), "channel", "self").get(id=delivery.id)
            is_held.set()
            until_somebody_waits()
            Delivery.objects.filter(id=row.id).update(state="held", held_by="person", reason="No.")
            Channel.objects.filter(id=row.channel_id).update(reason="Seen.")

    def end() -> None:
        assert is_held.wait(10)
        with transaction.atomic():
            row = turns.take(delivery.id, 0)
            seen.append((row.state, row.channel.reason))

    at_once(decide, end)
    assert seen == [("held", "Seen.")]
