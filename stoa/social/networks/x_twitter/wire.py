"""Calls to X's interface, and what each of its answers means (docs.x.com, response codes and errors; its OpenAPI document)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from stoa.social.networks.multipart import ending, multipart
from stoa.social.networks.protocol import (
    Expired,
    Gone,
    Line,
    NotSent,
    Picture,
    Reconnect,
    Refused,
    Response,
    Trouble,
    TryLater,
    Unknown,
)
from stoa.social.networks.waits import instant, number, retry_after

API = "https://api.x.com/2"
SECONDS, UPLOAD_SECONDS = 30.0, 120.0
CREDITS = "Buy credits in X’s developer console, or raise the limit that is set there."


class Twice(Refused):
    """X says that the same words of ours stand there already: perhaps they are those of an earlier attempt."""


def read(over: Line, path: str, **parameters: Any) -> Mapping[str, Any]:
    """Reading harms nobody, so its trouble is never *unknown*. `post.fields` is given as `post_fields`."""
    query = urlencode({name.replace("_fields", ".fields"): each for name, each in parameters.items() if each})
    try:
        return answer_of(_ask(over, "GET", path + (f"?{query}" if query else "")))
    except Unknown as trouble:
        raise TryLater(trouble.reason, after=60.0) from trouble


def write(over: Line, method: str, path: str, body: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
    """May have been done when this raises `Unknown`."""
    return answer_of(_ask(over, method, path, body=body))


def store(over: Line, picture: Picture) -> str:
    """Stores a picture, then its description, and gives its id. One that no post uses vanishes there, so storing again is harmless."""
    kind = "tweet_gif" if picture.mime == "image/gif" else "tweet_image"
    name = f"picture.{ending(picture.mime)}"
    content, mime = multipart({"media_category": kind}, {"media": (name, picture.mime, picture.content)})
    try:
        made = answer_of(_ask(over, "POST", "/media/upload", content=content, headers={"content-type": mime}))
        id = id_of(part(made, "data"))
        if id and picture.alt:
            write(over, "POST", "/media/metadata", {"id": id, "metadata": {"alt_text": {"text": picture.alt}}})
    except Unknown as trouble:
        raise NotSent(f"The post was not sent, because storing a picture failed: {trouble.reason}") from trouble
    if not id:
        raise NotSent("The post was not sent, because X did not name the picture that it stored.")
    return id


def answer_of(response: Response) -> Mapping[str, Any]:
    """The JSON of a success, or the trouble that the status and X's own words stand for."""
    try:
        body = response.json() if response.body else None
    except ValueError:
        body = None
    if 200 <= response.status < 300:
        if not isinstance(body, dict):
            raise Unknown("X’s answer could not be read.")
        return body
    raise trouble_of(response, body if isinstance(body, dict) else {})


def trouble_of(response: Response, body: Mapping[str, Any]) -> Trouble:
    words = said(body)
    kind = text_of(body, "type").rpartition("/")[2]
    if response.status == 402 or kind in ("credits", "usage-capped"):
        return Refused(f"X takes no more from this application for now: {words or 'its credits are used up'}", CREDITS)
    if response.status == 429:
        return TryLater("X asks us to slow down.", after=patience(response.headers))
    if response.status == 401:
        return Expired("X no longer accepts what opens this account.")
    if response.status == 404 and words:
        return Gone(words)
    if 400 <= response.status < 500 and words:
        return refusal_of(words)
    return Unknown(f"X answered {response.status}.")


def refusal_of(words: str) -> Trouble:
    """What a 400 or 403 means is said in words alone."""
    low = words.lower()
    if "duplicate content" in low:
        return Twice("X says that you have posted these words already.", mend="Change the words, then send it again.")
    if "deleted or not visible" in low:
        return Gone("What this answers is not there any more, or not visible to the account.")
    if "suspended" in low or "locked" in low:
        return Reconnect(f"X has locked this account: {words}")
    if "not been mentioned" in low:
        mend = "Answer in X’s own app, or wait until they name or quote the account."
        return Refused(f"X lets programs answer only who has named or quoted the account: {words}", mend)
    return Refused(
        f"X refused this: {words}", mend="Change the post, or look at the application’s access in X’s console."
    )


def patience(headers: Mapping[str, str]) -> float:
    """Seconds to wait: `Retry-After`, else `x-rate-limit-reset` (seconds since 1970) against X's own `Date`."""
    low = {name.lower(): value for name, value in headers.items()}
    now, until = instant(low.get("date", "")), number(low.get("x-rate-limit-reset", ""))
    return retry_after(headers, max(1.0, until - now.timestamp()) if now and until else 60.0)


def said(body: Mapping[str, Any]) -> str:
    """X's own words: those of the problem, else those of the first of its errors."""
    first = next((each for each in listed(body, "errors") if isinstance(each, dict)), {})
    found = text_of(body, "detail") or text_of(first, "detail") or text_of(first, "message") or text_of(body, "message")
    return (found or text_of(body, "title"))[:300]


def part(body: Any, name: str) -> Mapping[str, Any]:
    found = body.get(name) if isinstance(body, dict) else None
    return found if isinstance(found, dict) else {}


def listed(body: Any, name: str) -> list[Any]:
    found = body.get(name) if isinstance(body, dict) else None
    return found if isinstance(found, list) else []


def text_of(body: Any, name: str) -> str:
    found = body.get(name) if isinstance(body, dict) else None
    return found if isinstance(found, str) else ""


def id_of(body: Any, name: str = "id") -> str:
    """An id of X: 1 to 19 digits; empty where it is none."""
    found = text_of(body, name)
    return found if found.isascii() and found.isdigit() and len(found) <= 19 else ""


def instant_of(text: str) -> datetime:
    return instant(text) or datetime.fromtimestamp(0, UTC)


def _ask(
    over: Line,
    method: str,
    path: str,
    *,
    body: Mapping[str, Any] | None = None,
    content: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    sent = {"authorization": f"Bearer {over.credentials['token']}", **(headers or {})}
    timeout = UPLOAD_SECONDS if content else SECONDS
    return over.http.request(method, f"{API}{path}", headers=sent, json=body, content=content, timeout=timeout)
