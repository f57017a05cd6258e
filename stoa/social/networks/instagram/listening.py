"""Who spoke to us: comments and their answers below our newest posts, and others' posts that show us."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from stoa.social.networks.calling import Line
from stoa.social.networks.graph import BEGINNING, address_of, id_of, instant_of, listed, part, text_of
from stoa.social.networks.instagram.wire import COMMENT, FOLLOWED_BACK, GRAPH, PAGE, is_own
from stoa.social.networks.messages import Account, Heard, Hearing
from stoa.social.networks.trouble import Gone, Refused
from stoa.social.networks.waits import instant

LISTENED_TO = 25  # of our posts, the newest ones
OVERLAP = timedelta(minutes=15)  # what is said is not always there at once
WITH_ANSWERS = f"{COMMENT},replies.limit({PAGE}){{{COMMENT}}}"
BELOW = f"id,permalink,comments.limit({PAGE}){{{WITH_ANSWERS}}}"
SHOWN = "id,caption,permalink,timestamp,username"


def listen(cursor: str, over: Line) -> Hearing:
    """All since the cursor, which is the newest instant that was heard. The first call of all brings one page below each post."""
    known = instant(cursor) or BEGINNING
    since = known - OVERLAP if known > BEGINNING else BEGINNING
    found = {each.id: each for each in (*comments(since, over), *tags(since, over))}
    items = tuple(sorted(found.values(), key=lambda each: (each.at, each.id)))
    newest = max((each.at for each in items), default=known)
    return Hearing(items, max(known, newest).isoformat())


def comments(since: datetime, over: Line) -> Iterator[Heard]:
    path = f"{over.credentials['account']}/media"
    for post in next(GRAPH.pages(over, path, 1, fields=BELOW, limit=LISTENED_TO), []):
        for page in below(post, since, over):
            for each in page:
                yield from heard(each, post, since, over)


def below(post: Mapping[str, Any], since: datetime, over: Line) -> Iterator[list[Mapping[str, Any]]]:
    """Pages of comments, the newest first: the one that came with the post, and further ones after a long silence."""
    first = listed(part(post, "comments"), "data")
    yield first
    if since == BEGINNING or len(first) < PAGE or not is_fresh(first[-1], since) or not id_of(post):
        return
    try:
        for page in GRAPH.pages(over, f"{id_of(post)}/comments", FOLLOWED_BACK, fields=WITH_ANSWERS, limit=PAGE):
            yield page
            if not page or not is_fresh(page[-1], since):
                return
    except Gone:
        return


def is_fresh(said: Mapping[str, Any], since: datetime) -> bool:
    return instant_of(said, "timestamp") > since


def heard(said: Mapping[str, Any], post: Mapping[str, Any], since: datetime, over: Line) -> Iterator[Heard]:
    """A comment and the answers to it, as far as others said them since."""
    top = id_of(said)
    if not top.isdigit() or not id_of(post).isdigit():
        return
    if is_fresh(said, since) and is_theirs(said, over):
        yield of_comment(said, post, f"comment/{top}", f"post/{id_of(post)}")
    for each in listed(part(said, "replies"), "data"):
        if id_of(each).isdigit() and is_fresh(each, since) and is_theirs(each, over):
            yield of_comment(each, post, f"comment/{top}/{id_of(each)}", f"comment/{top}")


def is_theirs(said: Mapping[str, Any], over: Line) -> bool:
    return bool(text_of(said, "username") or id_of(part(said, "from"))) and not is_own(said, over)


def of_comment(said: Mapping[str, Any], post: Mapping[str, Any], id: str, above: str) -> Heard:
    root = f"post/{id_of(post)}"
    return Heard(
        "reply", id, id_of(said), author_of(said), text_of(said, "text"), instant_of(said, "timestamp"),
        address_of(post, "permalink"), in_reply_to=above, root=root, about=root,
    )  # fmt: skip


def author_of(said: Mapping[str, Any]) -> Account:
    """By their number where it is told, else by their handle."""
    whose = part(said, "from")
    name = text_of(said, "username") or text_of(whose, "username")
    return Account(id_of(whose) or f"@{name.lower()}"[:200], name, name, "", f"https://www.instagram.com/{name}/")


def tags(since: datetime, over: Line) -> Iterator[Heard]:
    """Posts of others in which the account is tagged; empty where the network does not let us see them."""
    try:
        rows = listed(GRAPH.read(over, f"{over.credentials['account']}/tags", fields=SHOWN, limit=PAGE), "data")
    except Refused:
        return
    for each in rows:
        if id_of(each).isdigit() and is_fresh(each, since) and is_theirs(each, over):
            id = f"theirs/{id_of(each)}"
            yield Heard(
                "mention", id, id_of(each), author_of(each), text_of(each, "caption"), instant_of(each, "timestamp"),
                address_of(each, "permalink"),
            )  # fmt: skip
