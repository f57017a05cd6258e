"""Signing in at Instagram itself, without a Facebook Page: a short token for the code, a long one for that, renewed before it ends."""

from __future__ import annotations

from collections.abc import Mapping

from stoa.social.networks import graph_signing as desk
from stoa.social.networks.calling import Http, Line
from stoa.social.networks.messages import Granted, Scope

ORIGIN = "https://graph.instagram.com"
WINDOW = "https://www.instagram.com/oauth/authorize"
CODES = "https://api.instagram.com/oauth/access_token"
ASKS = desk.asks("in the app's dashboard under Instagram → API setup with Instagram login, as Instagram app ID")
SCOPES = (
    Scope("instagram_business_basic", "to know which account this is, and to read back its own posts"),
    Scope("instagram_business_content_publish", "to publish"),
    Scope("instagram_business_manage_comments", "to hear what is said below its posts, to answer and to hide"),
    Scope("instagram_business_manage_insights", "to read the numbers of its posts"),
)


def arrive(kept: Mapping[str, str], given: Mapping[str, str], *, back: str, verifier: str, http: Http) -> desk.Token:
    """The long token for the code of the return."""
    code = desk.code_of(kept, given, verifier)
    form = {
        "client_id": kept["client"], "client_secret": kept["secret"], "grant_type": "authorization_code",
        "redirect_uri": back, "code": code, "code_verifier": verifier,
    }  # fmt: skip
    short = desk.first_token(desk.posted(http, CODES, form))
    query = {"grant_type": "ig_exchange_token", "client_secret": kept["secret"], "access_token": short.text}
    return desk.longer_token(desk.asked(http, f"{ORIGIN}/access_token", query))


def refresh(over: Line) -> Granted:
    """A token that is a day old at least, for another sixty days."""
    query = {"grant_type": "ig_refresh_token", "access_token": over.credentials["token"]}
    token = desk.longer_token(desk.asked(over.http, f"{ORIGIN}/refresh_access_token", query))
    return Granted({**over.credentials, "token": token.text}, token.fresh_until, token.ends_at)
