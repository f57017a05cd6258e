"""Calls to Telegram's Bot API, and what each of its answers means (core.telegram.org/bots/api, making requests).

The bot's token is a part of every address that is called. So no address is ever said: trouble carries sentences alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from stoa.social.networks.calling import stream
from stoa.social.networks.given import part
from stoa.social.networks.multipart import ending, multipart, with_video
from stoa.social.networks.protocol import Gone, Line, Picture, Reconnect, Refused, Response, TryLater, Unknown, Video
from stoa.social.networks.waits import seconds

API = "https://api.telegram.org"
SECONDS, UPLOAD_SECONDS = 30.0, 120.0
LOST = ("message to be replied not found", "replied message not found", "message to delete not found",
        "message to edit not found", "message_id_invalid")  # fmt: skip
LONG = ("message is too long", "caption is too long", "caption_too_long")
NO_RIGHT = ("administrator rights", "not enough rights", "have no rights", "chat_write_forbidden", "can't be deleted")
TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,100}")
UNCHANGED = "message is not modified"


class Unchanged(Refused):
    """An edit that changes nothing: the message stands, as it was."""


def read(over: Line, method: str, **parameters: Any) -> Any:
    """Reading harms nobody, so its trouble is never *unknown*: it is worth trying later."""
    query = urlencode({name: value for name, value in parameters.items() if value not in ("", None)})
    try:
        return answer_of(_ask(over, "GET", method + (f"?{query}" if query else "")))
    except Unknown as trouble:
        raise TryLater(trouble.reason, after=60.0) from trouble


def write(over: Line, method: str, body: Mapping[str, Any]) -> Any:
    """May have been done when this raises `Unknown`."""
    return answer_of(_ask(over, "POST", method, body=body))


def send(over: Line, where: Mapping[str, Any], text: str, pictures: Sequence[Picture]) -> Any:
    """One picture with its caption, or an album: the caption stands with the first, and is shown below all of them."""
    named = [f"picture-{number}.{ending(each.mime)}" for number, each in enumerate(pictures)]
    fields = {name: value if isinstance(value, str) else json.dumps(value) for name, value in where.items()}
    if len(pictures) == 1:
        fields |= {"caption": text} if text else {}
        files = {"photo": (named[0], pictures[0].mime, pictures[0].content)}
        method = "sendPhoto"
    else:
        shown: list[dict[str, str]] = [{"type": "photo", "media": f"attach://{name}"} for name in named]
        shown[0] |= {"caption": text} if text else {}
        fields["media"] = json.dumps(shown)
        files = {name: (name, each.mime, each.content) for name, each in zip(named, pictures, strict=True)}
        method = "sendMediaGroup"
    content, kind = multipart(fields, files)
    return answer_of(_ask(over, "POST", method, content=content, kind=kind))


def send_video(over: Line, where: Mapping[str, Any], text: str, video: Video) -> Any:
    """A video with its caption, in one call."""
    said = {"width": video.width, "height": video.height, "duration": round(video.seconds), "supports_streaming": True}
    given = {**where, **said, **({"caption": text} if text else {})}
    fields = {name: value if isinstance(value, str) else json.dumps(value) for name, value in given.items()}
    body, kind = with_video(fields, "video", f"video.{ending(video.mime)}", video)
    address = f"{API}/bot{quote(over.credentials['token'], safe=':')}/sendVideo"
    return answer_of(stream(over.http, "POST", address, body, headers={"content-type": kind}, timeout=UPLOAD_SECONDS))


def answer_of(response: Response) -> Any:
    """The `result` of a success, or the trouble that the code and the description stand for."""
    try:
        body = response.json() if response.body else {}
    except ValueError:
        body = None
    told = body if isinstance(body, dict) else {}
    if 200 <= response.status < 300:
        if told.get("ok") is not True or "result" not in told:
            raise Unknown("Telegram’s answer could not be read.")
        return told["result"]
    said, more = str(told.get("description") or ""), part(told, "parameters")
    if response.status == 429:
        raise TryLater("Telegram asks us to slow down.", after=patience(response, more))
    if response.status in (401, 404):
        raise Reconnect("Telegram no longer accepts this bot’s token.")
    if response.status == 403 and said:
        raise Reconnect(f"Telegram lets this bot in no longer: {plain(said)}")
    if 400 <= response.status < 500 and said:
        raise refusal(said, more)
    raise Unknown(f"Telegram answered {response.status}.")


def refusal(said: str, more: Mapping[str, Any]) -> Exception:
    """What a 4xx with a description means. The descriptions are no part of the contract: an unknown one is a plain refusal."""
    low = said.lower()
    if more.get("migrate_to_chat_id"):
        return Reconnect(
            f"The group has become a supergroup: connect it again with the id {more['migrate_to_chat_id']}."
        )
    if "chat not found" in low:
        return Reconnect("Telegram does not find this channel: is the bot still in it?")
    if any(each in low for each in LOST):
        return Gone("This message is not there any more.")
    if UNCHANGED in low:
        return Unchanged("Nothing in the message would change.", mend="Change the text first.")
    if any(each in low for each in LONG):
        return Refused(f"Telegram refused this: {plain(said)}", mend="Shorten the text.")
    if any(each in low for each in NO_RIGHT):
        mend = "Give the bot the rights that setting up names, or do it in Telegram by hand."
        return Refused(f"Telegram refused this: {plain(said)}", mend=mend)
    return Refused(f"Telegram refused this: {plain(said)}", mend="Change the post and try again.")


def plain(said: str) -> str:
    """The description without the name of its status, which stands before it, and without any token that it may say back."""
    return TOKEN.sub("…", said.partition(": ")[2] or said)


def patience(response: Response, more: Mapping[str, Any]) -> float:
    """Seconds to wait: `parameters.retry_after`, else the header."""
    low = {name.lower(): value for name, value in response.headers.items()}
    found = (seconds(said) for said in (more.get("retry_after"), low.get("retry-after")))
    return next((each for each in found if each is not None), 60.0)


def _ask(
    over: Line,
    method: str,
    path: str,
    *,
    body: Mapping[str, Any] | None = None,
    content: bytes | None = None,
    kind: str = "",
) -> Response:
    url = f"{API}/bot{quote(over.credentials['token'], safe=':')}/{path}"
    headers = {"content-type": kind} if kind else {}
    timeout = UPLOAD_SECONDS if content else SECONDS
    return over.http.request(method, url, headers=headers, json=body, content=content, timeout=timeout)
