"""Who answered us, and who mentioned us: the answers below our last posts, and the account's mentions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

from stoa.social.networks.calling import Line
from stoa.social.networks.graph import BEGINNING, address_of, id_of, instant_of, part, text_of
from stoa.social.networks.messages import Account, Heard, Hearing
from stoa.social.networks.meta_threads.wire import FOLLOWED_BACK, GRAPH, PAGE, POST
from stoa.social.networks.trouble import Gone
from stoa.social.networks.waits import instant

HEARD = "id,text,permalink,timestamp,username,root_post,replied_to,is_reply_owned_by_me,is_reply"
LISTENED_TO = 25  # of our posts, the newest ones
OVERLAP = timedelta(minutes=15)  # what is said is not always there at once


def listen(cursor: str, over: Line) -> Hearing:
    """All since the cursor, which is the newest instant that was heard. The first call of all brings one page below each post."""
    known = instant(cursor) or BEGINNING
    since = known - OVERLAP if known > BEGINNING else BEGINNING
    found = {each.id: each for each in (*mentions(since, over), *answers(since, over))}
    items = tuple(sorted(found.values(), key=lambda each: (each.at, each.id)))
    newest = max((each.at for each in items), default=known)
    return Hearing(items, max(known, newest).isoformat())


def answers(since: datetime, over: Line) -> Iterator[Heard]:
    path = f"{over.credentials['account']}/threads"
    posts = next(GRAPH.pages(over, path, 1, fields=POST, limit=LISTENED_TO), [])
    for post in posts:
        if post.get("has_replies") is True and (id := id_of(post)):
            yield from below(id, since, over)


def below(id: str, since: datetime, over: Line) -> Iterator[Heard]:
    """What was said below one post, the newest first. Deeper answers stand in the same list."""
    try:
        for page in GRAPH.pages(over, f"{id}/conversation", FOLLOWED_BACK, fields=HEARD, limit=PAGE, reverse=True):
            fresh = [each for each in page if instant_of(each, "timestamp") > since]
            yield from (heard(each, "reply", over, below=id) for each in fresh if is_theirs(each, over))
            if len(fresh) < len(page) or since == BEGINNING:
                return
    except Gone:
        return


def mentions(since: datetime, over: Line) -> Iterator[Heard]:
    path = f"{over.credentials['account']}/mentions"
    for page in GRAPH.pages(over, path, FOLLOWED_BACK, fields=HEARD, limit=PAGE):
        fresh = [each for each in page if instant_of(each, "timestamp") > since]
        yield from (heard(each, "mention", over) for each in fresh if is_theirs(each, over))
        if len(fresh) < len(page) or since == BEGINNING:
            return


def is_theirs(said: Mapping[str, Any], over: Line) -> bool:
    named = text_of(said, "username")
    is_ours = said.get("is_reply_owned_by_me") is True or named.lower() == over.credentials.get("handle", "").lower()
    return bool(id_of(said) and named) and not is_ours


def heard(said: Mapping[str, Any], kind: Literal["reply", "mention"], over: Line, *, below: str = "") -> Heard:
    """Threads tells of others only their handle: that is who they are."""
    id, name = id_of(said), text_of(said, "username")
    answered = id_of(part(said, "replied_to")) or below
    return Heard(
        kind=kind,
        id=id,
        version=id,
        author=Account(f"@{name.lower()}"[:200], name, name, "", f"https://www.threads.com/@{name}"),
        text=text_of(said, "text"),
        at=instant_of(said, "timestamp"),
        address=address_of(said, "permalink"),
        in_reply_to=answered,
        root=id_of(part(said, "root_post")) or below,
        about=below,
    )
