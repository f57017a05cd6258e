"""Signing in at Threads: its own window, a short token for the code, a long one for that, renewed before it ends."""

from __future__ import annotations

from collections.abc import Mapping

from stoa.social.networks import graph_signing as desk
from stoa.social.networks.calling import Http, Line
from stoa.social.networks.messages import Granted, Scope

ORIGIN = "https://graph.threads.com"
WINDOW = "https://threads.com/oauth/authorize"
ASKS = desk.asks("in the app's dashboard under Use cases → Access the Threads API → Settings, as Threads app ID")
SCOPES = (
    Scope("threads_basic", "to know which account this is, and to read back its own posts"),
    Scope("threads_content_publish", "to publish"),
    Scope("threads_read_replies", "to hear what is answered"),
    Scope("threads_manage_replies", "to answer, and to hide what others answer"),
    Scope("threads_manage_mentions", "to hear where the account is mentioned"),
    Scope("threads_manage_insights", "to read the numbers of its posts"),
    Scope("threads_delete", "to take down"),
)


def arrive(kept: Mapping[str, str], given: Mapping[str, str], *, back: str, verifier: str, http: Http) -> desk.Token:
    """The long token for the code of the return."""
    code = desk.code_of(kept, given, verifier)
    form = {
        "client_id": kept["client"], "client_secret": kept["secret"], "code": code,
        "grant_type": "authorization_code", "redirect_uri": back, "code_verifier": verifier,
    }  # fmt: skip
    short = desk.first_token(desk.posted(http, f"{ORIGIN}/oauth/access_token", form))
    query = {"grant_type": "th_exchange_token", "client_secret": kept["secret"], "access_token": short.text}
    return desk.longer_token(desk.asked(http, f"{ORIGIN}/access_token", query))


def refresh(over: Line) -> Granted:
    """A token that is a day old at least, for another sixty days."""
    query = {"grant_type": "th_refresh_token", "access_token": over.credentials["token"]}
    token = desk.longer_token(desk.asked(over.http, f"{ORIGIN}/refresh_access_token", query))
    return Granted({**over.credentials, "token": token.text}, token.fresh_until, token.ends_at)
