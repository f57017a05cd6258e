"""What Matrix tells of a message: who reacted, and how many answered in its thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from stoa.social.networks.given import listed, part
from stoa.social.networks.matrix import wire
from stoa.social.networks.protocol import NOT_OFFERED, Gone, Line, Measure, Measured, NotOffered, Reading

MEASURES = (
    Measure("likes", "Reactions", offered=True),
    Measure("replies", "Answers in the thread", offered=True),
    Measure("reach", "Reach", offered=False, reason="Matrix does not count who has read a message."),
)
PAGE, FOLLOWED = 100, 20


def measure(ids: Sequence[str], over: Line) -> Measured:
    readings: list[Reading] = []
    missing: list[str] = []
    for id in ids:
        try:
            event = wire.event(over, id)
        except Gone:
            missing.append(id)
            continue
        counts = {"likes": reactions(id, over), "replies": in_thread(event)}
        readings += [Reading(id, each.key, counts.get(each.key, NOT_OFFERED)) for each in MEASURES]
    return Measured(tuple(readings), tuple(missing))


def in_thread(event: Mapping[str, Any]) -> int:
    """As the server counts them. What replies without a thread is counted by nobody."""
    count = part(part(part(event, "unsigned"), "m.relations"), "m.thread").get("count")
    return count if type(count) is int and count > 0 else 0


def reactions(id: str, over: Line) -> int | NotOffered:
    """Each person's each sign once. Not told, rather than told too low, when there are more than we read."""
    found = related(id, "m.annotation/m.reaction", over)
    return NOT_OFFERED if found is None else len(found)


def edits_of(id: str, over: Line) -> list[str]:
    """The messages that edit one of ours: each holds its words whole, and stays when only the first is redacted."""
    found = related(id, "m.replace/m.room.message", over) or []
    own = over.credentials["user"]
    return [str(each["event_id"]) for each in found if each.get("sender") == own and each.get("event_id")]


def newest_edit(event: Mapping[str, Any]) -> str:
    """The message that edited it last, as the server says beside it; nothing when it was never edited."""
    edit = part(part(part(event, "unsigned"), "m.relations"), "m.replace")
    return str(edit.get("event_id") or "")


def related(id: str, kind: str, over: Line) -> list[Mapping[str, Any]] | None:
    """Events that relate to this one in that way; None when there are more than we read."""
    room, place, events = quote(over.credentials["room"], safe=""), "", list[Mapping[str, Any]]()
    path = f"rooms/{room}/relations/{quote(id, safe='')}/{kind}"
    for _page in range(FOLLOWED):
        page = wire.read(over, path, under="_matrix/client/v1", limit=PAGE, **{"from": place})
        events += listed(page, "chunk")
        place = str(page.get("next_batch") or "")
        if not place:
            return events
    return None
