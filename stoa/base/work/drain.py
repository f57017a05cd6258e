"""Draining: claims due rows of every kind in batches and runs their handlers on several threads until nothing is due."""

import os
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import cache
from time import monotonic

import structlog
from django.conf import settings
from django.db import close_old_connections, connection, connections, transaction

from stoa.base.work.claim import Claimed, Fenced, Stopped, claim, put_back, put_off, release, waiting
from stoa.base.work.kinds import Kind, all_kinds
from stoa.base.work.locks import is_busy

log = structlog.get_logger()
STEP_BACK = 5  # of 19 steps: a third of the turns that others get, not so few that a lock is held for long
SHORT = 0.025  # seconds after which a transaction of several is ended: pages want to write as well
stopping = threading.Event()  # set when this process is told to end: nothing more is claimed
_draining = threading.Lock()


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(settings.STOA_WORK_THREADS, thread_name_prefix="work")


def finish() -> None:
    """Waits for what the threads have in hand, also where a lock ended the draining that gave it to them."""
    if _pool.cache_info().currsize:
        _pool().shutdown()
        _pool.cache_clear()


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
        for kind in punctual_first(waiting(kinds[turn:] + kinds[:turn])) if free else []:
            for group in claim_for(kind, list(running.values())):
                running[_pool().submit(_behind_all if kind.steps_back else _in_thread, kind, group)] = kind
                handled += len(group)
        if not running:
            return handled
        unfinished = wait(running, timeout=0.5, return_when=FIRST_COMPLETED).not_done
        running = {each: running[each] for each in unfinished}


def punctual_first(kinds: list[Kind]) -> list[Kind]:
    return sorted(kinds, key=lambda kind: not kind.punctual)


def claim_for(kind: Kind, running: Sequence[Kind]) -> list[list[Claimed]]:
    """What the threads take of this kind beside what runs already, in groups that one thread takes."""
    room = settings.STOA_WORK_THREADS - len(running)
    if kind.punctual and settings.STOA_WORK_THREADS > 1:
        room = min(room, settings.STOA_WORK_THREADS - 1 - sum(each.punctual for each in running))
    if kind.at_once:
        room = min(room, kind.at_once - sum(each is kind for each in running))
    if room <= 0:
        return []
    found, size = claim(kind, min(room * kind.together + kind.ahead, kind.batch)), kind.together
    return [found[number : number + size] for number in range(0, len(found), size)]


def take_up(kind: Kind, group: Sequence[Claimed]) -> None:
    """What a thread does with a group: gives it back when we were told to stop since it was claimed. What breaks beside a handler (giving
    back, say) nobody else would see."""
    try:
        if stopping.is_set():
            put_back(kind, group)
        else:
            run(kind, group)
    except Exception:
        log.exception("work.broken", kind=kind.key, ids=[claimed.id for claimed in group])


def run(kind: Kind, group: Sequence[Claimed]) -> None:
    """Runs the handlers of a group: each alone, or in as few transactions as their time allows."""
    if kind.together == 1:
        for claimed in group:
            run_one(kind, claimed)
        return
    left = list(group)
    while left:
        begun = list[Claimed]()
        try:
            with transaction.atomic():
                ends = monotonic() + SHORT
                while left and (not begun or monotonic() < ends):
                    begun.append(left.pop(0))
                    run_within(kind, begun[-1])
        except Exception:  # nothing of it is written, whatever broke: each for itself
            log.exception("work.together", kind=kind.key)
            _mend_connection()
            for claimed in begun:
                run_one(kind, claimed)


def run_within(kind: Kind, claimed: Claimed) -> None:
    """One of a group: its trouble undoes nothing but its own."""
    try:
        with transaction.atomic():
            kind.handle(claimed.id, claimed.fence)
    except Fenced:
        log.warning("work.fenced", kind=kind.key, id=claimed.id)
    except Exception as trouble:
        give_back(kind, claimed, trouble)


def run_one(kind: Kind, claimed: Claimed) -> None:
    """Runs one handler. Trouble stays on the row, which is tried again later; it never ends the worker."""
    try:
        kind.handle(claimed.id, claimed.fence)
    except Fenced:
        log.warning("work.fenced", kind=kind.key, id=claimed.id)
    except Exception as trouble:
        _mend_connection()
        give_back(kind, claimed, trouble)


def give_back(kind: Kind, claimed: Claimed, trouble: Exception) -> None:
    """What could not be done is done later: in a moment when another worker was in the way, else with growing pauses."""
    if isinstance(trouble, Stopped):
        put_back(kind, [claimed])
        return
    if is_busy(trouble):
        put_off(kind, claimed)
        return
    log.error("work.trouble", kind=kind.key, id=claimed.id, exc_info=trouble)
    release(kind, claimed, f"{type(trouble).__name__}: {trouble}")


def _mend_connection() -> None:
    """The server ends it where a process was stopped for long."""
    if connection.errors_occurred and not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()


def _in_thread(kind: Kind, group: Sequence[Claimed]) -> None:
    close_old_connections()
    take_up(kind, group)


def _behind_all(kind: Kind, group: Sequence[Claimed]) -> None:
    """On a thread of its own: what a thread has given up of its turn it cannot take back, and the pool's threads do other work next."""
    own = threading.Thread(target=_stepping_back, args=(kind, group), name="behind")
    own.start()
    own.join()


def _stepping_back(kind: Kind, group: Sequence[Claimed]) -> None:
    if sys.platform == "linux":  # elsewhere priorities belong to whole processes
        number = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, number, min(os.getpriority(os.PRIO_PROCESS, number) + STEP_BACK, 19))
    try:
        take_up(kind, group)
    finally:
        connections.close_all()
