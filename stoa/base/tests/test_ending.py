"""A worker that is told to stop ends what it has in hand and gives back what it has not begun."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connections

from stoa.base import ffmpeg
from stoa.base.models import Tick
from stoa.base.work import drain as draining
from stoa.base.work.claim import Claimed, claim
from stoa.base.work.kinds import Kind
from stoa.settings import ROOT

LONG_AGO = datetime(2026, 5, 1, tzinfo=UTC)

SLOW = """
import os, sys, time
from datetime import timedelta
import django
django.setup()
from django.db import connection
from django_tasks_db.models import DBTaskResult
from stoa.base.models import Tick
from stoa.base.server import memory
from stoa.base.server.beside import Beside
from stoa.base.work import drain, engine, ticks

def tell(word):
    with open(sys.argv[1], "a") as told:
        told.write(word + "\\n")

def slow():
    tell("begun")
    time.sleep(1.5)
    tell("ended")

with connection.schema_editor() as editor:
    for model in (Tick, DBTaskResult):
        editor.create_model(model)
kinds = [each for each in drain.all_kinds() if each.model is Tick]
drain.all_kinds = lambda: kinds
ticks._rhythms.clear()
ticks.every(timedelta(days=9999), name="test.slow")(slow)
ticks.plan()
memory.settle()
worker = Beside(work=engine.work_beside)
worker.start()
while not os.path.exists(sys.argv[1]) and worker.starts < 2:
    time.sleep(0.05)
worker.tell_to_stop()
worker.stop()
print(worker.starts, worker.process.returncode, *Tick.objects.values_list("due_at", "lease_until", "fence").get())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="forked on Linux alone")
def test_a_forked_worker_ends_what_it_has_in_hand_when_it_is_told_to_stop(tmp_path: Path) -> None:
    """The whole of it: a handler under way on the pool, SIGTERM (twice, as the server says it), and its row is settled."""
    told = tmp_path / "told"
    environ = {name: value for name, value in os.environ.items() if name != "STOA_DATABASE"}
    environ |= {"DJANGO_SETTINGS_MODULE": "stoa.settings", "STOA_DATA": str(tmp_path), "STOA_WORK_THREADS": "2"}
    command = [sys.executable, "-c", SLOW, str(told)]
    ran = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=180, check=True)
    assert told.read_text().split() == ["begun", "ended"]
    assert ran.stdout.splitlines()[-1].split() == ["1", "0", "None", "None", "1"], ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.fixture
def one_thread(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One working thread, whose connections are closed after each row."""

    def in_thread(kind: Kind, group: Sequence[Claimed]) -> None:
        draining.take_up(kind, group)
        connections.close_all()

    settings.STOA_WORK_THREADS = 1
    monkeypatch.setattr(draining, "_in_thread", in_thread)
    draining._pool.cache_clear()
    yield
    draining.stopping.clear()
    draining.finish()


@pytest.mark.django_db(transaction=True)
def test_what_was_claimed_ahead_is_given_back_as_it_was(one_thread: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three are claimed, one is under way when the worker is told to stop: the others are due at once for another worker."""
    begun: list[int] = []

    def handle(number: int, fence: int) -> None:
        begun.append(number)
        draining.stopping.set()
        Tick.objects.filter(id=number, fence=fence).update(due_at=None, lease_until=None)

    kind = Kind("test.ahead", Tick, handle, ahead=2)
    monkeypatch.setattr(draining, "all_kinds", lambda: [kind])
    due = [LONG_AGO + timedelta(seconds=number) for number in range(3)]
    for number in range(3):
        Tick.objects.create(name=f"x{number}", instant=LONG_AGO, due_at=due[number], tries=number)
    assert draining.drain() == 3
    left = Tick.objects.exclude(id__in=begun).order_by("due_at")
    assert [(row.due_at, row.lease_until, row.tries) for row in left] == [(due[1], None, 1), (due[2], None, 2)]
    assert (len(begun), {each.id for each in claim(kind)}) == (1, {row.id for row in left})


@pytest.mark.django_db(transaction=True)
def test_what_was_claimed_again_since_is_not_given_back(one_thread: None) -> None:
    tick = Tick.objects.create(name="x", instant=LONG_AGO, due_at=LONG_AGO)
    kind = Kind("test.ahead", Tick, lambda number, fence: None)
    old = claim(kind)
    Tick.objects.filter(id=tick.id).update(fence=old[0].fence + 1)
    before = Tick.objects.values("lease_until", "tries", "fence").get()
    draining.put_back(kind, old)
    assert Tick.objects.values("lease_until", "tries", "fence").get() == before


@pytest.mark.django_db(transaction=True)
def test_what_breaks_beside_its_handler_is_logged(one_thread: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when giving it back finds the row locked."""
    said: list[tuple[str, Any]] = []

    class Log:
        def exception(self, word: str, **more: Any) -> None:
            said.append((word, more))

    def cannot(kind: Kind, claimed: Claimed, trouble: Exception) -> None:
        raise DatabaseError("locked")

    def handle(number: int, fence: int) -> None:
        raise ValueError("no")

    tick = Tick.objects.create(name="x", instant=LONG_AGO, due_at=LONG_AGO)
    kind = Kind("test.broken", Tick, handle)
    monkeypatch.setattr(draining, "all_kinds", lambda: [kind])
    monkeypatch.setattr(draining, "give_back", cannot)
    monkeypatch.setattr(draining, "log", Log())
    assert draining.drain() == 1
    assert said == [("work.broken", {"kind": "test.broken", "ids": [tick.id]})]


@pytest.mark.parametrize(
    ("does", "seconds", "told", "wrote"),
    [("exit 0", 20, False, True), ("exit 3", 20, False, False), ("exec sleep 60", 0.1, False, False), ("exec sleep 60", 20, True, False)],
)  # fmt: skip
def test_ffmpeg_is_ended_with_its_time_or_its_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, seconds: float, told: bool, wrote: bool
) -> None:
    stands_in = tmp_path / "ffmpeg"
    stands_in.write_text(f"#!/bin/sh\n{does}\n")
    stands_in.chmod(0o755)
    monkeypatch.setattr(ffmpeg, "program", lambda: str(stands_in))
    over, began = threading.Event(), time.monotonic()
    if told:
        threading.Timer(0.2, over.set).start()
    assert ffmpeg.writes((), seconds=seconds, over=over) is wrote
    assert time.monotonic() - began < 10
