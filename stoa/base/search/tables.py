"""The table of folded words, where the two databases differ: made by base's first migration, written and matched here alone."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from stoa.base.models.search import SearchDocument

TABLE = "base_search_words"
Row = tuple[int, list[str], list[str]]  # id, words of the title, words of the body
TITLE_WEIGHT = 20.0  # repeated words count ever less: with a small weight a short text outweighs a title


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


def matching(rows: "QuerySet[SearchDocument]", words: Sequence[str], *, open_end: bool) -> "QuerySet[SearchDocument]":
    """Those of `rows` that hold all words (the last may be a beginning), with `rank`: the smaller, the better."""
    extra: dict[str, Any] = {"tables": [TABLE]}
    here = f"{TABLE}.rowid = base_searchdocument.id"
    if connection.vendor == "sqlite":
        asked = " AND ".join(f'"{word}"' for word in words) + ("*" if open_end else "")
        extra |= {"where": [here, f"{TABLE} MATCH %s"], "params": [asked]}
        extra |= {"select": {"rank": f"bm25({TABLE}, {TITLE_WEIGHT}, 1.0)"}}
    else:
        asked = " & ".join(f"'{word}'" for word in words) + (":*" if open_end else "")
        extra |= {"where": [here, f"{TABLE}.words @@ %s::tsquery"], "params": [asked]}
        extra |= {"select": {"rank": f"-ts_rank({TABLE}.words, %s::tsquery)"}, "select_params": [asked]}
    return rows.extra(**extra)


def _vector(title: list[str], body: list[str]) -> str:
    """The text form of a tsvector: no parser of the database's stands between our words and the index."""
    places: dict[str, list[str]] = defaultdict(list)
    for at, word in enumerate([*title, *body], 1):
        if len(places[word]) < 200:
            places[word].append(f"{min(at, 16_000)}{'A' if at <= len(title) else ''}")
    return " ".join(f"'{word}':{','.join(found)}" for word, found in places.items())
