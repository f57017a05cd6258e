"""What keeps a process of ours small and calm, said once before it has threads."""

import ctypes
import gc
import sys

from django.db import connections
from django.urls import get_resolver

ARENAS_AT_MOST = -8  # M_ARENA_MAX of glibc's mallopt
ARENAS = 2  # a heap for each thread would keep what that thread once needed
COLLECTED_AFTER = (10_000, 20, 20)  # a page makes thousands of objects, nearly all of which go by themselves


def import_views() -> None:
    """All that pages may need, before a worker is forked: what is imported later lies in memory twice."""
    get_resolver().url_patterns  # noqa: B018 (reading it imports them)


def settle() -> None:
    """Keeps the collector away from what is imported, and heaps few. A child must not share a connection: all are closed."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        if hasattr(libc, "mallopt"):
            libc.mallopt(ARENAS_AT_MOST, ARENAS)
    connections.close_all()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)
