"""Videos: the server works through them for a while (docs.joinmastodon.org/methods/media/#v2), and until then no post can show one."""

from __future__ import annotations

import re
from urllib.parse import quote

from stoa.social.networks.calling import stream
from stoa.social.networks.mastodon import wire
from stoa.social.networks.multipart import ending, with_video
from stoa.social.networks.protocol import Line, NotSent, Outgoing, Pending, Prepared, Refused, Unknown, Video

WORKING = 10.0  # seconds until a video is asked for again


def prepare(outgoing: Outgoing, over: Line, handle: str) -> Prepared | Pending:
    if outgoing.video is None:
        return Prepared("-")
    if handle:
        return Prepared(handle) if is_worked_through(over, handle) else Pending(handle, after=WORKING)
    stored, is_ready = store(over, outgoing.video)
    return Prepared(stored) if is_ready else Pending(stored, after=WORKING)


def store(over: Line, video: Video) -> tuple[str, bool]:
    """Stores a video with its description: its id, and whether the server has worked through it (200) or still does (202)."""
    body, kind = with_video({"description": video.alt}, "file", f"video.{ending(video.mime)}", video)
    address = f"{over.credentials['server']}/api/v2/media"
    headers = {"authorization": f"Bearer {over.credentials['token']}", "content-type": kind}
    try:
        answer = stream(over.http, "POST", address, body, headers=headers, timeout=wire.UPLOAD_SECONDS)
        made = wire.answer_of(answer)
    except Unknown as trouble:
        raise NotSent(f"The post was not sent, because storing the video failed: {trouble.reason}") from trouble
    if not isinstance(made, dict) or not made.get("id"):
        raise NotSent("The post was not sent, because the server did not name the video that it stored.")
    return str(made["id"]), answer.status != 202


def is_named(outgoing: Outgoing, refused: Refused) -> bool:
    """Whether a post was refused because of the video that was stored for it: the server names what it does not find."""
    stored = outgoing.prepared if outgoing.video else ""
    return bool(stored) and re.search(rf"\b{re.escape(stored)}\b", refused.reason) is not None


def is_worked_through(over: Line, id: str) -> bool:
    """Whether a stored video can be shown: 206 as long as the server works on it."""
    answer = wire.ask(over, "GET", f"v1/media/{quote(id, safe='')}")
    if answer.status == 422:
        raise Refused(
            "The server could not work through this video.", mend="Use another version of it: an MP4 with H.264."
        )
    wire.answer_of(answer)
    return answer.status == 200
