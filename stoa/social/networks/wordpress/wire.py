"""Calls to a site's REST interface, and what each of its answers means (developer.wordpress.org/rest-api)."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from stoa.social.networks.markup import unescaped, without_tags
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
NOT_THERE = ("rest_post_invalid_id", "rest_comment_invalid_id", "rest_already_trashed", "rest_comment_trash_post",
             "rest_comment_invalid_post_id", "rest_comment_draft_post")  # fmt: skip
CODE = re.compile(r"%(?=[0-9a-fA-F]{2})")
NO_FILE = ("rest_upload_no_data", "rest_upload_no_content_disposition")  # PHP throws away a body beyond its limit


class SaidBefore(Refused):
    """Not done; the site has this comment of ours already."""


def read(over: Line, path: str, **parameters: Any) -> Any:
    """Reading harms nobody, so its trouble is never *unknown*: it is worth trying later."""
    return answer_read(_ask(over, "GET", path, parameters=parameters))


def row(over: Line, path: str, **parameters: Any) -> Mapping[str, Any]:
    """One thing, with its number."""
    told = read(over, path, **parameters)
    if not isinstance(told, dict) or not is_number(told.get("id")):
        raise TryLater("The site's answer could not be read.", after=60.0)
    return told


def rows(over: Line, path: str, **parameters: Any) -> list[Mapping[str, Any]]:
    """Things of a list, each with its number; what else stands in it is passed over."""
    told = read(over, path, **parameters)
    if not isinstance(told, list):
        raise TryLater("The site's answer could not be read.", after=60.0)
    return [each for each in told if isinstance(each, dict) and is_number(each.get("id"))]


def is_number(told: object) -> bool:
    return isinstance(told, int) and not isinstance(told, bool) and 0 < told < 1 << 63


def text_in(told: Mapping[str, Any], name: str, inner: str) -> str:
    """A text one floor down (`content` → `raw`), or nothing."""
    value = told.get(name)
    return str(value.get(inner) or "") if isinstance(value, dict) else ""


def total(over: Line, path: str, **parameters: Any) -> int | None:
    """How many a list has, which the site tells beside it; None when it does not."""
    response = _ask(over, "GET", path, parameters={**parameters, "per_page": 1, "_fields": "id"})
    answer_read(response)
    told = next((value for name, value in response.headers.items() if name.lower() == "x-wp-total"), "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else None


def write(over: Line, method: str, path: str, body: Mapping[str, Any] | None = None, **parameters: Any) -> Any:
    """May have been done when this raises `Unknown`."""
    return answer_of(_ask(over, method, path, body=body, parameters=parameters))


def store(over: Line, picture: Picture, name: str) -> Any:
    """Stores a picture with its description. What goes wrong in here, no post has been made."""
    fields = {"alt_text": described(picture.alt), "slug": name, "title": name}
    file = (f"{name}.{ending(picture.mime)}", picture.mime, picture.content)
    content, kind = multipart(fields, {"file": file})
    try:
        return answer_of(_ask(over, "POST", "media", content=content, kind=kind))
    except Unknown as trouble:
        raise NotSent(f"The post was not sent, because storing a picture failed: {trouble.reason}") from trouble


def described(alt: str) -> str:
    """So that WordPress keeps every word: in one line, without the sign that it would take out as a tag or write as a code, and with a
    blank where it would take out a code (`%20`). It takes one backslash of two away, and only there."""
    apart = CODE.sub("% ", " ".join(alt.split()).replace("<", "‹"))
    return apart.replace("\\", "\\\\")


def site_of(address: str) -> str:
    """Where the site lives, without the slash at the end, also in a folder of its host. Without encryption only on one's own machines."""
    written = address.strip()
    try:
        parts = urlsplit(written if "://" in written else f"https://{written}")
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if not host or parts.scheme not in ("http", "https") or parts.username is not None:
        raise Refused(
            "This is not the address of a site.", mend="Write it like https://example.org or https://example.org/blog."
        )
    if parts.scheme == "http" and not is_near(host):
        raise Refused("Without https the password would travel in the open.", mend="Begin the address with https://.")
    path = parts.path
    for inside in ("/wp-admin", "/wp-json", "/wp-login.php", "/index.php"):
        path = path.partition(inside)[0]
    return f"{parts.scheme}://{parts.netloc}{path.rstrip('/')}"


def found_at(http: Http, site: str) -> tuple[str, Mapping[str, Any]]:
    """(where its interface answers, what it says of itself): with rewriting of addresses, else without."""
    for rest in (f"{site}/wp-json/", f"{site}/?rest_route=/"):
        response = http.request("GET", rest, timeout=SECONDS)
        if 300 <= response.status < 400:
            raise Refused("The site sends callers on to another address.", mend=_elsewhere(response))
        told = json_of(response)
        names = told.get("namespaces") if isinstance(told, dict) else None
        if isinstance(names, list) and "wp/v2" in names:
            return rest, told
        if isinstance(told, dict) and response.status in (401, 403):
            raise Refused(
                "The site does not let strangers reach its REST interface.", mend="A plugin may have closed it there."
            )
    raise Refused("No WordPress answers at this address.", mend="Write the address of its front page.")


def instant_of(told: object) -> datetime:
    """An instant of the site's `…_gmt` fields, which name no zone. Whoever wrote it is not to be trusted with its form."""
    try:
        return datetime.fromisoformat(str(told)).replace(tzinfo=UTC)
    except (OverflowError, ValueError):
        return datetime.fromtimestamp(0, UTC)


def json_of(response: Response) -> Any:
    try:
        return response.json() if response.body else None
    except (ValueError, RecursionError):
        return None


def answer_read(response: Response) -> Any:
    try:
        return answer_of(response)
    except Unknown as trouble:
        raise TryLater(trouble.reason, after=60.0) from trouble


def answer_of(response: Response) -> Any:
    """The JSON of a success, or the trouble that the status and the code stand for."""
    body, status = json_of(response), response.status
    if 200 <= status < 300:
        if body is None:
            raise Unknown("The site's answer could not be read.")
        return body
    code = str(body.get("code") or "") if isinstance(body, dict) else ""
    said = unescaped(without_tags(str(body.get("message") or code)))[:300] if code else ""
    if status == 429:
        raise TryLater("The site asks us to slow down.", after=patience(response.headers))
    if status == 401 or is_asked_as_a_stranger(body):
        raise Reconnect("The site no longer accepts this application password.")
    if code in NOT_THERE and 400 <= status < 500:
        raise Gone(said)
    if code == "comment_duplicate":
        raise SaidBefore(said, mend="Write it in other words.")
    if code == "comment_flood":
        raise TryLater(said, after=30.0)
    if code in NO_FILE or (code.startswith("rest_upload_") and "upload_max_filesize" in said):
        raise Refused(
            "A picture is larger than this site takes.", mend="Use a smaller version of it, or raise the limit there."
        )
    if code.startswith("rest_upload_"):
        raise Refused(f"The site did not take a picture: {said}", mend="Use another picture.")
    if status == 403 and code:
        mend = "Give this user the role of an author or editor there, and see that comments are open."
        raise Refused(f"The site refused this: {said}", mend=mend)
    if 400 <= status < 500 and code:
        raise Refused(f"The site refused this: {said}", mend="Change the post and try again.")
    raise Unknown(f"The site answered {status}.")


def is_asked_as_a_stranger(body: Any) -> bool:
    """With a password that is over, the site takes us for anybody, and hides what it would look for behind a wrong parameter."""
    data = body.get("data") if isinstance(body, dict) else None
    details = data.get("details") if isinstance(data, dict) else None
    status = details.get("status") if isinstance(details, dict) else None
    return isinstance(status, dict) and status.get("code") == "rest_forbidden_status"


def patience(headers: Mapping[str, str]) -> float:
    after = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return float(after) if after.isascii() and after.isdigit() and len(after) < 9 else 60.0


def _elsewhere(response: Response) -> str:
    place = next((value for name, value in response.headers.items() if name.lower() == "location"), "")
    try:
        parts = urlsplit(place)
    except ValueError:
        parts = urlsplit("")
    site = f"{parts.scheme}://{parts.netloc}{parts.path.partition('/wp-json')[0].rstrip('/')}"
    return f"Write its own address: {site[:200]}." if parts.netloc else "Write its own address."


def _ask(
    over: Line,
    method: str,
    path: str,
    *,
    parameters: Mapping[str, Any] | None = None,
    body: Mapping[str, Any] | None = None,
    content: bytes | None = None,
    kind: str = "",
) -> Response:
    rest = over.credentials["rest"]
    query = urlencode(
        [(name, value) for name, value in (parameters or {}).items() if value not in ("", None)], doseq=True
    )
    url = f"{rest}wp/v2/{path}" + (("&" if "?" in rest else "?") + query if query else "")
    sent = opened_by(over.credentials) | ({"content-type": kind} if kind else {})
    timeout = UPLOAD_SECONDS if content else SECONDS
    return over.http.request(method, url, headers=sent, json=body, content=content, timeout=timeout)


def opened_by(credentials: Mapping[str, str]) -> dict[str, str]:
    """Nothing for a stranger, who has no password."""
    if not credentials["token"]:
        return {}
    pair = f"{credentials['handle']}:{credentials['token']}".encode()
    return {"authorization": f"Basic {base64.b64encode(pair).decode()}"}
