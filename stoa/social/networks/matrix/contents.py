"""What stands in a message: words, a picture, whom it answers, and our own mark, by which it is found again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from stoa.social.networks.given import part
from stoa.social.networks.matrix import wire
from stoa.social.networks.multipart import ending
from stoa.social.networks.protocol import Line, Outgoing, Picture, Video

MARK = "stoa.post"  # a field of ours: the key of the post, and which pictures belong to it


def digest(*words: str) -> str:
    """A transaction's id, the same in every attempt; it goes into addresses, and tells nobody the key itself."""
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:40]


def text(words: str, relation: Mapping[str, Any]) -> dict[str, Any]:
    """Plain words: every reader makes links and line breaks of them, and no markup of ours can go wrong there."""
    return {"msgtype": "m.text", "body": words, "m.mentions": {}, **relation}


def picture(number: int, shown: Picture, stored: str, relation: Mapping[str, Any]) -> dict[str, Any]:
    """Its description is the caption, which is all that Matrix has: a `body` that differs from the file's name (1.10)."""
    name = wire.name_of(number, shown)
    info = {"mimetype": shown.mime, "size": len(shown.content)}
    info |= {"w": shown.width, "h": shown.height} if shown.width and shown.height else {}
    named = {"url": stored, "filename": name, "body": shown.alt or name, "info": info}
    return {"msgtype": "m.image", **named, "m.mentions": {}, **relation}


def video(shown: Video, stored: str, relation: Mapping[str, Any]) -> dict[str, Any]:
    """A video with its description as the caption."""
    name = f"video.{ending(shown.mime)}"
    info: dict[str, Any] = {"mimetype": shown.mime, "size": shown.size, "duration": round(shown.seconds * 1000)}
    info |= {"w": shown.width, "h": shown.height} if shown.width and shown.height else {}
    named = {"url": stored, "filename": name, "body": shown.alt or name, "info": info}
    return {"msgtype": "m.video", **named, "m.mentions": {}, **relation}


def replacing(id: str, words: str, mark: Mapping[str, Any]) -> dict[str, Any]:
    """An edit: the new content, and words with a star for readers that know no edits."""
    new = {**text(words, {}), **({MARK: mark} if mark else {})}
    relation = {"rel_type": "m.replace", "event_id": id}
    return {**text(f"* {words}", {}), "m.new_content": new, "m.relates_to": relation}


def relation_of(outgoing: Outgoing, over: Line) -> dict[str, Any]:
    """Whom this answers. In a thread it stays in the thread; after a post of our own it begins one; a stranger is replied to, and
    hears of it. `Gone` when what it answers is not there."""
    if not outgoing.answers:
        return {}
    answered = wire.event(over, outgoing.answers)
    stands = part(part(answered, "content"), "m.relates_to")
    is_own = answered.get("sender") == over.credentials["user"]
    root = stands.get("event_id") if stands.get("rel_type") == "m.thread" else None
    root = outgoing.answers if root is None and is_own and not stands.get("rel_type") else root
    relation: dict[str, Any] = {"m.in_reply_to": {"event_id": outgoing.answers}}
    if root:
        relation |= {"rel_type": "m.thread", "event_id": str(root), "is_falling_back": is_own}
    mentions = {} if is_own else {"user_ids": [str(answered.get("sender") or "")]}
    return {"m.relates_to": relation, "m.mentions": mentions}


def mark_of(event: Mapping[str, Any]) -> Mapping[str, Any]:
    return part(part(event, "content"), MARK)


def pictures_of(event: Mapping[str, Any]) -> list[str]:
    """The messages that hold a post's pictures, as our own mark names them."""
    named = mark_of(event).get("pictures")
    return [str(each) for each in named] if isinstance(named, list) else []
