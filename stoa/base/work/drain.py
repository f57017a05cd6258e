"""Draining: claims due rows of every kind in batches and runs their handlers on several threads until nothing is due."""

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import structlog
from django.conf import settings
from django.db import close_old_connections

from stoa.base.work.claim import Claimed, Fenced, claim, release
from stoa.base.work.kinds import Kind, all_kinds

log = structlog.get_logger()
_draining = threading.Lock()


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(settings.STOA_WORK_THREADS, thread_name_prefix="work")


def drain() -> int:
    """Runs everything that is due. Gives how many rows were handled; 0 at once if this process is draining already."""
    if not _draining.acquire(blocking=False):
        return 0
    try:
        handled = 0
        while batch := [(kind, claimed) for kind in all_kinds() for claimed in claim(kind)]:
            run_all(batch)
            handled += len(batch)
        return handled
    finally:
        _draining.release()


def run_all(batch: list[tuple[Kind, Claimed]]) -> None:
    """Runs a batch: on the pool, or one after the other where there are no threads (tests)."""
    if settings.STOA_WORK_THREADS == 0:
        for kind, claimed in batch:
            run_one(kind, claimed)
        return
    for future in [_pool().submit(_in_thread, kind, claimed) for kind, claimed in batch]:
        future.result()


def run_one(kind: Kind, claimed: Claimed) -> None:
    """Runs one handler. Trouble stays on the row, which is tried again later; it never ends the worker."""
    try:
        kind.handle(claimed.id, claimed.fence)
    except Fenced:
        log.warning("work.fenced", kind=kind.key, id=claimed.id)
    except Exception as trouble:
        log.exception("work.trouble", kind=kind.key, id=claimed.id)
        release(kind, claimed, f"{type(trouble).__name__}: {trouble}")


def _in_thread(kind: Kind, claimed: Claimed) -> None:
    close_old_connections()
    run_one(kind, claimed)
