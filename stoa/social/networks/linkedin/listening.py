"""Who spoke to a page: comments under its last posts. LinkedIn lets an application call some hundred times a day, so comments are read only
where their number has changed since the last look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from stoa.social.networks.linkedin import posts, wire
from stoa.social.networks.protocol import Account, Heard, Hearing, Line

POSTS, UNDER = 10, 20  # posts that are looked at, and comments under one of them whose answers are
OVERLAP = 3_600_000  # milliseconds


def listen(cursor: str, over: Line) -> Hearing:
    """`cursor`: the newest comment's instant, then the number of comments of each post as it was."""
    since, known = remembered(cursor)
    counts = counted(over)
    items: list[Heard] = []
    for id, count in counts.items():
        if count and count != known.get(id):
            items += [heard for heard in under(id, over) if milliseconds(heard) >= since - OVERLAP]
    newest = max([since, *(milliseconds(each) for each in items)])
    kept = ",".join(f"{id.removeprefix('urn:li:')}={count}" for id, count in counts.items())
    return Hearing(tuple(items), f"{newest};{kept}")


def remembered(cursor: str) -> tuple[int, dict[str, int]]:
    since, _, rest = cursor.partition(";")
    pairs = [each.rpartition("=") for each in rest.split(",") if each]
    return (
        int(since) if since.isdigit() else 0,
        {f"urn:li:{id}": int(count) for id, _, count in pairs if count.isdigit()},
    )


def counted(over: Line) -> dict[str, int]:
    """How many comments our last posts have: two calls."""
    query = f"author={wire.key(over.credentials['author'])}&q=author&count={POSTS}&sortBy=CREATED"
    found = wire.listed(wire.read(over, "/posts", query=query, method="FINDER"), "elements")
    ids = [urn for each in found if (urn := wire.urn_of(each, "id"))][:POSTS]
    if not ids:
        return {}
    told = wire.part(
        wire.read(over, "/socialMetadata", query=f"ids={wire.several(ids)}", method="BATCH_GET"), "results"
    )
    return {id: wire.count_of(wire.part(wire.part(told, id), "commentSummary"), "count") or 0 for id in ids}


def under(id: str, over: Line) -> Iterator[Heard]:
    """Comments, and what answers them; not our own."""
    own, answered = over.credentials["author"], 0
    for comment in posts.comments_on(id, over):
        yield from heard(comment, id, id, own)
        urn, more = wire.urn_of(comment, "commentUrn"), wire.part(comment, "commentsSummary")
        if urn and (wire.count_of(more, "aggregatedTotalComments") or 0) > 0 and answered < UNDER:
            answered += 1
            for answer in posts.comments_on(urn, over, most=1):
                yield from heard(answer, id, urn, own)


def heard(comment: Mapping[str, Any], post: str, answers: str, own: str) -> Iterator[Heard]:
    urn, actor = wire.urn_of(comment, "commentUrn"), wire.urn_of(comment, "actor")
    if not urn or not actor or actor == own:
        return
    changed = wire.count_of(wire.part(comment, "lastModified"), "time")
    yield Heard(
        kind="reply", id=urn, version=str(changed or posts.said_at(comment)), author=somebody(actor), text=posts.words_of(comment),
        at=wire.instant_of(posts.said_at(comment)), address=posts.address_of(urn), in_reply_to=answers, root=post, about=post,
    )  # fmt: skip


def somebody(actor: str) -> Account:
    """LinkedIn tells programs a commenter's number and not their name."""
    number = actor.rpartition(":")[2]
    if actor.startswith("urn:li:organization:"):
        return Account(actor, f"page {number}", address=f"https://www.linkedin.com/company/{number}/")
    return Account(actor, f"member {number}")


def milliseconds(heard: Heard) -> int:
    return int(heard.at.timestamp() * 1000)
