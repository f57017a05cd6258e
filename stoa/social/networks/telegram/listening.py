"""Who spoke to us: comments under the channel's posts in its discussion group, answers to the bot, and who names it or the channel.

What came is confirmed to Telegram by the next call, and the next call comes only once it is kept: so a crash loses nothing, and what was
not kept comes again. When all is confirmed the cursor is empty, because the numbers may begin anew after a week of silence.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from stoa.social.networks.given import number, part, rows, since_1970
from stoa.social.networks.protocol import Account, Heard, Hearing, Line
from stoa.social.networks.telegram import numbers, wire

PAGE = 100
WANTED = json.dumps(["message", "edited_message"])


def listen(cursor: str, over: Line) -> Hearing:
    """One page per call; `cursor` is the number of the newest update that was read and is not yet confirmed."""
    offset = int(cursor) + 1 if cursor.isdigit() else None
    page = wire.read(over, "getUpdates", offset=offset, limit=PAGE, timeout=0, allowed_updates=WANTED)
    updates = [each for each in rows(page) if number(each, "update_id") is not None]
    newest = max((each["update_id"] for each in updates), default=None)
    items = tuple(found for each in updates if (found := heard(message_in(each), over)))
    return Hearing(items, "" if newest is None else str(newest), more=len(updates) == PAGE)


def message_in(update: Mapping[str, Any]) -> Mapping[str, Any]:
    return part(update, "message") or part(update, "edited_message")


def heard(message: Mapping[str, Any], over: Line) -> Heard | None:
    """None for what is not for us: talk among others stays on Telegram."""
    rooms = numbers.usernames(over.credentials)
    room, number = str(part(message, "chat").get("id") or ""), message.get("message_id")
    author = author_of(message)
    if room not in rooms or number is None or author is None or is_ours(message, over):
        return None
    about = answered_post(message, over)
    if not about and not names_us(message, over):
        return None
    kind: Literal["reply", "mention"] = "reply" if about else "mention"
    return Heard(
        kind=kind,
        id=numbers.name_of(room, number),
        version=str(message.get("edit_date") or number),
        author=author,
        text=words_of(message),
        at=since_1970(message.get("date")),
        address=numbers.address_of(room, number, rooms[room]),
        in_reply_to=about,
        root=about,
        about=about,
        language=str(part(message, "from").get("language_code") or ""),
    )


def is_ours(message: Mapping[str, Any], over: Line) -> bool:
    """What the bot said, and what the channel itself says in its group."""
    speaker = str(part(message, "from").get("id") or "")
    return speaker == over.credentials["bot"] or str(part(message, "sender_chat").get("id")) == over.credentials["chat"]


def answered_post(message: Mapping[str, Any], over: Line) -> str:
    """The message of ours that this one answers: a post of the channel, as its group shows it, or one of the bot's own."""
    answered = part(message, "reply_to_message")
    origin = part(answered, "forward_origin")
    if answered.get("is_automatic_forward") and str(part(origin, "chat").get("id")) == over.credentials["chat"]:
        return numbers.name_of(over.credentials["chat"], origin.get("message_id"))
    if answered and is_ours(answered, over):
        return numbers.name_of(part(message, "chat").get("id"), answered.get("message_id"))
    return ""


def names_us(message: Mapping[str, Any], over: Line) -> bool:
    ours = {f"@{over.credentials[name]}".lower() for name in ("bot_name", "name") if over.credentials.get(name)}
    return any(each.lower() in ours for each in named_in(message))


def named_in(message: Mapping[str, Any]) -> Iterable[str]:
    """The names that stand in a text. Places are counted in UTF-16 there."""
    coded = words_of(message).encode("utf-16-le")
    entities = message.get("entities") or message.get("caption_entities") or ()
    for each in entities if isinstance(entities, list) else ():
        place, length = (each.get("offset"), each.get("length")) if isinstance(each, Mapping) else (None, None)
        if isinstance(place, int) and isinstance(length, int) and each["type"] == "mention":
            yield coded[max(0, place) * 2 : max(0, place + length) * 2].decode("utf-16-le", "ignore")


def words_of(message: Mapping[str, Any]) -> str:
    said = message.get("text") or message.get("caption") or ""
    return said if isinstance(said, str) else ""


def author_of(message: Mapping[str, Any]) -> Account | None:
    """A person, or a chat that speaks for itself (an anonymous administrator, another channel)."""
    if chat := part(message, "sender_chat"):
        id, name, handle = chat.get("id"), str(chat.get("title") or ""), str(chat.get("username") or "")
    else:
        speaker = part(message, "from")
        id, handle = speaker.get("id"), str(speaker.get("username") or "")
        name = " ".join(str(speaker[each]) for each in ("first_name", "last_name") if speaker.get(each))
    if not id:
        return None
    return Account(str(id), handle or name, name or handle, address=f"https://t.me/{handle}" if handle else "")
