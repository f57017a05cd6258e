"""The room as somebody sees it who has just entered: what it says of itself, and our last messages, where they are shown to newcomers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from stoa.social.networks.given import listed, part
from stoa.social.networks.markup import links_in
from stoa.social.networks.matrix import joining, listening, readings, wire
from stoa.social.networks.protocol import NOT_OFFERED, Gone, Line, NotOffered, Presence, Standing

SHOWN = 20
OPEN = ("world_readable", "shared")  # where newcomers see what was said before


def present(over: Line) -> Presence:
    topic = str((wire.state(over, "m.room.topic") or {}).get("topic") or "")
    seen = (wire.state(over, "m.room.history_visibility") or {}).get("history_visibility", "shared")
    return Presence(
        account=joining.account_of(over),
        bio=topic,
        links=links_in(topic),
        has_picture=bool((wire.state(over, "m.room.avatar") or {}).get("url")),
        pinned=pinned_text(over),
        followers=others(over),
        posts=tuple(standing(each, over) for each in last_messages(over)) if seen in OPEN else (),
    )


def pinned_text(over: Line) -> str:
    """The words of what was pinned last; of a picture its caption."""
    pinned = (wire.state(over, "m.room.pinned_events") or {}).get("pinned")
    if not isinstance(pinned, list) or not pinned:
        return ""
    try:
        return words_of(wire.event(over, str(pinned[-1])))
    except Gone:
        return ""


def others(over: Line) -> int | NotOffered:
    """How many are in the room besides us."""
    page = wire.read(over, "sync", filter=listening.filter_of(over, 1), timeout=0)
    room = part(part(part(page, "rooms"), "join"), over.credentials["room"])
    count = part(room, "summary").get("m.joined_member_count")
    return count - 1 if type(count) is int and count > 0 else NOT_OFFERED


def last_messages(over: Line) -> list[Mapping[str, Any]]:
    """Ours alone, without their edits and without what was redacted."""
    wanted = json.dumps({"senders": [over.credentials["user"]], "types": ["m.room.message"]})
    page = wire.read(over, wire.in_room(over, "messages"), dir="b", limit=SHOWN, filter=wanted)
    found = [each for each in listed(page, "chunk") if not wire.is_redacted(each)]
    return [each for each in found if relation_of(each).get("rel_type") != "m.replace" and each.get("event_id")]


def relation_of(event: Mapping[str, Any]) -> Mapping[str, Any]:
    return part(part(event, "content"), "m.relates_to")


def words_of(event: Mapping[str, Any]) -> str:
    """As they read now: those of the last edit where there was one."""
    edit = part(part(part(event, "unsigned"), "m.relations"), "m.replace")
    content = part(part(edit, "content"), "m.new_content") or part(event, "content")
    return str(content.get("body") or "")


def standing(event: Mapping[str, Any], over: Line) -> Standing:
    id = str(event["event_id"])
    return Standing(
        id=id,
        text=words_of(event),
        at=wire.instant_of(event.get("origin_server_ts")),
        address=listening.address_of(id, over.credentials),
        replies=readings.in_thread(event),
        is_answer=bool(relation_of(event)),
    )
