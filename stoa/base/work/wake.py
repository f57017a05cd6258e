"""Waking: after a commit that made work due, one coalesced task tells a worker to drain. The only file that knows the Tasks API.

With it switched off (STOA_WAKE=off) everything still happens at the worker's next sweep.
"""

import threading
import time

from django.conf import settings
from django.db import transaction
from django_tasks import task

from stoa.base.work import drain as draining

APART = 0.2  # seconds between two wake-ups of one process, as long as a worker lets pass between two looks for one; what falls between
# is found by the drain or the next sweep
_last = 0.0
_lock = threading.Lock()


@task()
def drain() -> None:
    """The engine's one task. It carries nothing: what is due stands in the rows."""
    draining.drain()


def after_commit() -> None:
    """Inside a transaction: wakes a worker once it has committed."""
    if settings.STOA_WAKE:
        transaction.on_commit(now)


def now() -> None:
    """Wakes a worker, unless this process has just done so."""
    global _last
    with _lock:
        if time.monotonic() - _last < APART:
            return
        _last = time.monotonic()
    drain.enqueue()
