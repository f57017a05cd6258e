"""Who commented on the site: its newest comments, down to where the last call ended."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from stoa.social.networks.protocol import Account, Heard, Hearing, Line
from stoa.social.networks.wordpress import wire
from stoa.social.networks.wordpress.texts import plain

PAGE, OVERLAP = 100, 10
AVATAR = re.compile(r"/avatar/([0-9a-f]{32,64})\b")


def listen(cursor: str, over: Line) -> Hearing:
    """One page per call, the newest first. `cursor` at rest is the newest comment's number; on the way down it is
    "last.newest.offset". The newest page is always read whole, because a comment may be approved long after it was written.
    """
    last, newest, offset = place_of(cursor)
    comments = wire.rows(over, "comments", orderby="id", order="desc", per_page=PAGE, offset=offset or "")
    numbers = [each["id"] for each in comments]
    newest = max([newest, last, *numbers])
    items = tuple(heard(each, over) for each in reversed(comments) if is_theirs(each, over))
    if cursor and len(comments) == PAGE and min(numbers, default=0) > last:
        return Hearing(items, f"{last}.{newest}.{offset + PAGE - OVERLAP}", more=True)
    return Hearing(items, str(newest))


def place_of(cursor: str) -> tuple[int, int, int]:
    """(last, newest, offset) of a cursor: what it does not say is 0."""
    last, newest, offset = (*(int(part) for part in cursor.split(".") if part.isdecimal()), 0, 0, 0)[:3]
    return last, newest, offset


def is_theirs(comment: Mapping[str, Any], over: Line) -> bool:
    return str(comment.get("author")) != over.credentials["id"] and wire.is_number(comment.get("post"))


def heard(comment: Mapping[str, Any], over: Line) -> Heard:
    post, parent = str(comment["post"]), comment.get("parent")
    return Heard(
        kind="reply",
        id=f"c{comment['id']}",
        version=str(comment["id"]),
        author=author_of(comment, over.credentials["server"]),
        text=plain(comment.get("content")),
        at=wire.instant_of(comment.get("date_gmt")),
        address=str(comment.get("link") or ""),
        in_reply_to=f"c{parent}" if parent else post,
        root=post,
        about=post,
    )


def author_of(comment: Mapping[str, Any], home: str) -> Account:
    """A user of the site by its number. Guests have none: those with the same avatar are the same, and without one nobody is taken for
    another because of a name."""
    avatars = comment.get("author_avatar_urls")
    avatar = str(avatars.get("96") or "") if isinstance(avatars, dict) else ""
    mark, number = AVATAR.search(avatar), comment.get("author")
    who = f"u{number}" if number else f"g{mark.group(1)}" if mark else f"c{comment['id']}"
    name, address = str(comment.get("author_name") or "Anonymous"), str(comment.get("author_url") or "")
    return Account(
        id=f"{who}@{home.partition('://')[2]}"[:200],
        handle=name[:200],
        name=name[:200],
        avatar=avatar if avatar.startswith("https://") else "",
        address=address if address.startswith(("https://", "http://")) else "",
    )
