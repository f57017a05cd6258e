"""Who spoke to the bot in its channel: answers to its messages, and messages that mention it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from stoa.social.networks.discord import wire
from stoa.social.networks.protocol import Account, Heard, Hearing, Line

PAGE = 100


def listen(cursor: str, over: Line) -> Hearing:
    """One page per call; `cursor` is the newest message that was read. The first call goes no further back than a page."""
    path = f"channels/{over.credentials['channel']}/messages"
    page = wire.read(over, path, limit=PAGE, after=cursor)
    newest = max((str(each["id"]) for each in page), key=int, default=cursor)
    items = tuple(found for each in page if (found := heard(each, over)))
    return Hearing(items, newest, more=bool(cursor) and len(page) == PAGE)


def heard(message: Mapping[str, Any], over: Line) -> Heard | None:
    """None for what is not for us: the channel's other talk stays on Discord."""
    own = over.credentials["bot"]
    answered = message.get("referenced_message") or {}
    is_ours = bool(answered) and answered["author"]["id"] == own
    if message["author"]["id"] == own or not (
        is_ours or any(each["id"] == own for each in message.get("mentions") or [])
    ):
        return None
    kind: Literal["reply", "mention"] = "reply" if is_ours else "mention"
    return Heard(
        kind=kind,
        id=str(message["id"]),
        version=str(message.get("edited_timestamp") or message["id"]),
        author=account_of(message["author"]),
        text=named(str(message.get("content") or ""), message.get("mentions") or []),
        at=wire.instant_of(str(message.get("timestamp") or "")),
        address=address_of(str(message["id"]), over.credentials),
        in_reply_to=str(answered.get("id") or ""),
        root=str(answered.get("id") or ""),
        about=str(answered["id"]) if is_ours else "",
    )


def named(text: str, mentions: Sequence[Mapping[str, Any]]) -> str:
    """Mentions by name: Discord keeps them by number."""
    for each in mentions:
        text = re.sub(rf"<@!?{re.escape(str(each['id']))}>", f"@{each.get('username', '')}", text)
    return text


def account_of(author: Mapping[str, Any]) -> Account:
    """Discord shows no public page of a person."""
    return Account(
        id=str(author["id"]), handle=str(author["username"]), name=str(author.get("global_name") or author["username"])
    )


def address_of(id: str, credentials: Mapping[str, str]) -> str:
    return f"https://discord.com/channels/{credentials['guild']}/{credentials['channel']}/{id}"
