"""Calls to the account's home server, and what each of its answers means (spec.matrix.org, client-server API)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote, urlencode

from stoa.social.networks import nearby
from stoa.social.networks.calling import stream
from stoa.social.networks.given import part, row
from stoa.social.networks.multipart import Film, ending
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
    Video,
)
from stoa.social.networks.waits import seconds

CLIENT = "_matrix/client/v3"
SECONDS, UPLOAD_SECONDS = 30.0, 120.0
CLOSED = {"M_UNKNOWN_TOKEN", "M_MISSING_TOKEN"}
LOCKED = {"M_USER_LOCKED", "M_USER_SUSPENDED", "M_USER_DEACTIVATED"}


class Denied(Refused):
    """The server does not let this account do this. Whoever called finds out why, where that is worth knowing."""


def read(over: Line, path: str, *, under: str = CLIENT, **parameters: Any) -> Mapping[str, Any]:
    """Reading harms nobody, so its trouble is never *unknown*: it is worth trying later."""
    query = urlencode([(name, value) for name, value in parameters.items() if value not in ("", None)])
    try:
        return row(answer_of(_ask(over, "GET", f"{under}/{path}" + (f"?{query}" if query else "")), over))
    except Unknown as trouble:
        raise TryLater(trouble.reason, after=60.0) from trouble


def write(over: Line, method: str, path: str, body: Mapping[str, Any]) -> Any:
    """May have been done when this raises `Unknown`."""
    return answer_of(_ask(over, method, f"{CLIENT}/{path}", body=body), over)


def store(over: Line, picture: Picture, name: str) -> str:
    """Stores a picture and gives its `mxc://` address. One that no message names is harmless."""
    path = f"_matrix/media/v3/upload?{urlencode({'filename': name})}"
    try:
        made = answer_of(_ask(over, "POST", path, content=picture.content, kind=picture.mime), over)
    except Unknown as trouble:
        raise NotSent(f"The post was not sent, because storing a picture failed: {trouble.reason}") from trouble
    if not isinstance(made, dict) or not str(made.get("content_uri") or "").startswith("mxc://"):
        raise NotSent("The post was not sent, because the server did not name the picture that it stored.")
    return str(made["content_uri"])


def store_video(over: Line, video: Video, name: str) -> str:
    """The same for a video."""
    address = f"{over.credentials['server']}/_matrix/media/v3/upload?{urlencode({'filename': name})}"
    headers = {"authorization": f"Bearer {over.credentials['token']}", "content-type": video.mime}
    try:
        answer = stream(over.http, "POST", address, Film(video), headers=headers, timeout=UPLOAD_SECONDS)
        made = answer_of(answer, over)
    except Unknown as trouble:
        raise NotSent(f"The post was not sent, because storing the video failed: {trouble.reason}") from trouble
    if not isinstance(made, dict) or not str(made.get("content_uri") or "").startswith("mxc://"):
        raise NotSent("The post was not sent, because the server did not name the video that it stored.")
    return str(made["content_uri"])


def name_of(number: int, picture: Picture) -> str:
    return f"picture-{number}.{ending(picture.mime)}"


def in_room(over: Line, *parts: str) -> str:
    """A path in the channel's room; each part is quoted, because ids hold every sign there is."""
    return "/".join(("rooms", *(quote(part, safe="") for part in (over.credentials["room"], *parts))))


def event(over: Line, id: str) -> Mapping[str, Any]:
    """One event of the room. `Gone` when it is not there or was redacted."""
    found = read(over, in_room(over, "event", id))
    if not isinstance(found, dict) or is_redacted(found):
        raise Gone("This message is not there any more.")
    return found


def is_redacted(event: Mapping[str, Any]) -> bool:
    return bool(event.get("redacted_because") or part(event, "unsigned").get("redacted_because"))


def state(over: Line, kind: str, key: str = "") -> Mapping[str, Any] | None:
    """What the room says of itself; None when it does not."""
    try:
        found = read(over, in_room(over, "state", kind, *([key] if key else [])))
    except Gone:
        return None
    return found if isinstance(found, dict) else {}


def instant_of(milliseconds: Any) -> datetime:
    """An instant of Matrix (milliseconds since 1970, said by the sender's own server) in UTC."""
    try:
        return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=int(milliseconds))
    except (OverflowError, TypeError, ValueError):
        return datetime.fromtimestamp(0, UTC)


def end_of(response: Response, milliseconds: Any) -> datetime | None:
    """When something ends that lasts so long from now, by the server's own clock; None when it does not say."""
    low = {name.lower(): value for name, value in response.headers.items()}
    try:
        return parsedate_to_datetime(low["date"]) + timedelta(milliseconds=int(milliseconds))
    except (KeyError, OverflowError, TypeError, ValueError):
        return None


def origin_of(server: str) -> str:
    return nearby.origin_of(server, like="https://matrix.org")


def answer_of(response: Response, over: Line) -> Any:
    """The JSON of a success, or the trouble that the code stands for."""
    try:
        body = response.json() if response.body else {}
    except ValueError:
        body = None
    if 200 <= response.status < 300:
        if body is None:
            raise Unknown("The server's answer could not be read.")
        return body
    told = body if isinstance(body, dict) else {}
    raise trouble_of(response, told, renews="refresh" in over.credentials)


def trouble_of(response: Response, told: Mapping[str, Any], *, renews: bool) -> Trouble:
    """`renews`: there is a refresh token, so a closed session may be opened anew without a person."""
    code, said = str(told.get("errcode") or ""), str(told.get("error") or "")
    if response.status == 429:
        return TryLater("The server asks us to slow down.", after=patience(response, told))
    if code in CLOSED:
        return (Expired if renews else Reconnect)("The server no longer accepts this account's access token.")
    if code in LOCKED:
        return Reconnect(f"The server has closed this account: {said or code}")
    if code == "M_NOT_FOUND":
        return Gone(said or "The server does not have this.")
    if code == "M_TOO_LARGE" or response.status == 413:
        return Refused("The server found this too large.", mend="Shorten the text, or use smaller pictures.")
    if code == "M_RESOURCE_LIMIT_EXCEEDED":
        return TryLater(f"The server has reached its own limits: {said}", after=3600.0)
    if code == "M_FORBIDDEN":
        return Denied(f"The server refused this: {said}", mend="Let this account write in the room.")
    if 400 <= response.status < 500 and code:
        return Refused(f"The server refused this: {said or code}", mend="Change the post and try again.")
    return Unknown(f"The server answered {response.status}.")


def patience(response: Response, told: Mapping[str, Any]) -> float:
    """Seconds to wait: `Retry-After`, else the older `retry_after_ms` of the body."""
    low = {name.lower(): value for name, value in response.headers.items()}
    if (asked := seconds(low.get("retry-after"))) is not None:
        return asked
    asked = seconds(told.get("retry_after_ms"))
    return 60.0 if asked is None else max(asked / 1000, 0.1)


def _ask(
    over: Line,
    method: str,
    path: str,
    *,
    body: Mapping[str, Any] | None = None,
    content: bytes | None = None,
    kind: str = "",
) -> Response:
    sent = {"authorization": f"Bearer {over.credentials['token']}"} if over.credentials.get("token") else {}
    sent |= {"content-type": kind} if kind else {}
    timeout = UPLOAD_SECONDS if content else SECONDS
    url = f"{over.credentials['server']}/{path}"
    return over.http.request(method, url, headers=sent, json=body, content=content, timeout=timeout)
