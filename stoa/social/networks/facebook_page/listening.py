"""Who spoke to the page: comments below what stands on it, what others wrote there, and where it was tagged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from stoa.social.networks.calling import Line
from stoa.social.networks.facebook_page.wire import COMMENT, FOLLOWED_BACK, GRAPH, PAGE, is_own
from stoa.social.networks.graph import BEGINNING, address_of, id_of, instant_of, listed, part, text_of
from stoa.social.networks.messages import Account, Heard, Hearing
from stoa.social.networks.trouble import Gone, Refused
from stoa.social.networks.waits import instant

LISTENED_TO = 25  # posts on the page, the newest ones
OVERLAP = timedelta(minutes=15)  # what is said is not always there at once
ANSWER = f"{COMMENT},parent{{id}}"
POST = "id,message,created_time,from,permalink_url"
BELOW = f"{POST},comments.filter(stream).order(reverse_chronological).limit({PAGE}){{{ANSWER}}}"
NOBODY_KNOWN = "Somebody on Facebook"


def listen(cursor: str, over: Line) -> Hearing:
    """All since the cursor, which is the newest instant that was heard. The first call of all brings one page below each post."""
    known = instant(cursor) or BEGINNING
    since = known - OVERLAP if known > BEGINNING else BEGINNING
    found = {each.id: each for each in (*tagged(since, over), *on_the_page(since, over))}
    items = tuple(sorted(found.values(), key=lambda each: (each.at, each.id)))
    newest = max((each.at for each in items), default=known)
    return Hearing(items, max(known, newest).isoformat())


def on_the_page(since: datetime, over: Line) -> Iterator[Heard]:
    path = f"{over.credentials['account']}/feed"
    for post in next(GRAPH.pages(over, path, 1, fields=BELOW, limit=LISTENED_TO), []):
        if not id_of(post):
            continue
        if is_fresh(post, since) and not is_own(post, over):
            yield mention(post)
        for page in below(post, since, over):
            fresh = [each for each in page if id_of(each) and is_fresh(each, since) and not is_own(each, over)]
            yield from (answer(each, post, over) for each in fresh)


def below(post: Mapping[str, Any], since: datetime, over: Line) -> Iterator[list[Mapping[str, Any]]]:
    """Pages of comments, the newest first: the one that came with the post, and further ones after a long silence."""
    first = listed(part(post, "comments"), "data")
    yield first
    if since == BEGINNING or len(first) < PAGE or not is_fresh(first[-1], since):
        return
    asked = {"fields": ANSWER, "filter": "stream", "order": "reverse_chronological", "limit": PAGE}
    try:
        for page in GRAPH.pages(over, f"{id_of(post)}/comments", FOLLOWED_BACK, **asked):
            yield page
            if not page or not is_fresh(page[-1], since):
                return
    except Gone:
        return


def tagged(since: datetime, over: Line) -> Iterator[Heard]:
    """Posts of others that tag the page; empty where the network does not let us see them."""
    try:
        rows = listed(GRAPH.read(over, f"{over.credentials['account']}/tagged", fields=POST, limit=PAGE), "data")
    except Refused:
        return
    yield from (mention(each) for each in rows if id_of(each) and is_fresh(each, since) and not is_own(each, over))


def is_fresh(said: Mapping[str, Any], since: datetime) -> bool:
    return instant_of(said, "created_time") > since


def answer(said: Mapping[str, Any], post: Mapping[str, Any], over: Line) -> Heard:
    """`about` is told where the post is the page's own."""
    root = id_of(post)
    return Heard(
        "reply", id_of(said), id_of(said), author_of(said), text_of(said, "message"), instant_of(said, "created_time"),
        address_of(said, "permalink_url") or address_of(post, "permalink_url"),
        in_reply_to=id_of(part(said, "parent")) or root, root=root, about=root if is_own(post, over) else "",
    )  # fmt: skip


def mention(said: Mapping[str, Any]) -> Heard:
    id, at = id_of(said), instant_of(said, "created_time")
    return Heard("mention", id, id, author_of(said), text_of(said, "message"), at, address_of(said, "permalink_url"))


def author_of(said: Mapping[str, Any]) -> Account:
    """Facebook does not tell of everybody who they are; who is not told is a stranger of their own."""
    whose = part(said, "from")
    id, name = id_of(whose), text_of(whose, "name") or NOBODY_KNOWN
    return Account(id or f"not told/{id_of(said)}", name, name, "", f"https://www.facebook.com/{id}" if id else "")
