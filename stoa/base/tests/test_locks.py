"""What a worker that was stopped has locked: nobody waits for it to begin something, and the server takes it away in the end."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.db import Error, OperationalError, connection, transaction

from stoa.base import clock
from stoa.base.models import Tick
from stoa.base.postgres import limits
from stoa.base.work import claim, kinds
from stoa.base.work.drain import run_one
from stoa.base.work.locks import held, held_at_once, is_busy

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite locks no rows: writers take turns"),
]
NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture
def tick() -> Tick:
    return Tick.objects.create(name="x", instant=NOW, due_at=NOW)


@contextmanager
def stopped_with(tick: Tick) -> Iterator[list[BaseException]]:
    """Another worker, stopped in a transaction in which it has locked the row. Gives what it met when it was woken."""
    has_it, woken, met = threading.Event(), threading.Event(), list[BaseException]()

    def work() -> None:
        try:
            with transaction.atomic():
                held(Tick.objects.filter(id=tick.id)).get()
                has_it.set()
                woken.wait(30)
                Tick.objects.filter(id=tick.id).update(trouble="Written by whoever was stopped.")
        except Exception as trouble:
            met.append(trouble)
        finally:
            connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    try:
        assert has_it.wait(10)
        yield met
    finally:
        woken.set()
        worker.join(10)


@contextmanager
def limited(idle: float, wait: float, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Connections that are opened within are a worker's, with these limits in seconds."""
    with monkeypatch.context() as patch:
        patch.setattr(limits, "IDLE", timedelta(seconds=idle))
        patch.setattr(limits, "WAIT", timedelta(seconds=wait))
        patch.setattr(limits, "are_set", True)
        connection.close()
        yield
    connection.close()


def test_whoever_begins_something_does_not_wait_for_the_row(tick: Tick) -> None:
    with stopped_with(tick), pytest.raises(OperationalError) as busy, transaction.atomic():
        held_at_once(Tick.objects.filter(id=tick.id)).get()
    assert is_busy(busy.value)
    assert held_at_once(Tick.objects.all()).model is Tick


def test_other_trouble_of_the_database_is_not_taken_for_a_locked_row() -> None:
    assert not is_busy(OperationalError("the server is gone"))
    assert not is_busy(ValueError("55P03"))


def test_what_could_not_begin_is_due_again_in_a_moment_without_trouble() -> None:
    other, mine = (Tick.objects.create(name=name, instant=NOW, due_at=NOW) for name in "xy")

    def handle(number: int, fence: int) -> None:
        with transaction.atomic():
            Tick.objects.filter(id=mine.id).update(trouble="half of it")
            held_at_once(Tick.objects.filter(id=other.id)).get()

    kind = kinds.Kind("test.tick", Tick, handle)
    with clock.pinned(NOW), stopped_with(other):
        claimed = next(each for each in claim(kind) if each.id == mine.id)
        run_one(kind, claimed)
    mine.refresh_from_db()
    assert (mine.due_at, mine.lease_until) == (NOW + timedelta(seconds=2), None)
    assert (mine.tries, mine.fence, mine.trouble) == (0, 1, "")


def test_what_was_stopped_in_a_transaction_gives_back_what_it_locked(
    tick: Tick, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever ends something gets its turn; whoever was stopped has written nothing when it is woken."""
    with limited(0.2, 10, monkeypatch), stopped_with(tick) as met, transaction.atomic():
        held(Tick.objects.filter(id=tick.id)).get()
        Tick.objects.filter(id=tick.id).update(trouble="Written by whoever waited.")
    tick.refresh_from_db()
    assert tick.trouble == "Written by whoever waited."
    assert [isinstance(each, Error) for each in met] == [True]


def test_a_worker_waits_for_no_lock_without_end(tick: Tick, monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        limited(20, 0.2, monkeypatch),
        stopped_with(tick),
        pytest.raises(OperationalError) as busy,
        transaction.atomic(),
    ):
        held(Tick.objects.filter(id=tick.id)).get()
    assert is_busy(busy.value)


def test_a_locked_row_can_still_be_named_by_others(tick: Tick) -> None:
    """What names a row that a worker holds (a new delivery its channel, an attempt its delivery) is written without waiting."""
    with stopped_with(tick), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM base_tick WHERE id = %s FOR KEY SHARE NOWAIT", [tick.id])
        assert cursor.fetchone() == (tick.id,)


def test_limits_are_a_workers_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def shown() -> list[str]:
        with connection.cursor() as cursor:
            found = []
            for name in ("idle_in_transaction_session_timeout", "lock_timeout"):
                cursor.execute(f"SHOW {name}")
                found.append(cursor.fetchone()[0])
            return found

    assert shown() == ["0", "0"]
    with limited(30, 40, monkeypatch):
        assert shown() == ["30s", "40s"]
    assert shown() == ["0", "0"]
