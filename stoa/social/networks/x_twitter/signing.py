"""Signing in at X: OAuth 2 with PKCE (docs.x.com, authorization code). A token lasts two hours, and each renewal gives a new refresh
token; the old one is over then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from stoa.social.networks import oauth
from stoa.social.networks.protocol import Field, Granted, Http, Leaving, Line, Reconnect, Refused, Scope

AUTHORISE = "https://x.com/i/oauth2/authorize"
TOKEN, REVOKE = "https://api.x.com/2/oauth2/token", "https://api.x.com/2/oauth2/revoke"
CLIENT_HINT = "in X’s developer console: your app → Keys and tokens → OAuth 2.0"
ASKS = (
    Field("client", "Client ID", hint=CLIENT_HINT, once=True),
    Field("secret", "Client secret", hint="beside it; X shows it once", kind="secret", once=True),
)
FIELDS = (
    Field("client", "Client ID", hint=CLIENT_HINT),
    Field("secret", "Client secret", hint="beside it; X shows it once", kind="secret"),
    Field(
        "refresh",
        "Refresh token",
        hint="of a sign-in elsewhere, for example with X’s own xurl; it works once",
        kind="secret",
    ),
)
SCOPES = (
    Scope("tweet.read", "to look up what became of a post, to hear mentions and to read numbers"),
    Scope("tweet.write", "to publish, to answer and to take down"),
    Scope("users.read", "to know which account this is, and who speaks to it"),
    Scope("media.write", "to send pictures with their descriptions"),
    Scope("offline.access", "to stay signed in for longer than two hours"),
)
NAMES = tuple(scope.name for scope in SCOPES)


def application(known: Mapping[str, str]) -> oauth.Application:
    """With a secret it is a confidential client, which X knows by its header."""
    secret = known.get("secret", "").strip()
    return oauth.Application(known.get("client", "").strip(), secret, basic=bool(secret))


def leave(answers: Mapping[str, str], *, back: str, state: str, verifier: str) -> Leaving:
    ours = application(answers)
    address = oauth.authorise_address(AUTHORISE, ours, back=back, scopes=NAMES, state=state, verifier=verifier)
    return Leaving(address, {"client": ours.id, "secret": ours.secret})


def arrive(kept: Mapping[str, str], given: Mapping[str, str], *, back: str, verifier: str, http: Http) -> Granted:
    tokens = oauth.exchange(http, TOKEN, application(kept), given=given, back=back, verifier=verifier)
    lacking = [name for name in NAMES if tokens.scopes is not None and name not in tokens.scopes]
    if lacking:
        raise Refused(f"X did not allow {', '.join(lacking)}.", mend="Sign in again and allow all of it.")
    return granted(kept, tokens)


def granted(kept: Mapping[str, str], tokens: oauth.Tokens) -> Granted:
    found = {"client": kept["client"], "secret": kept["secret"], "token": tokens.access, "refresh": tokens.refresh}
    return Granted(found, tokens.fresh_until)


def renew(kept: Mapping[str, str], http: Http) -> Granted:
    if not kept.get("refresh"):
        raise Reconnect("X gave nothing to renew this sign-in with.")
    tokens = oauth.renewed(http, TOKEN, application(kept), refresh=kept["refresh"])
    return granted(kept, tokens)


def copied(answers: Mapping[str, str], http: Http) -> Granted:
    """Opened by a refresh token from elsewhere. It is used up by that: what X gives instead is kept."""
    kept = {name: answers[name].strip() for name in ("client", "secret", "refresh")}
    try:
        return renew(kept, http)
    except Reconnect as wrong:
        mend = "Check the client’s id and secret, and take a fresh refresh token: each works once."
        raise Refused("X does not accept this refresh token.", mend=mend) from wrong


def known_as(opened: Granted, account: str, handle: str) -> Granted:
    return replace(opened, credentials={**opened.credentials, "account": account, "handle": handle})


def revoke(over: Line) -> None:
    """Both are given back: either alone would leave the other."""
    kept = over.credentials
    for name, kind in (("refresh", "refresh_token"), ("token", "access_token")):
        if kept.get(name):
            oauth.give_back(over.http, REVOKE, application(kept), token=kept[name], kind=kind)
