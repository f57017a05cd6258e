"""Asking the index: words, what they are narrowed to, and rights in one statement."""

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from stoa.base import cursors
from stoa.base.models.search import Audience, SearchDocument
from stoa.base.search import asked, tables
from stoa.base.search.tables import Place


@dataclass(frozen=True)
class Readable:
    """What an actor may find: `members` what members may read, `scope_ids` the places whose content they read, `whole_scope_ids`
    those where they also read what is for one person, `person_id` their own; nothing by those in `without_by`."""

    members: bool = False
    scope_ids: frozenset[int] = frozenset()
    whole_scope_ids: frozenset[int] = frozenset()
    person_id: int | None = None
    without_by: frozenset[int] = frozenset()

    def rows(self) -> "QuerySet[SearchDocument]":
        """Every document that may be found."""
        may = Q(audience=Audience.PUBLIC) | Q(audience=Audience.SCOPE, scope__in=self.scope_ids | self.whole_scope_ids)
        may |= Q(audience=Audience.PERSON, scope__in=self.whole_scope_ids)
        if self.members:
            may |= Q(audience=Audience.MEMBERS)
        if self.person_id is not None:
            may |= Q(audience=Audience.PERSON, only_for=self.person_id)
        rows = SearchDocument.objects.filter(may)
        return rows.exclude(by_id__isnull=False, by_id__in=self.without_by) if self.without_by else rows


@dataclass(frozen=True)
class Within:
    """What a question is narrowed to: kinds of things (any of `keys`), a place, whose, with all of `facets`, from `since` until before
    `until`; `ids`: of documents from one id until before another, for what became findable between two moments."""

    keys: Collection[str] = ()
    scope: int | None = None
    by_id: int | None = None
    facets: Collection[str] = ()
    since: datetime | None = None
    until: datetime | None = None
    ids: tuple[int, int] | None = None

    def __bool__(self) -> bool:
        return self != EVERYTHING

    def rows(self, rows: "QuerySet[SearchDocument]") -> "QuerySet[SearchDocument]":
        """Those of `rows` that are within."""
        asked: dict[str, Any] = {
            "thing_key__in": self.keys or None, "scope": self.scope, "by_id": self.by_id,
            "at__gte": self.since, "at__lt": self.until,
        }  # fmt: skip
        rows = rows.filter(**{column: value for column, value in asked.items() if value is not None})
        for facet in self.facets:
            rows = rows.filter(facets__contains=f" {facet} ")
        return rows.filter(id__gte=self.ids[0], id__lt=self.ids[1]) if self.ids else rows


EVERYTHING = Within()
ENOUGH = 1000  # counted and ranked no further: said as "more than"
TITLED = 50  # of older ones, with all that was asked in their titles
BEYOND = 1 << 62  # no id is so high


@dataclass(frozen=True)
class Found:
    """One thing found, as indexed. Its card comes from `things`. `mark`: the place just after it, for the next page."""

    thing_key: str
    thing_id: int
    title: str
    body: str
    at: datetime
    by_id: int | None
    scope: int
    mark: str


@dataclass(frozen=True)
class Reach:
    """How many match (counted up to one more than `ENOUGH`), and from which id on stand those among which the best are looked for."""

    count: int
    first: int = 0


def reach(text: str, *, to: Readable, within: Within = EVERYTHING) -> Reach:
    """Counts what matches, the newest first, and no further than `ENOUGH`. One statement."""
    rows = _matching(text, to, within)
    if rows is None:
        return Reach(0)
    some = tables.newest(rows, ENOUGH + 1) if asked.read(text) else rows.order_by()[: ENOUGH + 1]
    told = some.values("id").aggregate(count=Count("id"), first=Min("id"))
    return Reach(told["count"], told["first"] if told["count"] > ENOUGH else 0)


def count(text: str, *, to: Readable, within: Within = EVERYTHING) -> int:
    """How many `query` would give without a limit, counted up to one more than `ENOUGH`."""
    return reach(text, to=to, within=within).count


def query(
    text: str, *, to: Readable, within: Within = EVERYTHING, limit: int = 20, after: str = "", latest: bool = False,
    reached: Reach | None = None,
) -> list[Found]:  # fmt: skip
    """What holds all words and phrases, best (or `latest`) first; with no words at all what is `within`, latest first. Nothing for signs
    without words, nor for neither words nor anything to narrow by.

    Of more than `ENOUGH` the newest are ranked, and with them the newest of the older ones that hold all of it in their titles, so that
    the cost does not grow with what a community has written. One statement where `reached` is given, else two; one more where there are
    older ones."""
    rows, place = _matching(text, to, within), _place(after)
    if rows is None:
        return []
    if latest or not text.strip():
        rows = rows.extra(select={"rank": "0"})
        if place:
            rows = rows.filter(Q(at__lt=place[1]) | Q(at=place[1], id__lt=place[2]))
        return [_found(row) for row in _ordered(rows)[:limit]]
    first = (reached or reach(text, to=to, within=within)).first
    ranked = tables.between(rows, first, BEYOND) if first else rows
    best = list(_ordered(tables.beyond(ranked, asked.read(text), place) if place else ranked)[:limit])
    if first:
        titled = tables.between(tables.matching(within.rows(to.rows()), asked.read(text), in_titles=True), 0, first)
        best += [row for row in tables.newest(titled, TITLED) if place is None or _order(row) > _order_of(place)]
    return [_found(row) for row in sorted(best, key=_order)[:limit]]


def _ordered(rows: "QuerySet[SearchDocument]") -> "QuerySet[SearchDocument]":
    return rows.extra(order_by=["rank", "-at", "-id"])


def _order(row: Any) -> tuple[float, float, int]:
    """As `_ordered` has it."""
    return _order_of((float(row.rank), row.at, row.id))


def _order_of(place: Place) -> tuple[float, float, int]:
    return place[0], -place[1].timestamp(), -place[2]


def _found(row: Any) -> Found:
    return Found(row.thing_key, row.thing_id, row.title, row.body, row.at, row.by_id, row.scope, _mark(row))


def _matching(text: str, to: Readable, within: Within) -> "QuerySet[SearchDocument] | None":
    words = asked.read(text)
    if not words and (text.strip() or not within):
        return None
    rows = within.rows(to.rows())
    return tables.matching(rows, words) if words else rows


def _mark(row: SearchDocument) -> str:
    rank: float = row.rank  # type: ignore[attr-defined]
    return f"{float(rank)!r}_{cursors.mark(row.at, row.id)}"


def _place(mark: str) -> Place | None:
    """The place of a mark; None for anything else, which begins at the beginning."""
    rank, _, rest = mark.partition("_")
    place = cursors.read(rest)
    try:
        return (float(rank), *place) if place and math.isfinite(float(rank)) else None
    except ValueError:
        return None
