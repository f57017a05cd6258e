"""The job engine's worker as we run it: it survives locks, ends in order, sweeps, shows a heartbeat, and clears the engine's own rows.

The main thread takes the engine's wake-ups; a sweep finds whatever was lost. What keeps this process in order (the sign of life, clock
work, the log of writes) has a thread of its own: draining goes on for as long as something is due, as when a community moves in.
"""

import os
import signal
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from types import FrameType

import structlog
from django.conf import settings
from django.db import Error, close_old_connections, connections
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from stoa.base.postgres.limits import limit
from stoa.base.server.beside import PATIENCE
from stoa.base.sqlite import log as log_of_writes
from stoa.base.work import drain as draining
from stoa.base.work import ticks

log = structlog.get_logger()
INTERVAL = 0.2  # seconds between two looks for a wake-up
SWEEP = 1.0  # seconds between two sweeps
STUCK = timedelta(minutes=10)  # a task that has run for longer died with its worker: the due rows it was for are swept
FINISHED = timedelta(hours=1)


def work() -> None:
    """Works until it is told to stop (SIGTERM, SIGINT, or the end of the lifeline), then ends what is under way."""
    limit()
    threads = begin()
    try:
        take_wake_ups()
    finally:
        finish(threads)


def take_wake_ups() -> None:
    while not draining.stopping.is_set():
        worker = Worker(
            queue_names=["default"],
            interval=INTERVAL,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=uuid.uuid4().hex,
            excluded_queue_names=[],
        )
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, partial(stop, worker))
        try:
            worker.run()
        except Error as trouble:
            log.warning("worker.lock", trouble=str(trouble))
            connections.close_all()
            time.sleep(0.5)
        else:
            return


def work_beside(lifeline: int) -> None:
    """Works until it is told to stop, or whoever started us is gone."""
    hold_lifeline(lifeline)
    work()


def stop(worker: Worker, signum: int, frame: FrameType | None) -> None:
    """No new batches; what is running is finished. Whoever starts us may say SIGTERM twice: that is no reason to break off."""
    if draining.stopping.is_set() and signum == signal.SIGTERM:
        return
    draining.stopping.set()
    worker.shutdown(signum, frame)


def begin() -> list[threading.Thread]:
    """Starts the threads that sweep."""
    acts = {"sweep": sweep, "drain": draining.drain}
    threads = [threading.Thread(target=each_second, args=(acts[name],), name=name, daemon=True) for name in acts]
    for thread in threads:
        thread.start()
    return threads


def finish(threads: Sequence[threading.Thread]) -> None:
    """Waits for what is under way, since a process that was forked ends with all its threads at once."""
    draining.stopping.set()
    for thread in threads:
        thread.join()
    draining.finish()


def each_second(act: Callable[[], object]) -> None:
    """Does it again a second after it was done. Trouble is logged and the next second tried again."""
    while not draining.stopping.is_set():
        try:
            close_old_connections()
            act()
        except Error as trouble:
            log.warning("worker.sweep", trouble=str(trouble))
            connections.close_all()
        draining.stopping.wait(SWEEP)


def sweep() -> None:
    """Shows that we live, plans clock work, moves the log of writes into the file."""
    beat()
    ticks.plan()
    log_of_writes.move()


def beat() -> None:
    """The sign of life that `/readyz` and the desk look at: a file, because a row a second would be a write a second."""
    Path(settings.STOA_DATA).mkdir(parents=True, exist_ok=True)
    (settings.STOA_DATA / "worker.heartbeat").touch()


@ticks.every(timedelta(minutes=5), name="base.clear_engine")
def clear_engine() -> None:
    """Deletes the engine's rows that are finished, and those that run for ever since their worker was killed."""
    now = timezone.now()
    finished = [TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED]
    DBTaskResult.objects.filter(status__in=finished, finished_at__lt=now - FINISHED).delete()
    DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=now - STUCK).delete()


def hold_lifeline(pipe: int) -> None:
    """Ends this process when the pipe ends: whoever started us is gone."""

    def wait() -> None:
        os.read(pipe, 1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(PATIENCE)
        os._exit(1)

    threading.Thread(target=wait, name="lifeline", daemon=True).start()
