"""Calls to a home, a network that lives in this house and is spoken to over HTTP, and what each of its answers means. No Django."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from stoa.social.networks.protocol import Gone, Http, Line, Reconnect, Refused, Response, TryLater, Unknown

SECONDS = 20.0


def read(over: Line, path: str, **parameters: str) -> Any:
    """Reading harms nobody, so its trouble is never *unknown*: it is worth trying later."""
    try:
        return _call(over, "GET", path + (f"?{urlencode(parameters)}" if parameters else ""))
    except Unknown as trouble:
        raise TryLater(trouble.reason, after=60.0) from trouble


def write(over: Line, method: str, path: str, body: Mapping[str, Any] | None = None, *, key: str = "") -> Any:
    return _call(over, method, path, body=body, headers={"idempotency-key": key} if key else {})


def store(over: Line, content: bytes, mime: str) -> Any:
    return _call(over, "POST", "pictures", content=content, headers={"content-type": mime})


def begin(http: Http, server: str, path: str, body: Mapping[str, str]) -> Any:
    """Opens what is published to there: nobody holds a token yet."""
    return answer_of(http.request("POST", f"{server}/api/{path}", json=body, timeout=SECONDS))


def named(id: str) -> str:
    """An id as a part of an address."""
    return quote(id, safe="")


def origin_of(address: str, *, mend: str) -> str:
    """Where the home is served, without the slash at the end (`http://localhost:8000/feeds`). `mend`: where its address is found."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused("This is not an address.", mend=mend)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def answer_of(response: Response) -> Any:
    body = _json_of(response)
    if 200 <= response.status < 300:
        if not isinstance(body, dict):
            raise Unknown("The answer could not be read.")
        return body
    name = str(body.get("error") or "") if isinstance(body, dict) else ""
    reason = str(body.get("message") or "") if isinstance(body, dict) else ""
    if response.status == 429:
        raise TryLater("We are asked to slow down.", after=_patience(response))
    if response.status == 401 and name:
        raise Reconnect("The token of this channel is over.")
    if response.status in (404, 410) and name:
        raise Gone(reason)
    if 400 <= response.status < 500 and name:
        raise Refused(reason, mend=str(body.get("mend") or "Change the post and try again."))
    raise Unknown(f"The answer was {response.status}.")


def _call(
    over: Line,
    method: str,
    path: str,
    *,
    body: Mapping[str, Any] | None = None,
    content: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> Any:
    url = f"{over.credentials['server']}/api/{path}"
    sent = {"authorization": f"Bearer {over.credentials['token']}", **(headers or {})}
    return answer_of(over.http.request(method, url, headers=sent, json=body, content=content, timeout=SECONDS))


def _json_of(response: Response) -> Any:
    try:
        return response.json()
    except (ValueError, RecursionError):
        return None


def _patience(response: Response) -> float:
    after = next((value for name, value in response.headers.items() if name.lower() == "retry-after"), "")
    return float(after) if after.isascii() and after.isdigit() and len(after) < 9 else 60.0
