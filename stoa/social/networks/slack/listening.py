"""Who spoke to us in the channel: answers below the bot's messages, and messages that name the bot.

Slack lists no answers across threads. So the newest messages of the channel are read, and of ours those threads in which something was
said since. `cursor` is how far the channel itself was read when that began: what is said meanwhile is read again by the next call.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal

from stoa.social.networks.protocol import Account, Heard, Hearing, Line, NotSent, Trouble, TryLater
from stoa.social.networks.slack import threads, wire, words

BACK = 5  # pages of the channel that are read for what was said since; the first time one
NEWEST = 20  # threads that are read the first time
ASKED = 30  # people who are asked for in one call
DEEP = 50  # pages of one thread
SPOKEN = (None, "file_share", "thread_broadcast")  # the kinds of messages in which people speak
NUMBER = re.compile(r"\d{10}\.\d{6}")


@dataclass
class People:
    """Who was asked for in one call. `is_over`: nobody is asked for any more."""

    known: dict[str, Account] = field(default_factory=dict)
    is_over: bool = False


def listen(cursor: str, over: Line) -> Hearing:
    messages = recent(cursor, over)
    reached = max([cursor, *(number(each, name) for each in messages for name in ("ts", "latest_reply"))])
    people = People()
    items = [heard(each, is_answer, over, people) for each, is_answer in spoken(messages, cursor, over)]
    return Hearing(tuple(each for each in items if each), reached)


def recent(cursor: str, over: Line) -> list[Mapping[str, Any]]:
    """The channel's newest messages: a page, and more where more was said since."""
    channel, found = over.credentials["channel"], []
    pages = wire.pages(over, "conversations.history", "messages", BACK, channel=channel, limit=threads.PAGE)
    for page in islice(pages, BACK if cursor else 1):
        found += [each for each in page if NUMBER.fullmatch(str(each.get("ts")))]
        if not found or min(each["ts"] for each in found) <= cursor:
            break
    return found


def number(message: Mapping[str, Any], name: str) -> str:
    """A message's number, of as many digits as all; empty where it is none."""
    found = str(message.get(name) or "")
    return found if NUMBER.fullmatch(found) else ""


def spoken(messages: list[Mapping[str, Any]], cursor: str, over: Line) -> Iterator[tuple[Mapping[str, Any], bool]]:
    """What others said since, in the channel itself and below our messages, and whether it answers one of ours."""
    yield from ((each, False) for each in messages if each["ts"] > cursor)
    stirred = [each for each in messages if threads.is_ours(each, over) and number(each, "latest_reply") > cursor]
    for parent in stirred if cursor else stirred[:NEWEST]:
        asked = {"ts": parent["ts"], "oldest": cursor or "0", "limit": threads.PAGE}
        channel = over.credentials["channel"]
        for page in wire.pages(over, "conversations.replies", "messages", DEEP, channel=channel, **asked):
            yield from ((each, True) for each in page if each.get("ts") != parent["ts"])


def heard(message: Mapping[str, Any], is_answer: bool, over: Line, people: People) -> Heard | None:
    """None for what is not for us: talk among others stays on Slack, and so does what other programs say."""
    user, ts, said, own = message.get("user"), number(message, "ts"), message.get("text"), over.credentials["bot"]
    if not isinstance(user, str) or not ts or not isinstance(said, str) or message.get("subtype") not in SPOKEN:
        return None
    if user == own or message.get("bot_id") or not (is_answer or own in words.named_in(said)):
        return None
    kind: Literal["reply", "mention"] = "reply" if is_answer else "mention"
    root, edited = str(message.get("thread_ts") or "") if is_answer else "", message.get("edited")
    return Heard(
        kind=kind,
        id=ts,
        version=str(edited.get("ts")) if isinstance(edited, Mapping) else ts,
        author=person(user, over, people),
        text=words.plain(said, {id: person(id, over, people).handle for id in words.named_in(said)}),
        at=wire.instant_of(ts),
        address=threads.address_of(ts, root, over),
        in_reply_to=root,
        root=root,
        about=root,
    )


def person(id: str, over: Line, people: People) -> Account:
    """Who that is, asked once. Without the scope to ask, and after too many, their number stands for their name."""
    if id not in people.known:
        found = asked(id, over, people)
        told: Mapping[str, Any] = found if isinstance(found, Mapping) else {}
        profile = told.get("profile")
        shown: Mapping[str, Any] = profile if isinstance(profile, Mapping) else {}
        handle = str(told.get("name") or id)
        name = str(shown.get("display_name") or shown.get("real_name") or handle)
        people.known[id] = Account(
            f"{over.credentials['team']}/{id}", handle, name, avatar=str(shown.get("image_72") or "")
        )
    return people.known[id]


def asked(id: str, over: Line, people: People) -> object:
    """What Slack says of a person; nothing once it asked for patience or its time is over, so that names never hold up words."""
    if people.is_over or len(people.known) >= ASKED:
        return None
    try:
        return wire.read(over, "users.info", user=id).get("user")
    except (NotSent, TryLater):
        people.is_over = True
    except Trouble:
        pass
    return None
