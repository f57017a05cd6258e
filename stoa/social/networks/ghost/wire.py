"""Calls to a site's Admin API, and what each of its answers means (docs.ghost.org/admin-api)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from stoa.social.networks.ghost.tokens import token_of
from stoa.social.networks.multipart import ending, multipart
from stoa.social.networks.nearby import is_near
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

SECONDS, UPLOAD_SECONDS = 30.0, 120.0
VERSION = "v5.0"  # the lowest that has what is used here


@dataclass(frozen=True)
class Opened:
    """A line with the token of one act, good for five minutes by the site's own clock."""

    over: Line
    token: str
    site: Mapping[str, Any]

    def read(self, path: str, **parameters: Any) -> Any:
        """Reading harms nobody, so its trouble is never *unknown*: it is worth trying later."""
        query = urlencode({name: value for name, value in parameters.items() if value not in ("", None)})
        try:
            return answer_of(self._ask("GET", f"{path}?{query}" if query else path))
        except Unknown as trouble:
            raise TryLater(trouble.reason, after=60.0) from trouble

    def write(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """May have been done when this raises `Unknown`."""
        return answer_of(self._ask(method, path, body=body))

    def store(self, picture: Picture, name: str) -> str:
        """Stores a picture and gives its address. What goes wrong in here, no post has been made."""
        file = (f"{name}.{ending(picture.mime)}", picture.mime, picture.content)
        content, kind = multipart({"purpose": "image", "ref": name}, {"file": file})
        try:
            told = answer_of(self._ask("POST", "images/upload/", content=content, kind=kind))
        except Unknown as trouble:
            raise NotSent(f"The post was not sent, because storing a picture failed: {trouble.reason}") from trouble
        address = str(first(told, "images").get("url") or "")
        if not address.startswith(("https://", "http://")):
            raise NotSent("The post was not sent, because the site did not name the picture that it stored.")
        return address

    def _ask(
        self,
        method: str,
        path: str,
        *,
        body: Mapping[str, Any] | None = None,
        content: bytes | None = None,
        kind: str = "",
    ) -> Response:
        sent = {"authorization": f"Ghost {self.token}", "accept-version": VERSION} | (
            {"content-type": kind} if kind else {}
        )
        url = f"{self.over.credentials['server']}/ghost/api/admin/{path}"
        timeout = UPLOAD_SECONDS if content else SECONDS
        return self.over.http.request(method, url, headers=sent, json=body, content=content, timeout=timeout)


def opened(over: Line) -> Opened:
    """Asks the site, which tells strangers its name and, beside it, the time: a token is made by the clock that judges it, so a clock that
    goes wrong here harms nobody, and none is read."""
    response = site_asked(over.http, over.credentials["server"])
    told = next((value for name, value in response.headers.items() if name.lower() == "date"), "")
    try:
        at = parsedate_to_datetime(told).astimezone(UTC)
    except (IndexError, OverflowError, TypeError, ValueError):
        raise TryLater("The site does not tell the time, which its key needs.", after=600.0) from None
    return Opened(over, token_of(over.credentials["token"], at), site_in(response))


def site_asked(http: Http, server: str) -> Response:
    try:
        response = http.request(
            "GET", f"{server}/ghost/api/admin/site/", headers={"accept-version": VERSION}, timeout=SECONDS
        )
        if response.status in (301, 302, 307, 308):
            raise Refused("The site sends callers on to another address.", mend="Write the address that its Admin has.")
        answer_of(response)
        return response
    except Unknown as trouble:
        raise TryLater(trouble.reason, after=60.0) from trouble


def site_in(response: Response) -> Mapping[str, Any]:
    told = json_of(response)
    site = told.get("site") if isinstance(told, dict) else None
    if not isinstance(site, dict):
        raise Refused("No Ghost answers at this address.", mend="Write the address of the site, or that of its Admin.")
    return site


def server_of(address: str) -> str:
    """Where Ghost answers, without the slash at the end, also in a folder. Without encryption only on one's own machines."""
    written = address.strip()
    try:
        parts = urlsplit(written if "://" in written else f"https://{written}")
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if not host or parts.scheme not in ("http", "https") or parts.username is not None:
        raise Refused("This is not the address of a site.", mend="Write it like https://example.ghost.io.")
    if parts.scheme == "http" and not is_near(host):
        raise Refused(
            "Without https what opens the site would travel in the open.", mend="Begin the address with https://."
        )
    return f"{parts.scheme}://{parts.netloc}{parts.path.partition('/ghost')[0].rstrip('/')}"


def named(id: str) -> str:
    """An id or a name as a part of an address."""
    return quote(id, safe="")


def first(told: Any, kind: str) -> Mapping[str, Any]:
    """The one thing of an answer like `{"posts": [{…}]}`, or nothing."""
    rows = told.get(kind) if isinstance(told, dict) else None
    return rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], dict) else {}


def instant_of(told: object) -> datetime:
    try:
        instant = datetime.fromisoformat(str(told))
        return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
    except (OverflowError, ValueError):
        return datetime.fromtimestamp(0, UTC)


def json_of(response: Response) -> Any:
    try:
        return response.json() if response.body else {}
    except (ValueError, RecursionError):
        return None


def answer_of(response: Response) -> Any:
    """The JSON of a success, or the trouble that the status and the type of the error stand for."""
    body, status = json_of(response), response.status
    if 200 <= status < 300:
        if body is None:
            raise Unknown("The site's answer could not be read.")
        return body
    told = first(body, "errors")
    kind = str(told.get("type") or "")
    said = " ".join(str(told.get(name) or "") for name in ("message", "context")).strip()[:300]
    if status == 429:
        raise TryLater("The site asks us to slow down.", after=patience(response.headers))
    if status == 401:
        raise Reconnect("The site no longer accepts this Admin API key.")
    if status == 404 and kind == "NotFoundError":
        raise Gone(said)
    if status == 409 and kind == "UpdateCollisionError":
        raise TryLater("Somebody saved this post there at the same moment.", after=10.0)
    if status in (413, 415) and kind:
        raise Refused(
            f"The site did not take a picture: {said}", mend="Use a smaller version of it, or another format."
        )
    if status == 403 and kind:
        raise Refused(
            f"The site refused this: {said}", mend="Look there whether the integration and the plan allow it."
        )
    if 400 <= status < 500 and kind:
        raise Refused(f"The site refused this: {said}", mend="Change the post and try again.")
    raise Unknown(f"The site answered {status}.")


def patience(headers: Mapping[str, str]) -> float:
    after = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return float(after) if after.isascii() and after.isdigit() and len(after) < 9 else 60.0
