"""Asking the index: words and rights in one statement."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from stoa.base.models.search import Audience, SearchDocument
from stoa.base.search import tables
from stoa.base.search.folding import wanted

MOST_WORDS = 24  # of one question; the rest is not asked
SHORTEST_BEGINNING = 2


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
class Found:
    """One thing found, as indexed. Its card comes from `things`."""

    thing_key: str
    thing_id: int
    title: str
    body: str
    at: datetime
    by_id: int | None
    scope: int


def query(
    text: str, *, to: Readable, keys: Collection[str] = (), scope: int | None = None, limit: int = 20, skip: int = 0
) -> list[Found]:
    """What holds all the words, best first; of these kinds of things, in this place. One statement; nothing for a text without words."""
    rows = _matching(text, to, keys, scope)
    if rows is None:
        return []
    ordered = rows.extra(order_by=["rank", "-at", "-id"])[skip : skip + limit]
    return [Found(row.thing_key, row.thing_id, row.title, row.body, row.at, row.by_id, row.scope) for row in ordered]


def count(text: str, *, to: Readable, keys: Collection[str] = (), scope: int | None = None) -> int:
    """How many `query` would give without a limit."""
    rows = _matching(text, to, keys, scope)
    return 0 if rows is None else rows.count()


def _matching(text: str, to: Readable, keys: Collection[str], scope: int | None) -> "QuerySet[SearchDocument] | None":
    words = wanted(text[:1000])[:MOST_WORDS]
    if not words:
        return None
    rows = to.rows()
    if keys:
        rows = rows.filter(thing_key__in=keys)
    if scope is not None:
        rows = rows.filter(scope=scope)
    return tables.matching(rows, words, open_end=is_beginning(text, words[-1]))


def is_beginning(text: str, last: str) -> bool:
    """Whether the last word may still be on its way: nothing follows it, and it is long enough to mean something."""
    return len(last) >= SHORTEST_BEGINNING and not text[-1:].isspace() and len(text) <= 1000
