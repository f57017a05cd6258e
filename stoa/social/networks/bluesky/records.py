"""The record of a post (`app.bsky.feed.post`) and the key under which it is kept.

The key is chosen by us before anything is sent, from the delivery's own key: the same delivery always aims at the same
place, so a second try cannot make a second post.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from stoa.social.networks.bluesky.facets import facets_of
from stoa.social.networks.bluesky.session import WEB, ask, upload, upload_video
from stoa.social.networks.given import part, word
from stoa.social.networks.protocol import Gone, Line, NotSent, Outgoing, Picture, Refused, Unknown, Video

COLLECTION = "app.bsky.feed.post"
_SORTABLE = "234567abcdefghijklmnopqrstuvwxyz"


def record_key(outgoing: Outgoing) -> str:
    """A TID: 53 bits of microseconds and 10 bits of clock id (https://atproto.com/specs/tid).

    The instant is when the delivery was made, to the millisecond; what lies below comes from the delivery's key.
    """
    digest = int.from_bytes(hashlib.sha256(outgoing.key.encode()).digest()[:8], "big")
    milliseconds = int(outgoing.made_at.timestamp() * 1000)
    value = ((milliseconds * 1000 + digest % 1000) << 10) | (digest >> 32) % 1024
    return "".join(_SORTABLE[(value >> shift) & 31] for shift in range(60, -1, -5))


def address_of(id: str) -> str:
    """The public page of a post, by the account's unchanging id: it outlives a change of handle."""
    did, _, key = id.removeprefix("at://").partition(f"/{COLLECTION}/")
    return f"{WEB}/profile/{did}/post/{key}"


def split_id(id: str) -> tuple[str, str, str]:
    """`at://did/collection/key` in its three parts."""
    parts = id.removeprefix("at://").split("/")
    if not id.startswith("at://") or len(parts) != 3:
        raise Refused("This is not a post on Bluesky.", mend="Open the post there and check its address.")
    return parts[0], parts[1], parts[2]


def build_record(outgoing: Outgoing, over: Line) -> dict[str, Any]:
    """The whole record, its pictures stored already. Whatever goes wrong in here, no post has been made."""
    try:
        record: dict[str, Any] = {"$type": COLLECTION, "text": outgoing.text, "createdAt": _written(outgoing.at)}
        if outgoing.language:
            record["langs"] = [outgoing.language]
        if facets := facets_of(outgoing.text, lambda handle: _did_of(handle, over)):
            record["facets"] = facets
        if embed := _embed(outgoing, over):
            record["embed"] = embed
        if outgoing.answers:
            record["reply"] = _reply(outgoing.answers, over)
    except Unknown as trouble:
        raise NotSent(f"The post was not sent, because preparing it failed: {trouble.reason}") from trouble
    return record


def _written(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _did_of(handle: str, over: Line) -> str:
    try:
        return word(ask(over, "com.atproto.identity.resolveHandle", handle=handle), "did")
    except (Refused, Gone):
        return ""


def _embed(outgoing: Outgoing, over: Line) -> dict[str, Any] | None:
    if outgoing.pictures:
        images = [_image(picture, over) for picture in outgoing.pictures]
        return {"$type": "app.bsky.embed.images", "images": images}
    if outgoing.video:
        return _film(outgoing.video, over)
    if outgoing.card is None or not outgoing.link:
        return None
    external: dict[str, Any] = {
        "uri": outgoing.link,
        "title": outgoing.card.title,
        "description": outgoing.card.description,
    }
    if thumb := outgoing.card.picture:
        external["thumb"] = upload(over, thumb.content, thumb.mime)
    return {"$type": "app.bsky.embed.external", "external": external}


def _image(picture: Picture, over: Line) -> dict[str, Any]:
    return {
        "image": upload(over, picture.content, picture.mime),
        "alt": picture.alt,
        "aspectRatio": {"width": picture.width, "height": picture.height},
    }


def _film(video: Video, over: Line) -> dict[str, Any]:
    shape = {"aspectRatio": {"width": video.width, "height": video.height}} if video.width and video.height else {}
    return {"$type": "app.bsky.embed.video", "video": upload_video(over, video), "alt": video.alt, **shape}


def _reply(parent_id: str, over: Line) -> dict[str, Any]:
    """Both ends of the thread: the post that is answered and the one that everything began with."""
    found = fetch_record(parent_id, over)
    parent = {"uri": word(found, "uri"), "cid": word(found, "cid")}
    root = part(found, "value", "reply", "root") or parent
    return {"root": root, "parent": parent}


def fetch_record(id: str, over: Line) -> Mapping[str, Any]:
    """Reads a record from our own server, or through it; raises `Gone` when there is none."""
    did, collection, key = split_id(id)
    found: Mapping[str, Any] = ask(over, "com.atproto.repo.getRecord", repo=did, collection=collection, rkey=key)
    return found
