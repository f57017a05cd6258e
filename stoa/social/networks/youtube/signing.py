"""Signing in at Google: OAuth 2 with PKCE, offline (developers.google.com/identity/protocols/oauth2/web-server). A token lasts an hour;
what renews it lasts until it is taken back, but only seven days while Google's project is in testing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from stoa.social.networks import oauth
from stoa.social.networks.protocol import (
    Account,
    Field,
    Gone,
    Granted,
    Http,
    Leaving,
    Line,
    Reconnect,
    Refused,
    Scope,
)
from stoa.social.networks.youtube import wire

AUTHORISE = "https://accounts.google.com/o/oauth2/v2/auth"
TOKEN, REVOKE = "https://oauth2.googleapis.com/token", "https://oauth2.googleapis.com/revoke"
CONSOLE = "at console.cloud.google.com: APIs & Services → Credentials → OAuth client ID, type Web application"
PRIVACY = (
    ("public", "Public: Google has audited the project"),
    ("unlisted", "Unlisted: whoever has the address. Google has audited the project"),
    ("private", "Private: Google has not audited it. You make each video public in YouTube Studio"),
)
PROJECT = (
    Field("client", "Client ID", hint=CONSOLE, once=True),
    Field("secret", "Client secret", hint="beside it", kind="secret", once=True),
    Field("privacy", "What this project may publish", default="private", once=True, choices=PRIVACY),
)
ASKS = PROJECT
FIELDS = (
    *(replace(each, once=False) for each in PROJECT),
    Field("refresh", "Refresh token", hint="from Google’s OAuth Playground, with your own client", kind="secret"),
)
SCOPES = (
    Scope(
        "https://www.googleapis.com/auth/youtube.force-ssl",
        "to upload, correct and take down videos, and to hear and answer comments: Google has no smaller one for comments",
    ),
)
NAMES = tuple(scope.name for scope in SCOPES)


def application(kept: Mapping[str, str]) -> oauth.Application:
    return oauth.Application(kept.get("client", "").strip(), kept.get("secret", "").strip())


def leave(answers: Mapping[str, str], *, back: str, state: str, verifier: str) -> Leaving:
    """Google gives what renews only to who is asked anew, and offline."""
    ours = application(answers)
    address = oauth.authorise_address(
        AUTHORISE,
        ours,
        back=back,
        scopes=NAMES,
        state=state,
        verifier=verifier,
        access_type="offline",
        prompt="consent",
    )
    return Leaving(address, {"client": ours.id, "secret": ours.secret, "privacy": privacy_of(answers)})


def privacy_of(answers: Mapping[str, str]) -> str:
    """The most private of all, where nothing that is known was chosen."""
    chosen = answers.get("privacy", "").strip()
    return chosen if chosen in dict(PRIVACY) else "private"


def arrive(
    kept: Mapping[str, str], given: Mapping[str, str], *, back: str, verifier: str, http: Http
) -> tuple[tuple[Account, Granted], ...]:
    if refused := oauth.refusal_of(given):
        raise refused
    tokens = oauth.exchange(http, TOKEN, application(kept), given=given, back=back, verifier=verifier)
    if tokens.scopes is not None and not set(NAMES) <= set(tokens.scopes):
        raise Refused("Google was not allowed to let Stoa in.", mend="Sign in again, and tick what is asked.")
    if not tokens.refresh:
        raise Refused(
            "Google gave nothing to renew this sign-in with.",
            mend="Remove Stoa in your Google account, then sign in again.",
        )
    return opened(granted(kept, tokens), http)


def copied(answers: Mapping[str, str], http: Http) -> tuple[Account, Granted]:
    kept = {name: answers[name].strip() for name in ("client", "secret", "refresh")} | {"privacy": privacy_of(answers)}
    try:
        return opened(renew(kept, http), http)[0]
    except Reconnect as wrong:
        mend = "Check the client’s id and secret, and make the refresh token with that same client."
        raise Refused("Google does not accept this refresh token.", mend=mend) from wrong


def granted(kept: Mapping[str, str], tokens: oauth.Tokens) -> Granted:
    found = {name: kept[name] for name in ("client", "secret", "privacy", "channel", "uploads") if name in kept}
    return Granted(
        found | {"token": tokens.access, "refresh": tokens.refresh}, tokens.fresh_until, ends_at=ends_of(tokens)
    )


def ends_of(tokens: oauth.Tokens) -> datetime | None:
    """Google says it only where a person has allowed it for a time."""
    lasts: Any = tokens.said.get("expires_in")
    if tokens.fresh_until is None or not isinstance(lasts, int) or isinstance(lasts, bool):
        return None
    began = tokens.fresh_until - timedelta(seconds=lasts)
    return oauth.fresh_until(tokens.said.get("refresh_token_expires_in"), {}, at=began)


def renew(kept: Mapping[str, str], http: Http) -> Granted:
    return granted(kept, oauth.renewed(http, TOKEN, application(kept), refresh=kept["refresh"]))


def revoke(over: Line) -> None:
    """What renews is given back, and all that it made with it."""
    kept = over.credentials
    oauth.give_back(over.http, REVOKE, application(kept), token=kept["refresh"])


def opened(granted: Granted, http: Http) -> tuple[tuple[Account, Granted], ...]:
    try:
        found = channels(Line(http, granted.credentials))
    except (Gone, Reconnect) as wrong:
        mend = "Look at the account at YouTube: it needs a channel that stands. Then sign in again."
        raise Refused(f"There is no channel to open: {wrong.reason}", mend) from wrong
    kept = granted.credentials
    return tuple(
        (account, replace(granted, credentials={**kept, "channel": account.id, "uploads": uploads}))
        for account, uploads in found
    )


def channels(over: Line) -> list[tuple[Account, str]]:
    """The channel that signed in, and the list of its uploads."""
    items = wire.listed(wire.read(over, "channels", part="snippet,contentDetails", mine="true"), "items")
    found = [(account_of(each), uploads_of(each)) for each in items if wire.id_of(each)]
    if not found:
        raise Gone("This Google account has no YouTube channel.")
    return found


def account_of(channel: Mapping[str, Any]) -> Account:
    snippet, id = wire.part(channel, "snippet"), wire.id_of(channel)
    handle = wire.text_of(snippet, "customUrl").removeprefix("@")[:100]
    avatar = wire.text_of(wire.part(wire.part(snippet, "thumbnails"), "default"), "url")
    address = f"https://www.youtube.com/channel/{id}"
    return Account(id, handle or id, wire.text_of(snippet, "title")[:200], wire.web(avatar), address)


def uploads_of(channel: Mapping[str, Any]) -> str:
    return wire.id_of(wire.part(wire.part(channel, "contentDetails"), "relatedPlaylists"), "uploads")
