"""Calls to the account's own server, and what each of its answers means (docs.joinmastodon.org/methods)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from stoa.social.networks import nearby
from stoa.social.networks.given import word
from stoa.social.networks.multipart import ending, multipart
from stoa.social.networks.protocol import (
    Gone,
    Http,
    Line,
    NotSent,
    Picture,
    Reconnect,
    Refused,
    Response,
    TryLater,
    Unknown,
)
from stoa.social.networks.waits import instant, retry_after

SECONDS, UPLOAD_SECONDS = 30.0, 120.0


def read(over: Line, path: str, **parameters: Any) -> Any:
    """Reading harms nobody, so its trouble is never *unknown*: it is worth trying later."""
    query = urlencode([(name, value) for name, value in parameters.items() if value not in ("", None)], doseq=True)
    try:
        return answer_of(ask(over, "GET", path + (f"?{query}" if query else "")))
    except Unknown as trouble:
        raise TryLater(trouble.reason, after=60.0) from trouble


def write(over: Line, method: str, path: str, body: Mapping[str, Any] | None = None, *, key: str = "") -> Any:
    """May have been done when this raises `Unknown`."""
    return answer_of(ask(over, method, path, body=body, headers={"idempotency-key": key} if key else {}))


def store(over: Line, picture: Picture) -> str:
    """Stores a picture with its description and gives its id. One that no post uses vanishes, so storing again is harmless."""
    name = f"picture.{ending(picture.mime)}"
    content, kind = multipart({"description": picture.alt}, {"file": (name, picture.mime, picture.content)})
    try:
        made = answer_of(ask(over, "POST", "v2/media", content=content, headers={"content-type": kind}))
    except Unknown as trouble:
        raise NotSent(f"The post was not sent, because storing a picture failed: {trouble.reason}") from trouble
    if not (id := word(made, "id")):
        raise NotSent("The post was not sent, because the server did not name the picture that it stored.")
    return id


def origin_of(server: str) -> str:
    return nearby.origin_of(server, like="https://mastodon.social")


def answer_of(response: Response) -> Any:
    """The JSON of a success, or the trouble that the status stands for."""
    try:
        body = response.json() if response.body else {}
    except ValueError:
        body = None
    if 200 <= response.status < 300:
        if body is None:
            raise Unknown("The server's answer could not be read.")
        return body
    said = str(body.get("error") or "") if isinstance(body, dict) else ""
    if response.status == 429:
        raise TryLater("The server asks us to slow down.", after=patience(response.headers))
    if response.status == 401:
        raise Reconnect("The server no longer accepts this account's access token.")
    if response.status in (404, 410) and said:
        raise Gone(said)
    if response.status == 422 and "process" in said.lower():
        raise TryLater("The server is still working on a picture.", after=10.0)
    if response.status == 403 and said.lower().startswith("your login"):
        raise Reconnect(f"The server has locked this account: {said}")
    if response.status == 403 and said:
        mend = "Give the application the scopes that setting up names, and connect again."
        raise Refused(f"The server refused this: {said}", mend=mend)
    if 400 <= response.status < 500 and said:
        raise Refused(f"The server refused this: {said}", mend="Change the post and try again.")
    raise Unknown(f"The server answered {response.status}.")


def patience(headers: Mapping[str, str]) -> float:
    """Seconds to wait: `Retry-After`, else `X-RateLimit-Reset` (an instant) against the server's own `Date`."""
    low = {name.lower(): value for name, value in headers.items()}
    now, until = instant(low.get("date", "")), instant(low.get("x-ratelimit-reset", ""))
    return retry_after(headers, max(1.0, (until - now).total_seconds()) if now and until else 60.0)


def ask(
    over: Line,
    method: str,
    path: str,
    *,
    body: Mapping[str, Any] | None = None,
    content: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    url = f"{over.credentials['server']}/api/{path}"
    sent = {"authorization": f"Bearer {over.credentials['token']}", **(headers or {})}
    timeout = UPLOAD_SECONDS if content else SECONDS
    return over.http.request(method, url, headers=sent, json=body, content=content, timeout=timeout)


def line_to(http: Http, server: str, token: str) -> Line:
    return Line(http, {"server": origin_of(server), "token": token.strip()})
