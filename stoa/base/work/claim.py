"""The one claim function, the same on both databases: due rows, leased by the database's clock, each with a new fence."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from stoa.base import clock
from stoa.base.standing_queries import standing
from stoa.base.work.kinds import Kind
from stoa.base.work.rows import DueRow

LONGEST_PAUSE = timedelta(hours=6)
A_MOMENT = timedelta(seconds=2)


@dataclass(frozen=True)
class Claimed:
    """A claimed row: every write of its state says `WHERE fence = this`."""

    id: int
    fence: int


class Fenced(Exception):
    """The lease was lost: another worker has claimed the row since. Nothing may be written or sent."""


class Stopped(Exception):
    """The worker was told to stop in the middle of what can be begun anew: it is given back as though it had not been begun."""


def waiting(kinds: Sequence[Kind]) -> list[Kind]:
    """Those of which a row is due now: one reading for all of them, which takes no turn at writing. A claim may still find nothing."""
    if not kinds:
        return []
    now = connection.ops.adapt_datetimefield_value(clock.now())
    until = connection.ops.adapt_datetimefield_value(clock.db_now())
    with connection.cursor() as cursor:
        cursor.execute(_looked_for(tuple(kind.model._meta.db_table for kind in kinds)), [now, until] * len(kinds))
        found = {number for (number,) in cursor.fetchall()}
    return [kind for number, kind in enumerate(kinds) if number in found]


@cache
def _looked_for(tables: tuple[str, ...]) -> str:
    """In which of these tables a row is due: their numbers, in one statement."""
    quoted = map(connection.ops.quote_name, tables)
    due = "due_at <= %s AND (lease_until IS NULL OR lease_until < %s)"
    return " UNION ALL ".join(
        f"SELECT {number} WHERE EXISTS (SELECT 1 FROM {table} WHERE {due})"  # noqa: S608 (names of our own tables)
        for number, table in enumerate(quoted)
    )


def claim(kind: Kind, limit: int | None = None) -> list[Claimed]:
    """Claims up to `limit` rows that are due by both clocks, oldest first. One whose lease ran out is due again, with a higher fence."""
    with transaction.atomic():
        until = clock.db_now()
        due = standing(_due, shape=(kind.model, limit or kind.batch), now=clock.surely(), until=until)
        found = [Claimed(number, fence + 1) for number, fence in due]
        if found:
            kind.model._default_manager.filter(id__in=[each.id for each in found]).update(
                lease_until=until + kind.lease, fence=F("fence") + 1, tries=F("tries") + 1
            )
    return found


def _due(model: type[DueRow], limit: int, *, now: datetime, until: datetime) -> QuerySet[DueRow, Any]:
    """What is due, and what nobody else is claiming just now. On SQLite one writer at a time claims at all."""
    rows = model._default_manager.filter(Q(lease_until=None) | Q(lease_until__lt=until), due_at__lte=now)
    return rows.order_by("due_at", "id").select_for_update(skip_locked=True).values_list("id", "fence")[:limit]


def release(kind: Kind, claimed: Claimed, trouble: str) -> None:
    """Gives a row back after trouble, due again after a pause that doubles with each try (with jitter, at most six hours)."""
    tries = kind.model._default_manager.filter(id=claimed.id).values_list("tries", flat=True).first() or 1
    pause = min(timedelta(seconds=2) * 2 ** min(tries, 14), LONGEST_PAUSE) * random.uniform(0.8, 1.2)  # noqa: S311
    kind.model._default_manager.filter(id=claimed.id, fence=claimed.fence).update(
        due_at=clock.now() + pause, lease_until=None, trouble=trouble[:300]
    )


def put_back(kind: Kind, group: Sequence[Claimed]) -> None:
    """Gives rows back that nobody has begun: they are due as they were, at once for another worker."""
    for claimed in group:
        kind.model._default_manager.filter(id=claimed.id, fence=claimed.fence).update(
            lease_until=None, tries=F("tries") - 1
        )


def put_off(kind: Kind, claimed: Claimed) -> None:
    """Gives a row back that could not be begun because another worker holds what it needs: no try, no trouble, due in a moment."""
    kind.model._default_manager.filter(id=claimed.id, fence=claimed.fence).update(
        due_at=clock.steady() + A_MOMENT, lease_until=None, tries=F("tries") - 1
    )
