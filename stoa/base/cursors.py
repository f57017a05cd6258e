"""A list that goes on: one page of rows, and the mark from which the next page goes on, as `?before=` or `?after=` carries it.

    found = cursors.page(rows, "bumped_at", request_mark, size=30)      newest first; `ascending=True`: earliest first
    found.rows, found.next                                              `next` is "" at the end

The order is by one column or annotation (an instant, exact to the microsecond, a number, or a text) and then by id, so that nothing is
shown twice or left out while rows come and go. A mark holds the place itself and names no row to look up: it tells nobody what there is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db.models import DateTimeField, IntegerField, Model, Q, QuerySet

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
    reads, marks = _marks_of(rows, by)
    beyond, sign = ("gt", "") if ascending else ("lt", "-")
    if place := reads(start):
        rows = rows.filter(Q(**{f"{by}__{beyond}": place[0]}) | Q(**{by: place[0], f"id__{beyond}": place[1]}))
    found = list(rows.order_by(f"{sign}{by}", f"{sign}id")[: size + 1])
    if len(found) <= size:
        return Page(found, "")
    last: Any = found[size - 1]
    return Page(found[:size], marks(getattr(last, by), last.id))


def first_page(found: "list[M]", by: str, *, size: int) -> Page[M]:
    """The first page, of rows that were found in their order, one more than the page holds where there is another."""
    if len(found) <= size:
        return Page(found, "")
    place: Any = getattr(found[size - 1], by)
    number: Any = found[size - 1].pk
    return Page(found[:size], mark(place, number) if isinstance(place, datetime) else mark_text(place, number))


def _marks_of(
    rows: "QuerySet[M]", by: str
) -> tuple[Callable[[str], tuple[Any, int] | None], Callable[[Any, int], str]]:
    """How places are read and written in a list that is ordered by this column."""
    annotated = rows.query.annotations.get(by)
    field = annotated.output_field if annotated is not None else rows.model._meta.get_field(by)
    if isinstance(field, DateTimeField):
        return read, mark
    return (read_number, mark_text) if isinstance(field, IntegerField) else (read_text, mark_text)


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


def mark_text(text: str | int, number: int) -> str:
    """The same in a list that is ordered by a text. Whoever puts it into an address quotes it."""
    return f"{text}-{ids.shown(number)}"


def read_text(mark: str) -> tuple[str, int] | None:
    """The text and id of a mark; None for anything else."""
    text, between, shown = mark.rpartition("-")
    try:
        return (text, ids.parse(shown)) if between else None
    except ValueError:
        return None


def read_number(mark: str) -> tuple[int, int] | None:
    """The number and id of a mark; None for anything else, and for numbers that no column holds."""
    place = read_text(mark)
    if place is None or not place[0].isascii() or not place[0].isdecimal() or len(place[0]) > 18:
        return None
    return int(place[0]), place[1]
