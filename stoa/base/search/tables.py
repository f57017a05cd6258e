"""The table of folded words, where the two databases differ: made by base's first migration, written and matched here alone."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from stoa.base.models.search import SearchDocument
from stoa.base.search.asked import Asked

TABLE = "base_search_words"
DOCUMENT = "base_searchdocument"
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


def matching(rows: "QuerySet[SearchDocument]", asked: Asked, in_titles: bool = False) -> "QuerySet[SearchDocument]":
    """Those of `rows` that hold all words and phrases (or hold them in their titles), with `rank`: the smaller, the better."""
    rank, ranked = _rank(asked, in_titles)
    found = f"{TABLE} MATCH %s" if connection.vendor == "sqlite" else f"{TABLE}.words @@ %s::tsquery"
    return rows.extra(  # noqa: S610
        tables=[TABLE],
        where=[f"{TABLE}.rowid = {DOCUMENT}.id", found],
        params=[_said(asked, in_titles)],
        select={"rank": rank},
        select_params=ranked,
    )


def newest(rows: "QuerySet[SearchDocument]", most: int) -> "QuerySet[SearchDocument]":
    """Of what `matching` gave, those that were indexed last: SQLite walks its index in this order and stops."""
    return rows.extra(order_by=[f"-{TABLE}.rowid"])[:most]


def between(rows: "QuerySet[SearchDocument]", first: int, end: int) -> "QuerySet[SearchDocument]":
    """Of what `matching` gave, those with an id from the first until before the end: neither database looks at the others."""
    return rows.extra(where=[f"{TABLE}.rowid >= %s", f"{TABLE}.rowid < %s"], params=[first, end])  # noqa: S610


def beyond(rows: "QuerySet[SearchDocument]", asked: Asked, place: Place) -> "QuerySet[SearchDocument]":
    """Those of what `matching` gave that come after this place in the order of rank, then of the latest."""
    rank, ranked = _rank(asked)
    at = connection.ops.adapt_datetimefield_value(place[1])
    later = f"({DOCUMENT}.at < %s OR ({DOCUMENT}.at = %s AND {DOCUMENT}.id < %s))"
    params = [*ranked, place[0], *ranked, place[0], at, at, place[2]]
    return rows.extra(where=[f"({rank} > %s OR ({rank} = %s AND {later}))"], params=params)  # noqa: S610


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


def _rank(asked: Asked, in_titles: bool = False) -> tuple[str, list[Any]]:
    if connection.vendor == "sqlite":
        return f"bm25({TABLE}, {TITLE_WEIGHT}, 1.0)", []
    return f"-ts_rank({TABLE}.words, %s::tsquery)::float8", [_said(asked, in_titles)]


def _said(asked: Asked, in_titles: bool = False) -> str:
    if connection.vendor == "sqlite":
        return f"title : ({_match(asked)})" if in_titles else _match(asked)
    return _tsquery(asked, "A" if in_titles else "")


def _match(asked: Asked) -> str:
    words = [f'"{word}"' for word in asked.words]
    if asked.open_end:
        words[-1] += "*"
    return " AND ".join([*words, *(f'"{" ".join(phrase)}"' for phrase in asked.phrases)])


def _tsquery(asked: Asked, weight: str) -> str:
    narrowed = f":{weight}" if weight else ""
    words = [f"'{word}'{narrowed}" for word in asked.words]
    if asked.open_end:
        words[-1] = f"'{asked.words[-1]}':*{weight}"
    phrases = (" <-> ".join(f"'{word}'{narrowed}" for word in phrase) for phrase in asked.phrases)
    return " & ".join([*words, *(f"({phrase})" for phrase in phrases)])


def _vector(title: list[str], body: list[str]) -> str:
    """The text form of a tsvector: no parser of the database's stands between our words and the index."""
    places: dict[str, list[str]] = defaultdict(list)
    for at, word in enumerate([*title, GAP, *body], 1):
        if word != GAP:
            places[word].append(f"{min(at, LAST_PLACE)}{'A' if at <= len(title) else ''}")
    return " ".join(f"'{word}':{','.join(found)}" for word, found in places.items())
