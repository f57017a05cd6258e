"""The one clock. The product asks `now()`; leases ask `db_now()`, the database's own time. Tests and the demo move both."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from django.db import connection

_pinned: ContextVar[datetime | None] = ContextVar("pinned", default=None)
_offset = timedelta(0)
_rate = 1.0
_since = datetime.now(UTC)


def now() -> datetime:
    """The instant, in UTC, as the product sees it."""
    pinned = _pinned.get()
    if pinned is not None:
        return pinned
    real = datetime.now(UTC)
    return _since + (real - _since) * _rate + _offset


def db_now() -> datetime:
    """The database's instant in UTC, for leases only, moved by the same offset and rate as `now()`. SQLite has no clock but this
    machine's, which it tells in whole milliseconds only: by those, what is due this very moment would not be due yet."""
    if connection.vendor == "sqlite":
        real = datetime.now(UTC)
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            real = cursor.fetchone()[0].astimezone(UTC)
    return _since + (real - _since) * _rate + _offset


def steady() -> datetime:
    """The clock that all workers share, the database's: for what one writes and another judges by. Pinned where `now()` is."""
    return _pinned.get() or db_now()


def surely() -> datetime:
    """The earlier of both clocks: what has come by it has come by each, so that a worker whose clock is ahead does nothing early."""
    return _pinned.get() or min(now(), db_now())


def share(since: datetime, by: timedelta, rate: float) -> None:
    """For good, in the whole process: both clocks run `rate` times as fast since that instant and are ahead by `by`. Processes that are
    told the same share one clock, whenever each of them was started (`proofs/`)."""
    global _offset, _rate, _since
    _since, _offset, _rate = since, by, rate


@contextmanager
def pinned(instant: datetime) -> Iterator[None]:
    """Within the block, and only on this thread, `now()` stands still at `instant`. For the demo and for tests."""
    token = _pinned.set(instant)
    try:
        yield
    finally:
        _pinned.reset(token)


@contextmanager
def moved(by: timedelta = timedelta(0), rate: float = 1.0) -> Iterator[None]:
    """Within the block, in the whole process, both clocks run `rate` times as fast from now on and are ahead by `by`."""
    global _offset, _rate, _since
    before = (_offset, _rate, _since)
    current = now()
    _since, _offset, _rate = datetime.now(UTC), current - datetime.now(UTC) + by, rate
    try:
        yield
    finally:
        _offset, _rate, _since = before
