"""Signing in at Meta's networks, as far as they do it alike: a window, a code, a short token, a long one. For connectors; no Django.

Their documents know no PKCE but for Facebook's; the challenge is sent to all, and held against the verifier here as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from stoa.social.networks import oauth
from stoa.social.networks.calling import Http, Response
from stoa.social.networks.graph import SECONDS, listed, part, text_of, whole, words_of
from stoa.social.networks.messages import Field, Leaving, Scope
from stoa.social.networks.trouble import Reconnect, Refused, TryLater, Unknown

HALF = 2  # a token is renewed when half of its time has passed


def asks(where: str) -> tuple[Field, Field]:
    """What our application is there: asked once. `where` its dashboard shows it."""
    return (
        Field("client", "App ID", hint=f"{where}, a number", once=True),
        Field("secret", "App secret", hint=f"{where}, beside it", kind="secret", once=True),
    )


@dataclass(frozen=True)
class Token:
    """One that opens an account, until `ends_at` where that is told."""

    text: str = field(repr=False)
    ends_at: datetime | None = None
    fresh_until: datetime | None = None


def leave(
    window: str,
    scopes: Sequence[Scope],
    answers: Mapping[str, str],
    *,
    back: str,
    state: str,
    verifier: str,
    **more: str,
) -> Leaving:
    """`window`: the network's page. Its scopes stand with commas between them."""
    challenge = oauth.challenge(verifier)
    asked = {
        "client_id": answers["client"], "redirect_uri": back, "scope": ",".join(scope.name for scope in scopes),
        "response_type": "code", "state": state, "code_challenge": challenge, "code_challenge_method": "S256", **more,
    }  # fmt: skip
    kept = {"client": answers["client"], "secret": answers["secret"], "challenge": challenge}
    return Leaving(f"{window}?{urlencode(asked, quote_via=quote)}", kept)


def code_of(kept: Mapping[str, str], given: Mapping[str, str], verifier: str) -> str:
    """The code of the return, for whoever has the verifier. Windows may write "#_" behind it."""
    if kept.get("challenge") != oauth.challenge(verifier):
        raise Refused("This return belongs to another sign-in.", oauth.SIGN_IN_ANEW)
    code = given.get("code", "").removesuffix("#_")
    if not code:
        raise Refused("The network sent no code along.", oauth.SIGN_IN_ANEW)
    return code


def posted(http: Http, address: str, form: Mapping[str, str]) -> Response:
    headers = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"}
    return http.request("POST", address, headers=headers, content=urlencode(form).encode(), timeout=SECONDS)


def asked(http: Http, address: str, query: Mapping[str, str]) -> Response:
    return http.request("GET", f"{address}?{urlencode(query)}", timeout=SECONDS)


def first_token(response: Response) -> Token:
    """The short token of a code. A code counts once: trouble here means to sign in anew."""
    said, error = read(response)
    if error and response.status < 500:
        raise Refused(f"The network does not accept this sign-in: {error}", oauth.SIGN_IN_ANEW)
    return token_in(said, response)


def longer_token(response: Response) -> Token:
    """The long token of a short one, or of one that is to be renewed."""
    said, error = read(response)
    if part(said, "error") and whole(part(said, "error").get("code")) == 190:
        raise Reconnect(f"The network no longer accepts what opens this account: {error}")
    if error or not 200 <= response.status < 300:
        raise TryLater(f"The network did not renew what opens this account: {error or response.status}", after=3600.0)
    try:
        return token_in(said, response)
    except Unknown as unknown:
        raise TryLater(unknown.reason, after=3600.0) from unknown


def read(response: Response) -> tuple[Mapping[str, Any], str]:
    """(what it says, its words when it is an error). Instagram's desk writes errors in a form of its own."""
    try:
        said = response.json() if response.body else {}
    except (RecursionError, ValueError):
        said = {}
    said = said if isinstance(said, dict) else {}
    if said.get("error_message") or part(said, "error"):
        error = part(said, "error") or {"message": said.get("error_message")}
        return said, words_of(error)
    return said, ""


def token_in(said: Mapping[str, Any], response: Response) -> Token:
    """Instagram's desk wraps it into a list of one."""
    found = next(iter(listed(said, "data")), said)
    text = text_of(found, "access_token")
    if not 200 <= response.status < 300 or not text or len(text) > oauth.LONGEST_TOKEN:
        raise Unknown("The network's answer holds no token.")
    lasts = found.get("expires_in")
    ends = oauth.fresh_until(lasts, response.headers)
    half = timedelta(seconds=int(str(lasts)) / HALF) if ends else timedelta(0)
    return Token(text, ends, ends - half if ends else None)
