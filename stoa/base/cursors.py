"""A list that goes on: one page of rows, and the mark from which the next page goes on, as `?before=` or `?after=` carries it.

    found = cursors.page(rows, "bumped_at", request_mark, size=30)      newest first; `ascending=True`: earliest first
    found.rows, found.next                                              `next` is "" at the end

The order is by one column (an instant, exact to the microsecond, or a text) and then by id, so that nothing is shown twice or
left out while rows come and go. A mark holds the place itself and names no row to look up: it tells nobody what there is.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db.models import DateTimeField, Model, Q, QuerySet

from stoa.base import ids

M = TypeVar("M", bound=Model)
START = datetime(2020, 1, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class Page(Generic[M]):
    """Some rows, and the mark of where the list goes on ("" at its end)."""

    rows: list[M]
    next: str


def page(rows: "QuerySet[M]", by: str, start: str, *, size: int, ascending: bool = False) -> Page[M]:
    """One page of `rows` in the order of the column `by` and the id, beyond the mark `start`. One query. A mark that cannot be read
    begins at the beginning."""
    is_moment = isinstance(rows.model._meta.get_field(by), DateTimeField)
    beyond, sign = ("gt", "") if ascending else ("lt", "-")
    if place := read(start) if is_moment else read_text(start):
        rows = rows.filter(Q(**{f"{by}__{beyond}": place[0]}) | Q(**{by: place[0], f"id__{beyond}": place[1]}))
    found = list(rows.order_by(f"{sign}{by}", f"{sign}id")[: size + 1])
    if len(found) <= size:
        return Page(found, "")
    last: Any = found[size - 1]
    return Page(found[:size], (mark if is_moment else mark_text)(getattr(last, by), last.id))


def mark(moment: datetime, number: int) -> str:
    """The place just after this row, for an address."""
    return f"{(moment - START) // TICK}-{ids.shown(number)}"


def read(text: str) -> tuple[datetime, int] | None:
    """The moment and id of a mark; None for anything else, which begins at the beginning."""
    ticks, _, shown = text.partition("-")
    try:
        return START + int(ticks) * TICK, ids.parse(shown)
    except (ValueError, OverflowError):
        return None


def mark_text(text: str, number: int) -> str:
    """The same in a list that is ordered by a text. Whoever puts it into an address quotes it."""
    return f"{text}-{ids.shown(number)}"


def read_text(mark: str) -> tuple[str, int] | None:
    """The text and id of a mark; None for anything else."""
    text, between, shown = mark.rpartition("-")
    try:
        return (text, ids.parse(shown)) if between else None
    except ValueError:
        return None
