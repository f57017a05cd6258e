"""The steps of OAuth 2 with PKCE (RFC 6749, 7636, 7009, 9207), as pure functions over the guarded client: for connectors that sign in.

Errors of the token's address become the trouble that they mean: a code or refresh token that is over, an application that is not
known there, a server that is busy. An answer that cannot be understood is *unknown*: a token may have been made all the same.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from stoa.social.networks.calling import Http, Response
from stoa.social.networks.trouble import Reconnect, Refused, Trouble, TryLater, Unknown

SECONDS = 30.0
LONGEST_TOKEN = 20_000
LONGEST_LIFE = 10 * 366 * 86_400  # seconds; what is said to last longer is not believed
SIGN_IN_ANEW = "Begin once more: a sign-in can be used once, and not for long."
WRONG_APPLICATION = "Check the application's id, its secret and its redirect address at the network."


@dataclass(frozen=True)
class Application:
    """What we are to the network. `basic`: it proves itself in the header, not in the body (RFC 6749, 2.3.1); no secret: a public one."""

    id: str
    secret: str = field(default="", repr=False)
    basic: bool = False


@dataclass(frozen=True)
class Tokens:
    """What was granted. `said` is the whole answer, for what a network adds."""

    access: str = field(repr=False)
    refresh: str = field(default="", repr=False)
    fresh_until: datetime | None = None
    scopes: tuple[str, ...] | None = None
    said: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Form:
    """The token's address (or another of this kind), and as whom we ask there."""

    http: Http = field(repr=False)
    endpoint: str
    application: Application

    def send(self, form: Mapping[str, str]) -> Response:
        headers = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"}
        body, known = dict(form), self.application
        if known.basic and known.secret:
            pair = f"{quote(known.id, safe='')}:{quote(known.secret, safe='')}"
            headers["authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        else:
            body |= {"client_id": known.id} | ({"client_secret": known.secret} if known.secret else {})
        content = urlencode(body).encode()
        return self.http.request("POST", self.endpoint, headers=headers, content=content, timeout=SECONDS)


def challenge(verifier: str) -> str:
    """The S256 challenge of a verifier (RFC 7636, 4.2)."""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def authorise_address(
    endpoint: str, application: Application, *, back: str, scopes: Sequence[str], state: str, verifier: str, **more: str
) -> str:
    """Where the person is asked. `more`: parameters of the network's own."""
    asked = {
        "response_type": "code",
        "client_id": application.id,
        "redirect_uri": back,
        "scope": " ".join(scopes),
        "state": state,
        "code_challenge": challenge(verifier),
        "code_challenge_method": "S256",
        **more,
    }
    return f"{endpoint}{'&' if urlsplit(endpoint).query else '?'}{urlencode(asked, quote_via=quote)}"


def exchange(
    http: Http, endpoint: str, application: Application, *, given: Mapping[str, str], back: str, verifier: str
) -> Tokens:
    """The code of the return for tokens. A code counts once: trouble here means to sign in anew."""
    if not given.get("code"):
        raise Refused("The network sent no code along.", SIGN_IN_ANEW)
    form = {"grant_type": "authorization_code", "code": given["code"], "redirect_uri": back, "code_verifier": verifier}
    response = Form(http, endpoint, application).send(form)
    if _error_of(response) == "invalid_grant":
        raise Refused("The network does not accept this sign-in any more.", SIGN_IN_ANEW)
    return tokens_of(response)


def renewed(http: Http, endpoint: str, application: Application, *, refresh: str) -> Tokens:
    """New tokens for a refresh token. Where the network gives no new refresh token, the old one stays (RFC 6749, 6)."""
    response = Form(http, endpoint, application).send({"grant_type": "refresh_token", "refresh_token": refresh})
    try:
        found = tokens_of(response)
    except Refused as refused:
        raise Reconnect(refused.reason) from refused
    return found if found.refresh else Tokens(found.access, refresh, found.fresh_until, found.scopes, found.said)


def give_back(http: Http, endpoint: str, application: Application, *, token: str, kind: str = "") -> None:
    """Takes a token back (RFC 7009). A server that knows no such token answers the same: fine."""
    form = {"token": token} | ({"token_type_hint": kind} if kind else {})
    response = Form(http, endpoint, application).send(form)
    if not 200 <= response.status < 300:
        raise trouble_of(response)


def tokens_of(response: Response) -> Tokens:
    """The tokens of an answer, or the trouble that it stands for. Their end is measured by the server's own clock (`Date`)."""
    if not 200 <= response.status < 300:
        raise trouble_of(response)
    said = _json_of(response)
    access, refresh = _text_of(said, "access_token"), _text_of(said, "refresh_token")
    if not access:
        raise Unknown("The network's answer holds no token.")
    if str(said.get("token_type") or "bearer").lower() != "bearer":
        raise Refused("The network gave a token of a kind that is not known here.", "Ask whoever looks after Stoa.")
    scopes = tuple(said["scope"].split()) if isinstance(said.get("scope"), str) else None
    return Tokens(access, refresh, fresh_until(said.get("expires_in"), response.headers), scopes, said)


def fresh_until(expires_in: object, headers: Mapping[str, str], *, at: datetime | None = None) -> datetime | None:
    """When what lasts so many seconds ends, counted from the answer's `Date` (or from `at`); None where that is not told."""
    try:
        seconds = int(str(expires_in))
        low = {name.lower(): value for name, value in headers.items()}
        began = at or parsedate_to_datetime(low.get("date", ""))
        if not 0 < seconds <= LONGEST_LIFE:
            return None
        return (began if began.tzinfo else began.replace(tzinfo=UTC)).astimezone(UTC) + timedelta(seconds=seconds)
    except (OverflowError, TypeError, ValueError):
        return None


def trouble_of(response: Response) -> Trouble:
    """What an error of a token's address means (RFC 6749, 5.2)."""
    error, words = _error_of(response), _text_of(_json_of(response), "error_description")[:200]
    if response.status == 429 or error in ("temporarily_unavailable", "slow_down"):
        low = {name.lower(): value for name, value in response.headers.items()}
        after = low.get("retry-after", "")
        return TryLater(
            "The network asks us to slow down.", float(after) if after.isdigit() and len(after) < 7 else 60.0
        )
    if error == "invalid_grant":
        return Reconnect("The network no longer accepts what opens this account.")
    if error in ("invalid_client", "unauthorized_client"):
        return Refused("The network does not know this application.", WRONG_APPLICATION)
    if error and 400 <= response.status < 500:
        return Refused(f"The network refused this: {words or error}", WRONG_APPLICATION)
    return Unknown(f"The network answered {response.status}.")


def refusal_of(given: Mapping[str, str]) -> Refused | None:
    """What the network said instead of letting us in (RFC 6749, 4.1.2.1); None where it said nothing of the kind."""
    error = given.get("error", "")
    if not error:
        return None
    if error == "access_denied":
        return Refused("You did not let Stoa in.", "Begin again whenever you like, and choose what to allow there.")
    if error in ("server_error", "temporarily_unavailable"):
        return Refused("The network could not take the sign-in just now.", "Try again in a while.")
    words = given.get("error_description", "")[:200] or error[:60]
    return Refused(f"The network refused the sign-in: {words}", WRONG_APPLICATION)


def _json_of(response: Response) -> Mapping[str, Any]:
    try:
        said = response.json() if response.body else {}
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _error_of(response: Response) -> str:
    return _text_of(_json_of(response), "error")[:60] if response.status >= 400 else ""


def _text_of(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    return value if isinstance(value, str) and len(value) <= LONGEST_TOKEN else ""
