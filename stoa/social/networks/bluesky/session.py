"""Calls to the account's own server (its PDS), and what each of its answers means."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from stoa.social.networks.calling import stream
from stoa.social.networks.given import part, row, word
from stoa.social.networks.multipart import Film
from stoa.social.networks.protocol import (
    Account,
    Expired,
    Field,
    Gone,
    Granted,
    Http,
    Line,
    Reconnect,
    Refused,
    Response,
    TryLater,
    Unknown,
    Video,
)
from stoa.social.networks.waits import instant, retry_after

WEB = "https://bsky.app"
SECONDS = 30.0
UPLOAD_SECONDS = 120.0

FIELDS = (
    Field("handle", "Handle", hint="for example guild.bsky.social"),
    Field("password", "App password", hint="made in Settings → Privacy and security → App passwords", kind="secret"),
    Field(
        "server",
        "Server",
        hint="leave as it is unless the account lives elsewhere",
        kind="url",
        default="https://bsky.social",
    ),
)

_EXPIRED = {"ExpiredToken"}
_SIGNED_OUT = {
    "InvalidToken",
    "AuthenticationRequired",
    "AuthMissing",
    "BadJwt",
    "AccountTakedown",
    "AccountDeactivated",
    "AccountSuspended",
}
_LOCKED = {"AccountTakedown", "AccountDeactivated", "AccountSuspended"}
_GONE = {"RecordNotFound", "NotFound", "RepoNotFound", "AccountNotFound"}


def open_session(answers: Mapping[str, str], http: Http) -> tuple[Account, Granted]:
    """Signs in with an app password and keeps the session's tokens; the password itself is not kept."""
    server = _origin(answers["server"])
    handle = answers["handle"].strip().removeprefix("@")
    body = {"identifier": handle, "password": answers["password"].strip()}
    url = f"{server}/xrpc/com.atproto.server.createSession"
    response = http.request("POST", url, json=body, timeout=SECONDS)
    if response.status == 401:
        raise _sign_in_refused(_error_of(response)[0])
    session = answer_of(response)
    granted = _granted(server, session)
    return _own_account(Line(http, granted.credentials)), granted


def renew_session(over: Line) -> Granted:
    """Exchanges the refresh token; the old one is over after this, so the caller stores the answer at once."""
    server = over.credentials["server"]
    headers = {"authorization": f"Bearer {over.credentials['refresh']}"}
    url = f"{server}/xrpc/com.atproto.server.refreshSession"
    response = over.http.request("POST", url, headers=headers, timeout=SECONDS)
    if response.status in (400, 401):
        name, message = _error_of(response)
        raise Reconnect(
            locked(message or name) if name in _LOCKED else "Bluesky has closed the session of this account."
        )
    return _granted(server, answer_of(response))


def ask(over: Line, method: str, **parameters: Any) -> Mapping[str, Any]:
    """A query (GET). Reading twice harms nobody, so its trouble is never *unknown*: it is worth trying later."""
    query = urlencode([(name, value) for name, value in parameters.items() if value not in ("", None)], doseq=True)
    url = f"{over.credentials['server']}/xrpc/{method}" + (f"?{query}" if query else "")
    try:
        return row(answer_of(over.http.request("GET", url, headers=_authorization(over), timeout=SECONDS)))
    except Unknown as trouble:
        raise TryLater(trouble.reason, after=60.0) from trouble


def tell(over: Line, method: str, body: Mapping[str, Any]) -> Any:
    """A procedure (POST): may have been done when this raises `Unknown`."""
    url = f"{over.credentials['server']}/xrpc/{method}"
    response = over.http.request("POST", url, headers=_authorization(over), json=body, timeout=SECONDS)
    return answer_of(response)


def upload(over: Line, content: bytes, mime: str) -> Any:
    """Stores a blob and returns its reference. A blob without a record vanishes, so uploading again is harmless."""
    url = f"{over.credentials['server']}/xrpc/com.atproto.repo.uploadBlob"
    headers = {**_authorization(over), "content-type": mime}
    response = over.http.request("POST", url, headers=headers, content=content, timeout=UPLOAD_SECONDS)
    blob = part(answer_of(response), "blob")
    if not blob:
        raise Unknown("Bluesky's answer does not name the picture that it stored.")
    return blob


def upload_video(over: Line, video: Video) -> Any:
    """The same for a video, which readers are shown once the network has worked through it."""
    url = f"{over.credentials['server']}/xrpc/com.atproto.repo.uploadBlob"
    headers = {**_authorization(over), "content-type": video.mime}
    return answer_of(stream(over.http, "POST", url, Film(video), headers=headers, timeout=UPLOAD_SECONDS))["blob"]


def answer_of(response: Response) -> Any:
    """The JSON of a success, or the trouble that the status and the error's name stand for."""
    if 200 <= response.status < 300:
        try:
            return response.json() if response.body else {}
        except ValueError as error:
            raise Unknown("Bluesky's answer could not be read.") from error
    name, message = _error_of(response)
    if response.status == 429:
        raise TryLater("Bluesky asks us to slow down.", after=_patience(response.headers))
    if name in _EXPIRED:
        raise Expired("The session of this account is over.")
    if name in _LOCKED:
        raise Reconnect(locked(message or name))
    if response.status == 401 or name in _SIGNED_OUT:
        raise Reconnect("Bluesky no longer accepts this account's session.")
    if name in _GONE:
        raise Gone(message or "Bluesky no longer has this.")
    if response.status == 413 or name in ("BlobTooLarge", "PayloadTooLarge"):
        raise Refused("Bluesky found a picture too large.", mend="Use a smaller version of the picture.")
    if 400 <= response.status < 500 and name:
        raise Refused(f"Bluesky refused this: {message or name}", mend="Change the post and try again.")
    raise Unknown(f"Bluesky answered {response.status}.")


def _sign_in_refused(name: str) -> Refused:
    if name == "AuthFactorTokenRequired":
        return Refused("This account asks for a code sent by e-mail.", mend="Use an app password: it needs no code.")
    return Refused(
        "Bluesky does not accept this handle and password.", mend="Check the handle and make a new app password."
    )


def _origin(server: str) -> str:
    address = server.strip().rstrip("/")
    parts = urlsplit(address if "://" in address else f"https://{address}")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused("This is not the address of a server.", mend="Write it like https://bsky.social.")
    return f"{parts.scheme}://{parts.netloc}"


def _granted(server: str, session: object) -> Granted:
    named = {"did": "did", "handle": "handle", "access": "accessJwt", "refresh": "refreshJwt"}
    opens = {ours: word(session, theirs) for ours, theirs in named.items()}
    if not all(opens.values()):
        raise Unknown("Bluesky's answer does not open the account.")
    return Granted({"server": server, **opens}, fresh_until=_expiry_of(opens["access"]))


def _own_account(over: Line) -> Account:
    """The profile when the index knows it already; a new account is published before it is indexed."""
    did, handle = over.credentials["did"], over.credentials["handle"]
    try:
        profile = ask(over, "app.bsky.actor.getProfile", actor=did)
    except (Refused, Gone, TryLater):
        profile = {}
    return account_of({**profile, "did": did, "handle": word(profile, "handle") or handle})


def who(over: Line) -> Account:
    """Whose session it is now. A server answers for a locked account too, and says that it is not active."""
    session = ask(over, "com.atproto.server.getSession")
    if session.get("active") is False:
        raise Reconnect(locked(word(session, "status") or "not active"))
    named = {**over.credentials, "did": word(session, "did"), "handle": word(session, "handle")}
    if not named["did"] or not named["handle"]:
        raise TryLater("Bluesky does not say whose account this is.", after=600.0)
    return replace(_own_account(Line(over.http, named)), handle=named["handle"])


def locked(words: str) -> str:
    return f"Bluesky has locked this account: {words[:200]}"


def account_of(profile: Mapping[str, Any]) -> Account:
    return Account(
        id=word(profile, "did"),
        handle=word(profile, "handle"),
        name=word(profile, "displayName"),
        avatar=word(profile, "avatar"),
        address=f"{WEB}/profile/{word(profile, 'did')}",
    )


def _expiry_of(token: str) -> datetime | None:
    """`exp` of a JWT, read without checking its signature: it only tells us when to refresh."""
    try:
        middle = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
        return datetime.fromtimestamp(claims["exp"], UTC)
    except (IndexError, KeyError, OSError, OverflowError, RecursionError, TypeError, ValueError):
        return None


def _authorization(over: Line) -> dict[str, str]:
    return {"authorization": f"Bearer {over.credentials['access']}"}


def _error_of(response: Response) -> tuple[str, str]:
    try:
        body = response.json()
    except ValueError:
        return "", ""
    if not isinstance(body, dict):
        return "", ""
    return str(body.get("error") or ""), str(body.get("message") or "")


def _patience(headers: Mapping[str, str]) -> float:
    """Seconds to wait: `Retry-After` (seconds or a date), else `RateLimit-Reset` (Unix time) against `Date`."""
    low = {name.lower(): value for name, value in headers.items()}
    now, until = instant(low.get("date", "")), low.get("ratelimit-reset", "")
    is_said = now is not None and until.isdigit() and len(until) <= 12
    return retry_after(headers, max(1.0, int(until) - now.timestamp()) if is_said and now else 60.0)
