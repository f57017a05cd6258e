"""Calls to Plaza's home, and what each of its answers means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from stoa.social.networks.calling import stream
from stoa.social.networks.multipart import Film
from stoa.social.networks.protocol import Gone, Http, Line, Reconnect, Refused, Response, TryLater, Unknown, Video
from stoa.social.networks.waits import retry_after

SECONDS, UPLOAD_SECONDS = 20.0, 60.0


def read(over: Line, path: str, **parameters: Any) -> Any:
    """Reading harms nobody, so its trouble is never *unknown*: it is worth trying later."""
    query = urlencode([(name, value) for name, value in parameters.items() if value], doseq=True)
    try:
        return _call(over, "GET", path + (f"?{query}" if query else ""))
    except Unknown as trouble:
        raise TryLater(trouble.reason, after=60.0) from trouble


def write(over: Line, method: str, path: str, body: Mapping[str, Any] | None = None, *, key: str = "") -> Any:
    return _call(over, method, path, body=body, headers={"idempotency-key": key} if key else {})


def store(over: Line, content: bytes, mime: str) -> Any:
    return _call(over, "POST", "media", content=content, headers={"content-type": mime})


def store_video(over: Line, video: Video) -> Any:
    sent = {"authorization": f"Bearer {over.credentials['token']}", "content-type": video.mime}
    address = f"{over.credentials['server']}/api/media"
    return answer_of(stream(over.http, "POST", address, Film(video), headers=sent, timeout=UPLOAD_SECONDS))


def open_account(http: Http, server: str, body: Mapping[str, str]) -> Any:
    return answer_of(http.request("POST", f"{server}/api/accounts", json=body, timeout=SECONDS))


def origin_of(address: str) -> str:
    """Where Plaza is served, without the slash at the end (`http://localhost:8000/plaza`)."""
    parts = urlsplit(address.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused("This is not an address.", mend="Copy the address of the Plaza page of this installation.")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def answer_of(response: Response) -> Any:
    body = _json_of(response)
    if 200 <= response.status < 300:
        if body is None:
            raise Unknown("Plaza's answer could not be read.")
        return body
    name = body.get("error", "") if isinstance(body, dict) else ""
    reason = (body.get("message") if isinstance(body, dict) else "") or f"Plaza answered {response.status}."
    if response.status == 429:
        raise TryLater("Plaza asks us to slow down.", after=retry_after(response.headers, 60.0))
    if response.status == 401 and name:
        raise Reconnect("Plaza no longer accepts this account's token.")
    if response.status in (404, 410) and name:
        raise Gone(reason)
    if 400 <= response.status < 500 and name:
        raise Refused(reason, mend=str(body.get("mend") or "Change the post and try again."))
    raise Unknown(f"Plaza answered {response.status}.")


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
    except ValueError:
        return None
