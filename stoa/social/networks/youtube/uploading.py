"""Uploading in pieces (developers.google.com/youtube/v3/guides/using_resumable_upload_protocol).

The session's address is the key: it takes one video, and says what it has. All pieces but the last go while it is made ready, where
nobody sees anything; the last one publishes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from stoa.social.networks.protocol import (
    Gone,
    Line,
    NotSent,
    Outgoing,
    Pending,
    Prepared,
    Response,
    Trouble,
    Unknown,
    Video,
)
from stoa.social.networks.youtube import wire
from stoa.social.networks.youtube.videos import resource_of

UPLOAD = "https://www.googleapis.com/upload/youtube/v3/videos?uploadType=resumable&part=snippet,status"
PIECE = 8 * 1024 * 1024  # a multiple of 256 KiB, as Google wants it
AT_ONCE = 16  # pieces of one call: a call has a minute
TAIL = 8  # pieces that Google may have lost again
SECONDS = 55.0
LONGEST = 480
RANGE = re.compile(r"bytes=0-(\d{1,15})")


def prepare(outgoing: Outgoing, video: Video, over: Line, handle: str) -> Prepared | Pending:
    """Begins a session, or goes on with one. Whatever goes wrong here, nothing was published."""
    try:
        session = session_of(handle, video)
        try:
            is_there = bool(session) and ahead(session, video, over)
        except Gone:
            session = ""
        if not session:
            session = begin(outgoing, video, over)
            is_there = ahead(session, video, over)
        kept = f"{video.size} {session}"
        return Prepared(kept) if is_there else Pending(kept, after=1.0)
    except Unknown as trouble:
        raise NotSent(f"The video was not sent, because uploading it failed: {trouble.reason}") from trouble


def session_of(handle: str, video: Video) -> str:
    """The session's address, if it was begun for a video of this size; Google's own and no other."""
    size, _, address = handle.partition(" ")
    return address if is_googles(address) and size == str(video.size) else ""


def is_googles(address: str) -> bool:
    parts = urlsplit(address)
    host = (parts.hostname or "").lower()
    return parts.scheme == "https" and (host == "googleapis.com" or host.endswith(".googleapis.com"))


def begin(outgoing: Outgoing, video: Video, over: Line) -> str:
    told = {"x-upload-content-length": str(video.size), "x-upload-content-type": video.mime}
    body = resource_of(outgoing, over.credentials.get("privacy", "private"))
    response = wire.ask(over, "POST", UPLOAD, body=body, headers=told)
    if not 200 <= response.status < 300:
        raise wire.trouble_of(response)
    low = {name.lower(): value for name, value in response.headers.items()}
    address = low.get("location", "")
    if not is_googles(address) or len(address) > LONGEST:
        raise NotSent("The video was not sent, because YouTube did not say where it goes.")
    return address


def last_begins(video: Video) -> int:
    return max(video.size - 1, 0) // PIECE * PIECE


def ahead(session: str, video: Video, over: Line) -> bool:
    """Sends what is before the last piece, as far as a call goes. Whether all of that is there."""
    if last_begins(video) == 0:
        return True
    begins, sent = had(session, video.size, over), 0
    while begins < last_begins(video) and sent < AT_ONCE:
        try:
            begins = held_by(put(session, video, begins, over))
        except Trouble:
            if not sent:
                raise
            break
        sent += 1
    return begins >= last_begins(video)


def finish(session: str, video: Video, over: Line) -> Mapping[str, Any]:
    """The last piece, or whatever Google does not have yet. The video, once it has all."""
    begins = last_begins(video)
    for _piece in range(TAIL):
        response = put(session, video, begins, over)
        if response.status != 308:
            return video_of(response)
        begins = held_by(response)
    raise NotSent("YouTube does not have the whole video yet.")


def asked(session: str, size: int, over: Line) -> Response:
    """What Google has of it; the video itself, where that is all."""
    return wire.ask(over, "PUT", session, content=b"", headers={"content-range": f"bytes */{size}"})


def had(session: str, size: int, over: Line) -> int:
    response = asked(session, size, over)
    return size if 200 <= response.status < 300 else held_by(response)


def held_by(response: Response) -> int:
    """How many bytes are there; a session that is not known any more is gone."""
    if response.status != 308:
        raise trouble_of(response)
    low = {name.lower(): value for name, value in response.headers.items()}
    found = RANGE.fullmatch(low.get("range", "").strip())
    return int(found[1]) + 1 if found else 0


def put(session: str, video: Video, begins: int, over: Line) -> Response:
    with video.open() as opened:
        opened.seek(begins)
        piece = opened.read(min(PIECE, video.size - begins))
    told = {"content-type": video.mime, "content-range": f"bytes {begins}-{begins + len(piece) - 1}/{video.size}"}
    return wire.ask(over, "PUT", session, content=piece, headers=told, seconds=SECONDS)


def video_of(response: Response) -> Mapping[str, Any]:
    if 200 <= response.status < 300:
        return wire.body_of(response)
    raise trouble_of(response)


def trouble_of(response: Response) -> Trouble:
    if response.status in (404, 410):
        return Gone("YouTube knows this upload no longer.")
    return wire.trouble_of(response)
