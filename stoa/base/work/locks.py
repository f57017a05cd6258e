"""Rows that another worker may hold: whoever begins something waits for nobody, whoever ends it waits for a while.

Threads that wait are threads that do nothing: one worker that was stopped with a row in its hand would otherwise stand still all others,
one after the other. What could not begin is left for a moment (`claim.put_off`). On SQLite there are no locks of rows: writers take turns.
"""

from typing import TypeVar

from django.db import DatabaseError
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
IN_THE_WAY = (
    "55P03",  # PostgreSQL's `lock_not_available`: at once, or after the time that connections of workers wait
    "40P01",  # `deadlock_detected`: each held what the other wanted, and this one was chosen to give way
)


def held(rows: "QuerySet[M]", *of: str) -> "QuerySet[M]":
    """Locks these rows, after waiting for whoever holds them: to write what became of something. Their ids do not change, so that rows
    which name them can still be added. `of`: which of the joined rows, in the order of locking."""
    return rows.select_for_update(of=of, no_key=True)


def held_at_once(rows: "QuerySet[M]", *of: str) -> "QuerySet[M]":
    """The same to begin something: an error that `is_busy` when somebody holds one of them."""
    return rows.select_for_update(of=of, no_key=True, nowait=True)


def is_busy(trouble: BaseException) -> bool:
    """Whether all that was wrong is that another holds a row. The transaction is over, and nothing of it was written."""
    return isinstance(trouble, DatabaseError) and getattr(trouble.__cause__, "sqlstate", "") in IN_THE_WAY
