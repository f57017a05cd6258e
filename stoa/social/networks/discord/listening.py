"""Who spoke to the bot in its channel: answers to its messages, and messages that mention it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from stoa.social.networks.discord import wire
from stoa.social.networks.given import instant, listed, part, rows, word
from stoa.social.networks.protocol import Account, Heard, Hearing, Line

PAGE = 100


def listen(cursor: str, over: Line) -> Hearing:
    """One page per call; `cursor` is the newest message that was read. The first call goes no further back than a page."""
    path = f"channels/{over.credentials['channel']}/messages"
    page = rows(wire.read(over, path, limit=PAGE, after=cursor))
    newest = max((id for each in page if is_number(id := word(each, "id"))), key=int, default=cursor)
    items = tuple(found for each in page if (found := heard(each, over)))
    return Hearing(items, newest, more=bool(cursor) and len(page) == PAGE)


def is_number(id: str) -> bool:
    return id.isascii() and id.isdigit() and len(id) < 25


def heard(message: Mapping[str, Any], over: Line) -> Heard | None:
    """None for what is not for us: the channel's other talk stays on Discord."""
    own, id, author = over.credentials["bot"], word(message, "id"), part(message, "author")
    answered, mentions = part(message, "referenced_message"), listed(message, "mentions")
    is_ours = part(answered, "author").get("id") == own
    if not id or not word(author, "id") or author["id"] == own:
        return None
    if not is_ours and not any(each.get("id") == own for each in mentions):
        return None
    kind: Literal["reply", "mention"] = "reply" if is_ours else "mention"
    return Heard(
        kind=kind,
        id=id,
        version=word(message, "edited_timestamp", "id"),
        author=account_of(author),
        text=named(word(message, "content"), mentions),
        at=instant(message.get("timestamp")),
        address=address_of(id, over.credentials),
        in_reply_to=word(answered, "id"),
        root=word(answered, "id"),
        about=word(answered, "id") if is_ours else "",
    )


def named(text: str, mentions: Sequence[Mapping[str, Any]]) -> str:
    """Mentions by name: Discord keeps them by number."""
    for each in mentions:
        name = f"@{word(each, 'username')}"
        text = re.sub(rf"<@!?{re.escape(word(each, 'id'))}>", lambda _found, name=name: name, text)  # type: ignore[misc]
    return text


def account_of(author: Mapping[str, Any]) -> Account:
    """Discord shows no public page of a person."""
    return Account(word(author, "id"), word(author, "username", "id"), word(author, "global_name", "username"))


def address_of(id: str, credentials: Mapping[str, str]) -> str:
    return f"https://discord.com/channels/{credentials['guild']}/{credentials['channel']}/{id}"
