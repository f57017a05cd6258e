"""Asking the index: words, what they are narrowed to, and rights in one statement."""

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

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
ENOUGH = 1000  # counted no further: said as "more than"


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


def query(
    text: str, *, to: Readable, within: Within = EVERYTHING, limit: int = 20, after: str = "", latest: bool = False
) -> list[Found]:
    """What holds all words and phrases, best (or `latest`) first; with no words at all what is `within`, latest first. One statement;
    nothing for signs without words, nor for neither words nor anything to narrow by."""
    rows, place = _matching(text, to, within), _place(after)
    if rows is None:
        return []
    if latest or not text.strip():
        rows = rows.extra(select={"rank": "0"})
        if place:
            rows = rows.filter(Q(at__lt=place[1]) | Q(at=place[1], id__lt=place[2]))
    elif place:
        rows = tables.beyond(rows, asked.read(text), place)
    ordered = rows.extra(order_by=["rank", "-at", "-id"])[:limit]
    return [
        Found(row.thing_key, row.thing_id, row.title, row.body, row.at, row.by_id, row.scope, _mark(row))
        for row in ordered
    ]


def count(text: str, *, to: Readable, within: Within = EVERYTHING) -> int:
    """How many `query` would give without a limit, counted up to one more than `ENOUGH`."""
    rows = _matching(text, to, within)
    return 0 if rows is None else rows.order_by().values("id")[: ENOUGH + 1].count()


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
