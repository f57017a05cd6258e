"""Draining: claims due rows of every kind in batches and runs their handlers on several threads until nothing is due."""

import os
import sys
import threading
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import cache

import structlog
from django.conf import settings
from django.db import close_old_connections, connection, connections

from stoa.base.work.claim import Claimed, Fenced, claim, put_off, release, waiting
from stoa.base.work.kinds import Kind, all_kinds
from stoa.base.work.locks import is_busy

log = structlog.get_logger()
STEP_BACK = 5  # of 19 steps: a third of the turns that others get, not so few that a lock is held for long
stopping = threading.Event()  # set when this process is told to end: nothing more is claimed
_draining = threading.Lock()


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(settings.STOA_WORK_THREADS, thread_name_prefix="work")


def drain() -> int:
    """Runs everything that is due. Gives how many rows were handled; 0 at once if this process is draining already."""
    if not _draining.acquire(blocking=False):
        return 0
    try:
        return drain_on_threads() if settings.STOA_WORK_THREADS else drain_one_by_one()
    finally:
        _draining.release()


def drain_one_by_one() -> int:
    """Without threads (tests): batch after batch, in the order of the kinds."""
    handled = 0
    while batch := [(kind, claimed) for kind in waiting(all_kinds()) for claimed in claim(kind)]:
        for kind, claimed in batch:
            run_one(kind, claimed)
        handled += len(batch)
    return handled


def drain_on_threads() -> int:
    """As many rows at once as there are threads. A slow one holds its own thread, and nothing else."""
    handled, running = 0, dict[Future[None], Kind]()
    while True:
        kinds = all_kinds()
        turn = handled % max(len(kinds), 1)  # so that no kind with much to do keeps the others waiting
        free = len(running) < settings.STOA_WORK_THREADS and not stopping.is_set()
        for kind in waiting(kinds[turn:] + kinds[:turn]) if free else []:
            room = settings.STOA_WORK_THREADS - len(running)
            if kind.at_once:
                room = min(room, kind.at_once - sum(each is kind for each in running.values()))
            for claimed in claim(kind, min(room, kind.batch)) if room > 0 else []:
                running[_pool().submit(_behind_all if kind.steps_back else _in_thread, kind, claimed)] = kind
                handled += 1
        if not running:
            return handled
        unfinished = wait(running, timeout=0.5, return_when=FIRST_COMPLETED).not_done
        running = {each: running[each] for each in unfinished}


def run_one(kind: Kind, claimed: Claimed) -> None:
    """Runs one handler. Trouble stays on the row, which is tried again later; it never ends the worker."""
    try:
        kind.handle(claimed.id, claimed.fence)
    except Fenced:
        log.warning("work.fenced", kind=kind.key, id=claimed.id)
    except Exception as trouble:
        if (
            connection.errors_occurred and not connection.in_atomic_block
        ):  # the server ends it where we were stopped for long
            connection.close_if_unusable_or_obsolete()
        if is_busy(trouble):
            put_off(kind, claimed)
            return
        log.exception("work.trouble", kind=kind.key, id=claimed.id)
        release(kind, claimed, f"{type(trouble).__name__}: {trouble}")


def _in_thread(kind: Kind, claimed: Claimed) -> None:
    close_old_connections()
    run_one(kind, claimed)


def _behind_all(kind: Kind, claimed: Claimed) -> None:
    """On a thread of its own: what a thread has given up of its turn it cannot take back, and the pool's threads do other work next."""
    own = threading.Thread(target=_stepping_back, args=(kind, claimed), name="behind")
    own.start()
    own.join()


def _stepping_back(kind: Kind, claimed: Claimed) -> None:
    if sys.platform == "linux":  # elsewhere priorities belong to whole processes
        number = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, number, min(os.getpriority(os.PRIO_PROCESS, number) + STEP_BACK, 19))
    try:
        run_one(kind, claimed)
    finally:
        connections.close_all()
