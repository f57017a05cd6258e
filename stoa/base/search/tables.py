"""The table of folded words, where the two databases differ: made by base's first migration, written and matched here alone."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from stoa.base.models.search import SearchDocument
from stoa.base.search.asked import Asked

TABLE = "base_search_words"
Row = tuple[int, list[str], list[str]]  # id, words of the title, words of the body
Place = tuple[float, Any, int]  # rank, instant, id: where a page ended
TITLE_WEIGHT = 20.0  # repeated words count ever less: with a small weight a short text outweighs a title
GAP = "\ue000"  # stands between words that do not follow each other; nobody can ask for it
MOST_PLACES = 200  # of one word in one text; a tsvector keeps 255
LAST_PLACE = 16_383


def put(rows: Sequence[Row]) -> None:
    """Writes the words of these documents, in place of those that they had."""
    drop([number for number, _, _ in rows])
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(
                f"INSERT INTO {TABLE} (rowid, title, body) VALUES (%s, %s, %s)",  # noqa: S608
                [(number, " ".join(title), " ".join(body)) for number, title, body in rows],
            )
        else:
            cursor.executemany(
                f"INSERT INTO {TABLE} (rowid, words) VALUES (%s, %s::tsvector)",  # noqa: S608
                [(number, _vector(title, body)) for number, title, body in rows],
            )


def drop(numbers: Collection[int]) -> None:
    """Forgets the words of these documents."""
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(number,) for number in numbers])  # noqa: S608


def matching(rows: "QuerySet[SearchDocument]", asked: Asked, after: Place | None = None) -> "QuerySet[SearchDocument]":
    """Those of `rows` that hold all words and phrases, with `rank`: the smaller, the better. With `after` those beyond that place in
    the order of rank, then of the latest."""
    if connection.vendor == "sqlite":
        found, rank, says = f"{TABLE} MATCH %s", f"bm25({TABLE}, {TITLE_WEIGHT}, 1.0)", _match(asked)
        ranked: list[Any] = []
    else:
        found, rank, says = (
            f"{TABLE}.words @@ %s::tsquery",
            f"-ts_rank({TABLE}.words, %s::tsquery)::float8",
            _tsquery(asked),
        )
        ranked = [says]
    where, params = [f"{TABLE}.rowid = base_searchdocument.id", found], [says]
    if after:
        at = connection.ops.adapt_datetimefield_value(after[1])
        document = "base_searchdocument"
        where.append(
            f"({rank} > %s OR ({rank} = %s AND ({document}.at < %s OR ({document}.at = %s AND {document}.id < %s))))"
        )
        params += [*ranked, after[0], *ranked, after[0], at, at, after[2]]
    return rows.extra(tables=[TABLE], where=where, params=params, select={"rank": rank}, select_params=ranked)  # noqa: S610


def holds(word: str) -> bool:
    """Whether any document at all holds this word."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"SELECT 1 FROM {TABLE} WHERE {TABLE} MATCH %s LIMIT 1", [f'"{word}"'])  # noqa: S608
        else:
            cursor.execute(f"SELECT 1 FROM {TABLE} WHERE words @@ %s::tsquery LIMIT 1", [f"'{word}'"])  # noqa: S608
        return cursor.fetchone() is not None


def counted() -> Iterator[tuple[str, int]]:
    """Each word with the number of documents that hold it. Reads the whole index: for the clock, not for a page."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{TABLE}_counted USING fts5vocab('main', '{TABLE}', 'row')"
            )
            cursor.execute(f"SELECT term, doc FROM temp.{TABLE}_counted")  # noqa: S608
        else:
            cursor.execute(f"SELECT word, ndoc FROM ts_stat('SELECT words FROM {TABLE}')")  # noqa: S608
        while some := cursor.fetchmany(2000):
            yield from some


def _match(asked: Asked) -> str:
    words = [f'"{word}"' for word in asked.words]
    if asked.open_end:
        words[-1] += "*"
    return " AND ".join([*words, *(f'"{" ".join(phrase)}"' for phrase in asked.phrases)])


def _tsquery(asked: Asked) -> str:
    words = [f"'{word}'" for word in asked.words]
    if asked.open_end:
        words[-1] += ":*"
    phrases = (" <-> ".join(f"'{word}'" for word in phrase) for phrase in asked.phrases)
    return " & ".join([*words, *(f"({phrase})" for phrase in phrases)])


def _vector(title: list[str], body: list[str]) -> str:
    """The text form of a tsvector: no parser of the database's stands between our words and the index."""
    places: dict[str, list[str]] = defaultdict(list)
    for at, word in enumerate([*title, GAP, *body], 1):
        if word != GAP:
            places[word].append(f"{min(at, LAST_PLACE)}{'A' if at <= len(title) else ''}")
    return " ".join(f"'{word}':{','.join(found)}" for word, found in places.items())
