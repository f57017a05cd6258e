"""Calls to Discord as a bot, and what each of its answers means (discord.com/developers/docs/topics/opcodes-and-status-codes)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any
from urllib.parse import urlencode

from stoa.social.networks.calling import stream
from stoa.social.networks.multipart import ending, multipart, with_video
from stoa.social.networks.protocol import Gone, Line, Picture, Reconnect, Refused, Response, TryLater, Unknown, Video
from stoa.social.networks.waits import retry_after

API = "https://discord.com/api/v10"
AGENT = "DiscordBot (Stoa, 0.1)"  # the form that its documents ask for
SECONDS, UPLOAD_SECONDS = 30.0, 120.0
UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, NO_ACCESS, NO_RIGHT, WRONG_FORM = 10003, 10008, 50001, 50013, 50035


def read(over: Line, path: str, **parameters: Any) -> Any:
    """Reading harms nobody, so its trouble is never *unknown*: it is worth trying later."""
    query = urlencode([(name, value) for name, value in parameters.items() if value not in ("", None)])
    try:
        return answer_of(_ask(over, "GET", path + (f"?{query}" if query else "")))
    except Unknown as trouble:
        raise TryLater(trouble.reason, after=60.0) from trouble


def write(over: Line, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
    """May have been done when this raises `Unknown`."""
    return answer_of(_ask(over, method, path, body=body))


def send(over: Line, path: str, body: Mapping[str, Any], pictures: Sequence[Picture]) -> Any:
    """A message with its pictures and their descriptions, in one call."""
    if not pictures:
        return write(over, "POST", path, body)
    named = [f"picture-{number}.{ending(each.mime)}" for number, each in enumerate(pictures)]
    told = [{"id": number, "filename": named[number], "description": each.alt} for number, each in enumerate(pictures)]
    files = {f"files[{number}]": (named[number], each.mime, each.content) for number, each in enumerate(pictures)}
    content, kind = multipart({"payload_json": json.dumps({**body, "attachments": told})}, files)
    return answer_of(_ask(over, "POST", path, content=content, kind=kind))


def send_video(over: Line, path: str, body: Mapping[str, Any], video: Video) -> Any:
    """A message with a video and its description, in one call."""
    called = f"video.{ending(video.mime)}"
    told = [{"id": 0, "filename": called, "description": video.alt}]
    film, kind = with_video({"payload_json": json.dumps({**body, "attachments": told})}, "files[0]", called, video)
    sent = {"authorization": f"Bot {over.credentials['token']}", "user-agent": AGENT, "content-type": kind}
    return answer_of(stream(over.http, "POST", f"{API}/{path}", film, headers=sent, timeout=UPLOAD_SECONDS))


def answer_of(response: Response) -> Any:
    """The JSON of a success, or the trouble that the status and the code stand for."""
    try:
        body = response.json() if response.body else {}
    except ValueError:
        body = None
    if 200 <= response.status < 300:
        if body is None:
            raise Unknown("Discord's answer could not be read.")
        return body
    told = body if isinstance(body, dict) else {}
    code, said = told.get("code"), str(told.get("message") or "")
    if response.status == 429:
        raise TryLater("Discord asks us to slow down.", after=patience(response, told))
    if response.status == 401 or code == UNKNOWN_CHANNEL:
        raise Reconnect("Discord no longer accepts this bot for this channel.")
    if code == UNKNOWN_MESSAGE or (code == WRONG_FORM and "UNKNOWN_MESSAGE" in json.dumps(told)):
        raise Gone("This message is not there any more.")
    if code in (NO_ACCESS, NO_RIGHT):
        raise Refused(
            f"Discord refused this: {said}", mend="Give the bot the rights that setting up names, in this channel."
        )
    if 400 <= response.status < 500 and (said or code):
        raise Refused(f"Discord refused this: {said or code}", mend="Change the post and try again.")
    raise Unknown(f"Discord answered {response.status}.")


def patience(response: Response, told: Mapping[str, Any]) -> float:
    """Seconds to wait: the body's `retry_after`, else the header."""
    said = told.get("retry_after")
    if isinstance(said, int | float) and not isinstance(said, bool) and isfinite(said):
        return max(float(said), 0.1)
    return retry_after(response.headers, 60.0)


def _ask(
    over: Line,
    method: str,
    path: str,
    *,
    body: Mapping[str, Any] | None = None,
    content: bytes | None = None,
    kind: str = "",
) -> Response:
    sent = {"authorization": f"Bot {over.credentials['token']}", "user-agent": AGENT}
    sent |= {"content-type": kind} if kind else {}
    timeout = UPLOAD_SECONDS if content else SECONDS
    return over.http.request(method, f"{API}/{path}", headers=sent, json=body, content=content, timeout=timeout)
