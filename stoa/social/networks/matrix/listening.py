"""Who spoke to us in the room: answers to our messages, and messages that mention the account.

The cursor is the server's own place in its stream. Where more was said than one answer holds, it names also the gap that is still
to be read: "next back since".
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal
from urllib.parse import quote

from stoa.social.networks.given import listed, part
from stoa.social.networks.matrix import joining, wire
from stoa.social.networks.matrix.joining import WEB
from stoa.social.networks.protocol import Account, Gone, Heard, Hearing, Line, Refused

PAGE, FIRST = 100, 30
SPOKEN = ("m.text", "m.emote", "m.image", "m.file", "m.audio", "m.video", "m.location")  # a notice is another bot's
EVENT = re.compile(
    r"\$[\x21-\x7e]{1,254}"
)  # an id as servers make it; what somebody writes into an answer may be anything
QUOTED = re.compile(r"\A(?:> ?[^\n]*\n)+\n?")


def listen(cursor: str, over: Line) -> Hearing:
    """One page per call. The first call of all goes no further back than the newest messages."""
    if " " in cursor:
        return fill_gap(cursor, over)
    page = wire.read(over, "sync", filter=filter_of(over, PAGE if cursor else FIRST), since=cursor, timeout=0)
    rooms, place = part(page, "rooms"), over.credentials["room"]
    joined, next_one = part(rooms, "join"), str(page.get("next_batch") or cursor)
    if place not in joined and (trouble := joining.thrown_out(over)):  # or nothing was said there
        raise trouble
    room = part(joined, place)
    timeline = part(room, "timeline")
    items = heard_in(listed(timeline, "events"), names_in(listed(part(room, "state"), "events")), over)
    if cursor and timeline.get("limited") and timeline.get("prev_batch"):
        return Hearing(items, f"{next_one} {timeline['prev_batch']} {cursor}", more=True)
    return Hearing(items, next_one)


def fill_gap(cursor: str, over: Line) -> Hearing:
    """What was said between two places in the stream, backwards."""
    next_one, back, since = [*cursor.split(" "), "", ""][:3]
    page = wire.read(
        over,
        wire.in_room(over, "messages"),
        dir="b",
        limit=PAGE,
        to=since,
        filter=json.dumps({"types": ["m.room.message"], "lazy_load_members": True}),
        **{"from": back},
    )
    events, further = listed(page, "chunk"), str(page.get("end") or "")
    items = heard_in(events, names_in(listed(page, "state")), over)
    goes_on = bool(events and further and further != back)
    return Hearing(items, f"{next_one} {further} {since}" if goes_on else next_one, more=True)


def filter_of(over: Line, most: int) -> str:
    """Only messages of this room, and the names of who wrote them."""
    none: dict[str, Any] = {"types": []}
    names = {"types": ["m.room.member"], "lazy_load_members": True, "include_redundant_members": True}
    timeline = {"types": ["m.room.message"], "limit": most, "lazy_load_members": True}
    room = {"rooms": [over.credentials["room"]], "timeline": timeline, "state": names}
    return json.dumps(
        {"room": {**room, "ephemeral": none, "account_data": none}, "presence": none, "account_data": none}
    )


def names_in(state: Sequence[Mapping[str, Any]]) -> Mapping[str, str]:
    return {
        str(each.get("state_key")): str(part(each, "content").get("displayname") or "")
        for each in state
        if each.get("type") == "m.room.member"
    }


def heard_in(events: Sequence[Mapping[str, Any]], names: Mapping[str, str], over: Line) -> tuple[Heard, ...]:
    """Of each answered message it is asked once whose it is."""
    owners = {str(each.get("event_id")): str(each.get("sender")) for each in events}
    return tuple(found for each in events if (found := heard(each, names, owners, over)))


def heard(event: Mapping[str, Any], names: Mapping[str, str], owners: dict[str, str], over: Line) -> Heard | None:
    """None for what is not for us: the room's other talk stays on Matrix. An edit is not heard a second time."""
    content, own = part(event, "content"), over.credentials["user"]
    relation = part(content, "m.relates_to")
    is_edit, sender = relation.get("rel_type") == "m.replace", str(event.get("sender") or "")
    if not sender or sender == own or is_edit or content.get("msgtype") not in SPOKEN or not event.get("event_id"):
        return None
    answered, root = answered_in(relation)
    ours = next((each for each in (answered, root) if each and owner_of(each, owners, over) == own), "")
    mentioned = part(content, "m.mentions").get("user_ids")
    if not ours and not (isinstance(mentioned, list) and own in mentioned):
        return None
    kind: Literal["reply", "mention"] = "reply" if ours else "mention"
    id = str(event["event_id"])
    return Heard(
        kind=kind,
        id=id,
        version=id,
        author=account_of(sender, names),
        text=spoken(content, is_answer=bool(answered)),
        at=wire.instant_of(event.get("origin_server_ts")),
        address=address_of(id, over.credentials),
        in_reply_to=answered,
        root=root or answered,
        about=ours,
    )


def answered_in(relation: Mapping[str, Any]) -> tuple[str, str]:
    """(what it answers, the root of its thread). What only falls back to the newest message of a thread answers its root."""
    root = id_in(relation) if relation.get("rel_type") == "m.thread" else ""
    answered = id_in(part(relation, "m.in_reply_to"))
    return (root if root and relation.get("is_falling_back") is True else answered or root), root


def id_in(relation: Mapping[str, Any]) -> str:
    """The message that is named there; nothing when it cannot be one."""
    found = relation.get("event_id")
    return found if isinstance(found, str) and EVENT.fullmatch(found) else ""


def owner_of(id: str, owners: dict[str, str], over: Line) -> str:
    """Who wrote a message; nobody, when it is not there any more."""
    if not EVENT.fullmatch(id):
        return ""
    if id not in owners:
        try:
            owners[id] = str(wire.read(over, wire.in_room(over, "event", id)).get("sender") or "")
        except (Gone, Refused):
            owners[id] = ""
    return owners[id]


def spoken(content: Mapping[str, Any], *, is_answer: bool) -> str:
    """The words, without the quoted ones that older programs put before an answer."""
    words = str(content.get("body") or "")
    return QUOTED.sub("", words, count=1) if is_answer else words


def account_of(user: str, names: Mapping[str, str]) -> Account:
    handle = user.lstrip("@")
    return Account(user, handle, names.get(user) or handle.partition(":")[0], address=WEB + quote(user, safe="@:"))


def address_of(id: str, credentials: Mapping[str, str]) -> str:
    """A link that every reader of Matrix opens; `via` names a server that knows the room."""
    via = quote(credentials["user"].partition(":")[2], safe=":")
    return f"{WEB}{quote(credentials['room'], safe='!:')}/{quote(id, safe='$')}?via={via}"
