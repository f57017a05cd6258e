"""Writing the index: in the action that changes the thing, in the same transaction."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction

from stoa.base.models.search import Audience, SearchDocument
from stoa.base.search import folding, spelling, tables
from stoa.base.search.tables import GAP, MOST_PLACES


@dataclass(frozen=True)
class Document:
    """A thing to be found: plain title and body, and who may find it (see `Audience`). `scope` is the id of the place that it lies in.

    `is_under_title`: the title is that of the thing above it (a reply's topic), whose words weigh here no more than the body's.
    `facets`: words by which it can be narrowed, as `Within` asks for them ("answered", "tag:glaze"): no blanks in them.
    """

    thing_key: str
    thing_id: int
    title: str
    body: str
    at: datetime
    audience: Audience
    scope: int = 0
    only_for: int | None = None
    by_id: int | None = None
    is_under_title: bool = False
    facets: frozenset[str] = frozenset()


def index(document: Document) -> None:
    """Makes this thing findable as it is now, in place of how it was."""
    index_many([document])


@transaction.atomic
def index_many(documents: Iterable[Document]) -> None:
    """The same for many, in two statements per five hundred: for imports and the demo."""
    waiting = iter(documents)
    while batch := list(islice(waiting, 500)):
        rows = [_row(document) for document in batch]
        SearchDocument.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["thing_key", "thing_id"],
            update_fields=["title", "body", "facets", "audience", "scope", "only_for", "by_id", "at"],
        )
        kept = _ids(batch)
        last = {(document.thing_key, document.thing_id): document for document in batch}
        read = [(kept[key], *_words(document)) for key, document in last.items()]
        tables.put(read)
        spelling.learn({word for _, title, body in read for word in (*title, *body)})


@transaction.atomic
def remove(thing_key: str, *thing_ids: int) -> None:
    """These things are found no more, nor are words suggested that only they held."""
    found = SearchDocument.objects.filter(thing_key=thing_key, thing_id__in=thing_ids)
    rows = list(found)
    tables.drop([row.id for row in rows])
    found.delete()
    spelling.forget({word for row in rows for text in (row.title, row.body) for word in folding.words(text)})


def narrow(thing_key: str, thing_id: int, facets: frozenset[str]) -> None:
    """This thing has these facets from now on; its words stay as they are."""
    SearchDocument.objects.filter(thing_key=thing_key, thing_id=thing_id).update(facets=_spaced(facets))


def readdress(scope: int, audience: Audience) -> int:
    """Everything that lies in `scope` has another audience from now on (what is for one person stays so). Gives how many rows changed."""
    return SearchDocument.objects.filter(scope=scope).exclude(audience=Audience.PERSON).update(audience=audience)


def _row(document: Document) -> SearchDocument:
    return SearchDocument(
        thing_key=document.thing_key, thing_id=document.thing_id, title=document.title.replace("\0", "")[:300],
        body=document.body.replace("\0", ""), facets=_spaced(document.facets), audience=document.audience, scope=document.scope,
        only_for=document.only_for, by_id=document.by_id, at=document.at,
    )  # fmt: skip


def _ids(batch: list[Document]) -> dict[tuple[str, int], int]:
    rows = SearchDocument.objects.filter(
        thing_key__in={document.thing_key for document in batch},
        thing_id__in=[document.thing_id for document in batch],
    )
    return {(key, thing): number for key, thing, number in rows.values_list("thing_key", "thing_id", "id")}


def _spaced(facets: frozenset[str]) -> str:
    return f" {' '.join(sorted(facets))} " if facets else ""


def _words(document: Document) -> tuple[list[str], list[str]]:
    """Those of the title and those of the body, as they are weighed."""
    title, body = _folded(document.title.replace("\0", "")[:300]), _folded(document.body.replace("\0", ""))
    return ([], [*body, GAP, *title]) if document.is_under_title else (title, body)


def _folded(text: str) -> list[str]:
    """The words in order, then single characters of unspaced scripts. What phrases may not reach over is held apart by gaps; a word
    that comes too often becomes one, because a tsvector keeps few places of each, and both databases shall find the same."""
    seen: Counter[str] = Counter()
    found: list[str] = []
    for word in islice(folding.words(text), folding.MOST_TOKENS):
        seen[word] += 1
        found.append(word if seen[word] <= MOST_PLACES else GAP)
    for character in folding.singles(text):
        found += [GAP, character]
    return found
