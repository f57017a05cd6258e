"""Calls to LinkedIn's versioned interface, and what each of its answers means (learn.microsoft.com/linkedin)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

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
from stoa.social.networks.waits import instant, retry_after

REST = "https://api.linkedin.com/rest"
VERSION, VERSION_OF = "202609", date(2026, 9, 1)  # a version is served for a year at least
SECONDS, UPLOAD_SECONDS = 30.0, 120.0
UPLOADS = ("linkedin.com", "licdn.com")  # where LinkedIn takes bytes, and where its token may go
A_DAY = 86_400


class Twice(Refused):
    """LinkedIn says that the same words of ours stand there already; `urn` is what it names."""

    def __init__(self, urn: str) -> None:
        super().__init__(
            f"LinkedIn says that you have posted these words already: {urn}", "Change the words, then send it again."
        )
        self.urn = urn


def read(over: Line, path: str, *, method: str = "", query: str = "") -> Mapping[str, Any]:
    """Reading harms nobody, so its trouble is never *unknown*. `query` is written whole: Rest.li has signs of its own in it."""
    try:
        return body_of(ask(over, "GET", f"{path}{'?' if query else ''}{query}", kind=method))
    except Unknown as trouble:
        raise TryLater(trouble.reason, after=60.0) from trouble


def write(over: Line, method: str, path: str, body: Mapping[str, Any] | None = None, *, kind: str = "") -> Response:
    """May have been done when this raises `Unknown`."""
    response = ask(over, method, path, body=body, kind=kind)
    if 200 <= response.status < 300:
        return response
    raise trouble_of(response)


def store(over: Line, picture: Picture) -> str:
    """Stores a picture and gives its name. One that no post uses is seen by nobody, so storing again is harmless."""
    try:
        begun = {"initializeUploadRequest": {"owner": over.credentials["author"]}}
        told = part(body_of(write(over, "POST", "/images?action=initializeUpload", begun)), "value")
        address, urn = text_of(told, "uploadUrl"), urn_of(told, "image")
        if not urn or not is_theirs(address):
            raise NotSent("The post was not sent, because LinkedIn did not say where a picture goes.")
        sent = {"authorization": f"Bearer {over.credentials['token']}", "content-type": picture.mime}
        stored = over.http.request("PUT", address, headers=sent, content=picture.content, timeout=UPLOAD_SECONDS)
        if not 200 <= stored.status < 300:
            raise trouble_of(stored)
    except Unknown as trouble:
        raise NotSent(f"The post was not sent, because storing a picture failed: {trouble.reason}") from trouble
    return urn


def is_theirs(address: str) -> bool:
    parts = urlsplit(address)
    host = (parts.hostname or "").lower()
    return parts.scheme == "https" and any(host == each or host.endswith(f".{each}") for each in UPLOADS)


def body_of(response: Response) -> Mapping[str, Any]:
    """The JSON of a success, or the trouble that the status stands for."""
    if not 200 <= response.status < 300:
        raise trouble_of(response)
    try:
        body = response.json() if response.body else None
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Unknown("LinkedIn’s answer could not be read.")
    return body


def trouble_of(response: Response) -> Trouble:
    body = json_of(response)
    words = text_of(body, "message")[:300]
    if response.status == 429:
        return TryLater("LinkedIn asks us to slow down.", after=patience(response.headers))
    if response.status == 401:
        return Expired("LinkedIn no longer accepts what opens this account.")
    if response.status == 426:
        return Refused(
            f"LinkedIn no longer speaks as Stoa does: {words}", "Bring Stoa up to date. Until then, post there by hand."
        )
    if response.status == 422 and (urn := duplicate_of(body)):
        return Twice(urn)
    if response.status in (404, 410) and words:
        return Gone(words)
    if response.status == 403 and words:
        mend = "Whoever connected it must look after the page, and the application must have been let in for it."
        return Refused(f"LinkedIn refused this: {words}", mend)
    if 400 <= response.status < 500 and words:
        return Refused(f"LinkedIn refused this: {words}", "Change the post and try again.")
    return Unknown(f"LinkedIn answered {response.status}.")


def duplicate_of(body: Mapping[str, Any]) -> str:
    """What LinkedIn names as the same post, if that is its reason."""
    wrong = [
        each for each in listed(part(body, "errorDetails"), "inputErrors") if text_of(each, "code") == "DUPLICATE_POST"
    ]
    said = " ".join([text_of(each, "description") for each in wrong] + ([text_of(body, "message")] if wrong else []))
    return next(
        (urn for each in said.split() if (urn := plain_urn(each.strip(".,;'\"()")))), "urn:li:share:0" if wrong else ""
    )


def patience(headers: Mapping[str, str]) -> float:
    """Seconds to wait: `Retry-After`, else until the next midnight (UTC) of LinkedIn's own clock, when its counts begin anew."""
    now = instant({name.lower(): value for name, value in headers.items()}.get("date", ""))
    if now is None:
        return retry_after(headers, 3600.0)
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return retry_after(headers, max((midnight - now).total_seconds(), 60.0))


def ask(over: Line, method: str, path: str, *, body: Mapping[str, Any] | None = None, kind: str = "") -> Response:
    sent = {
        "authorization": f"Bearer {over.credentials['token']}",
        "linkedin-version": VERSION,
        "x-restli-protocol-version": "2.0.0",
        **({"x-restli-method": kind} if kind else {}),
    }
    address = path if path.startswith("https://") else f"{REST}{path}"
    return over.http.request(method, address, headers=sent, json=body, timeout=SECONDS)


def key(urn: str) -> str:
    """A URN as Rest.li takes it in a path or a list."""
    return quote(urn, safe="")


def several(urns: list[str]) -> str:
    return f"List({','.join(key(each) for each in urns)})"


def json_of(response: Response) -> Mapping[str, Any]:
    try:
        body = response.json() if response.body else {}
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def part(body: Any, name: str) -> Mapping[str, Any]:
    found = body.get(name) if isinstance(body, dict) else None
    return found if isinstance(found, dict) else {}


def listed(body: Any, name: str) -> list[Any]:
    found = body.get(name) if isinstance(body, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def text_of(body: Any, name: str) -> str:
    found = body.get(name) if isinstance(body, dict) else None
    return found if isinstance(found, str) else ""


def count_of(body: Any, name: str) -> int | None:
    found = body.get(name) if isinstance(body, dict) else None
    return found if isinstance(found, int) and not isinstance(found, bool) and 0 <= found < 10**15 else None


def plain_urn(text: str) -> str:
    """A URN of LinkedIn; empty where it is none."""
    sound = text.startswith("urn:li:") and text.isascii() and text.isprintable() and len(text) <= 300
    return text if sound and not any(sign in text for sign in ' "<>/?#%&\\') else ""


def urn_of(body: Any, name: str) -> str:
    return plain_urn(text_of(body, name))


def instant_of(milliseconds: int | None) -> datetime:
    try:
        return datetime.fromtimestamp((milliseconds or 0) / 1000, UTC)
    except (OSError, OverflowError, ValueError):
        return datetime.fromtimestamp(0, UTC)


def reconnect(trouble: Reconnect) -> Refused:
    return Refused(f"LinkedIn does not let us in: {trouble.reason}", "Begin the sign-in again.")
