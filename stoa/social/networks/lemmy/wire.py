"""Calls to the account's own server (HTTP API v3, as of Lemmy 0.19), and what each of its answers means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from stoa.social.networks import nearby
from stoa.social.networks.given import listed
from stoa.social.networks.multipart import ending, multipart
from stoa.social.networks.protocol import (
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

SECONDS, UPLOAD_SECONDS = 30.0, 120.0
CLOSED = {"incorrect_login", "not_logged_in", "site_ban"}
BANNED = {"banned_from_community", "person_is_banned_from_community", "only_mods_can_post_in_community"}
TITLE_WRONG = {"invalid_post_title", "post_title_too_long"}
PATIENCE = 600.0  # Lemmy names no time; its own limit on posts is counted over ten minutes


def read(over: Line, path: str, **parameters: Any) -> Any:
    """Reading harms nobody, so its trouble is never *unknown*: it is worth trying later."""
    query = urlencode([(name, value) for name, value in parameters.items() if value not in ("", None)])
    try:
        found = answer_of(_ask(over, "GET", f"api/v3/{path}" + (f"?{query}" if query else "")))
    except Unknown as trouble:
        raise TryLater(trouble.reason, after=60.0) from trouble
    return found if isinstance(found, dict) else {}


def write(over: Line, method: str, path: str, body: Mapping[str, Any]) -> Any:
    """May have been done when this raises `Unknown`."""
    return answer_of(_ask(over, method, f"api/v3/{path}", body=body))


def store(over: Line, picture: Picture) -> str:
    """Stores a picture and gives its public address. One that no post shows is harmless."""
    name = f"picture.{ending(picture.mime)}"
    content, kind = multipart({}, {"images[]": (name, picture.mime, picture.content)})
    try:
        made = answer_of(_ask(over, "POST", "pictrs/image", content=content, kind=kind))
    except Unknown as trouble:
        raise NotSent(f"The post was not sent, because storing a picture failed: {trouble.reason}") from trouble
    kept = listed(made if isinstance(made, dict) else {}, "files")
    file = str(kept[0].get("file") or "") if kept else ""
    if not re.fullmatch(r"[\w-][\w.-]*", file):
        raise NotSent("The post was not sent, because the server did not name the picture that it stored.")
    return f"{over.credentials['server']}/pictrs/image/{file}"


def host_of(address: str) -> str:
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def origin_of(server: str) -> str:
    return nearby.origin_of(server, like="https://lemmy.world")


def answer_of(response: Response) -> Any:
    """The JSON of a success, or the trouble that the error's name stands for."""
    try:
        body = response.json() if response.body else {}
    except ValueError:
        body = None
    if 200 <= response.status < 300:
        if body is None:
            raise Unknown("The server's answer could not be read.")
        return body
    raise trouble_of(response, str(body.get("error") or "") if isinstance(body, dict) else "")


def trouble_of(response: Response, name: str) -> Trouble:
    if response.status == 429 or name == "rate_limit_error":
        return TryLater("The server asks us to slow down.", after=patience(response.headers))
    if name in CLOSED or (response.status == 401 and name):
        return Reconnect("The server no longer accepts this account, or has closed it.")
    if name.startswith("couldnt_find_") or name == "deleted":
        return Gone(f"The server does not have this: {name}")
    if name in BANNED:
        return Refused("This account may not write in this community.", mend="Ask its moderators to let it.")
    if name in TITLE_WRONG:
        return Refused("Lemmy refused the title.", mend="The first line is the title: 3 to 200 characters.")
    if response.status == 413:
        return Refused("The server found a picture too large.", mend="Use a smaller version of the picture.")
    if 400 <= response.status < 500 and name:
        return Refused(f"The server refused this: {name}", mend="Change the post and try again.")
    return Unknown(f"The server answered {response.status}.")


def patience(headers: Mapping[str, str]) -> float:
    after = {name.lower(): value for name, value in headers.items()}.get("retry-after", "")
    return float(after) if after.isdigit() and len(after) < 7 else PATIENCE


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
    return over.http.request(
        method, f"{over.credentials['server']}/{path}", headers=sent, json=body, content=content, timeout=timeout
    )
