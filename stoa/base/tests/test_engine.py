"""The worker: a slow row holds nothing else, a lock does not end it, and the engine's old rows are cleared away."""

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import OperationalError, connections, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from stoa.base.models import Tick
from stoa.base.postgres import limits
from stoa.base.work import drain as draining
from stoa.base.work import engine, ticks, wake
from stoa.base.work.claim import Claimed
from stoa.base.work.kinds import Kind

LONG_AGO = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture
def threads(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two working threads, whose connections are closed after each row."""

    def in_thread(kind: Kind, group: Sequence[Claimed]) -> None:
        draining.take_up(kind, group)
        connections.close_all()

    settings.STOA_WORK_THREADS = 2
    monkeypatch.setattr(draining, "_in_thread", in_thread)
    draining._pool.cache_clear()
    yield
    draining._pool().shutdown()
    draining._pool.cache_clear()


@pytest.mark.django_db(transaction=True)
def test_what_becomes_due_meanwhile_does_not_wait_for_a_slow_row(threads: None) -> None:
    quick = threading.Event()
    waited: list[bool] = []

    def slow() -> None:
        Tick.objects.create(name="test.quick", instant=LONG_AGO, due_at=LONG_AGO)
        waited.append(quick.wait(20))

    ticks.every(timedelta(days=1), name="test.slow")(slow)
    ticks.every(timedelta(days=1), name="test.quick")(quick.set)
    try:
        Tick.objects.create(name="test.slow", instant=LONG_AGO, due_at=LONG_AGO)
        assert draining.drain() == 2
    finally:
        ticks._rhythms.pop("test.slow")
        ticks._rhythms.pop("test.quick")
    assert waited == [True]
    assert not Tick.objects.exclude(due_at=None).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux knows the priority of one thread")
def test_what_steps_back_is_served_after_all_others_and_its_thread_is_used_for_nothing_else(
    threads: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, int] = {}

    def look(name: str) -> None:
        seen[name] = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    for name in ("long", "short"):
        ticks.every(timedelta(days=1), name=f"test.{name}")(partial(look, name))
    tick = next(kind for kind in draining.all_kinds() if kind.model is Tick)
    try:
        for name, kinds in (("long", [replace(tick, steps_back=True)]), ("short", [tick])):
            monkeypatch.setattr(draining, "all_kinds", lambda kinds=kinds: kinds)
            Tick.objects.create(name=f"test.{name}", instant=LONG_AGO, due_at=LONG_AGO)
            assert draining.drain() == 1
    finally:
        ticks._rhythms.pop("test.long")
        ticks._rhythms.pop("test.short")
    usual = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    assert seen == {"long": min(usual + draining.STEP_BACK, 19), "short": usual}


@pytest.mark.django_db
def test_nothing_is_claimed_once_the_worker_is_told_to_stop(settings: Any) -> None:
    settings.STOA_WORK_THREADS = 2
    Tick.objects.create(name="test.left", instant=LONG_AGO, due_at=LONG_AGO)
    draining.stopping.set()
    try:
        assert draining.drain() == 0
    finally:
        draining.stopping.clear()
    assert Tick.objects.get().fence == 0


def test_a_lock_does_not_end_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    troubles = [OperationalError("database is locked")]
    ran: list[str] = []

    class Locked:
        def __init__(self, **options: Any) -> None:
            ran.append(options["queue_names"][0])

        def run(self) -> None:
            if troubles:
                raise troubles.pop()

    monkeypatch.setattr(limits, "are_set", False)  # and as it was afterwards: this process is no worker
    monkeypatch.setattr(engine, "Worker", Locked)
    monkeypatch.setattr(engine, "begin", list)
    monkeypatch.setattr(engine.time, "sleep", lambda seconds: None)
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    try:
        engine.work()
    finally:
        draining.stopping.clear()
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGINT, before[1])
    assert ran == ["default", "default"]
    assert limits.are_set


def test_work_without_end_keeps_neither_the_sign_of_life_nor_the_log_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when a community moves in: something is due for hours."""
    over, swept = threading.Event(), threading.Semaphore(0)
    monkeypatch.setattr(draining, "drain", lambda: over.wait(20))
    monkeypatch.setattr(engine, "sweep", swept.release)
    monkeypatch.setattr(engine, "close_old_connections", lambda: None)
    monkeypatch.setattr(engine, "SWEEP", 0.01)
    engine.begin()
    try:
        assert all(swept.acquire(timeout=10) for _time in range(3))
    finally:
        draining.stopping.set()
        over.set()
        for thread in threading.enumerate():
            if thread.name in ("sweep", "drain"):
                thread.join(10)
        draining.stopping.clear()


@pytest.mark.django_db
def test_the_engines_finished_and_dead_rows_are_cleared_away() -> None:
    now = timezone.now()
    ages = {
        (TaskResultStatus.SUCCESSFUL, timedelta(hours=2)): False,
        (TaskResultStatus.SUCCESSFUL, timedelta(minutes=2)): True,
        (TaskResultStatus.FAILED, timedelta(hours=2)): False,
        (TaskResultStatus.RUNNING, timedelta(minutes=11)): False,
        (TaskResultStatus.RUNNING, timedelta(minutes=2)): True,
        (TaskResultStatus.READY, timedelta(days=2)): True,
    }
    kept = []
    for (status, age), stays in ages.items():
        wake.drain.enqueue()
        row = DBTaskResult.objects.order_by("-enqueued_at").first()
        assert row is not None
        finished = now - age if status in (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED) else None
        DBTaskResult.objects.filter(pk=row.pk).update(
            status=status, started_at=now - age, finished_at=finished, enqueued_at=now - age
        )
        kept += [row.pk] if stays else []
    engine.clear_engine()
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == set(kept)


@pytest.mark.django_db(transaction=True)
def test_a_wake_up_is_enqueued_only_once_the_change_is_committed(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.STOA_WAKE = True
    monkeypatch.setattr(wake, "_last", float("-inf"))
    with transaction.atomic():
        wake.after_commit()
        assert DBTaskResult.objects.count() == 0
    assert DBTaskResult.objects.count() == 1
    monkeypatch.setattr(wake, "_last", float("-inf"))
    with transaction.atomic():
        wake.after_commit()
        transaction.set_rollback(True)
    assert DBTaskResult.objects.count() == 1
