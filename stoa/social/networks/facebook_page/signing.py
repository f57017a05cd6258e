"""Signing in at Facebook: the person's token for the code, a long one for that, and with it a token for each page that they look after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from stoa.social.networks import graph_signing as desk
from stoa.social.networks.calling import Http, Line
from stoa.social.networks.facebook_page.wire import GRAPH, account_of
from stoa.social.networks.graph import id_of, listed, part, text_of, whole
from stoa.social.networks.messages import Account, Granted, Scope
from stoa.social.networks.trouble import Refused, Trouble

WINDOW = "https://www.facebook.com/v25.0/dialog/oauth"
ASKS = desk.asks("in the app's dashboard under App settings → Basic, as App ID")
SCOPES = (
    Scope("pages_show_list", "to know which pages you look after"),
    Scope("pages_manage_posts", "to publish, to edit and to take down"),
    Scope("pages_read_engagement", "to read back the page's own posts"),
    Scope("pages_read_user_content", "to hear what is said below them and of the page"),
    Scope("pages_manage_engagement", "to answer, and to hide what others answer"),
    Scope("read_insights", "to read the numbers of its posts"),
)
MAY_WRITE = "CREATE_CONTENT"
MOST = 100


def arrive(
    kept: Mapping[str, str], given: Mapping[str, str], *, back: str, verifier: str, http: Http
) -> tuple[tuple[Account, Granted], ...]:
    """Every page that this person may publish for."""
    app = {"client_id": kept["client"], "client_secret": kept["secret"]}
    code = {"redirect_uri": back, "code": desk.code_of(kept, given, verifier), "code_verifier": verifier}
    tokens = f"{GRAPH.address}/oauth/access_token"
    short = desk.first_token(desk.asked(http, tokens, app | code))
    longer = {"grant_type": "fb_exchange_token", "fb_exchange_token": short.text}
    person = Line(http, {"token": desk.longer_token(desk.asked(http, tokens, app | longer)).text})
    fields = "id,name,username,link,tasks,access_token,picture{url,is_silhouette}"
    found = [
        each for each in listed(GRAPH.read(person, "me/accounts", fields=fields, limit=MOST), "data") if is_ours(each)
    ]
    if not found:
        said = "You look after no page there that may be published to."
        raise Refused(said, "Choose at least one page in Facebook's window, with the task to create content.")
    ends = told_end(text_of(found[0], "access_token"), kept, http)
    return tuple((account_of(each), granted(text_of(each, "access_token"), id_of(each), ends)) for each in found)


def is_ours(page: Mapping[str, Any]) -> bool:
    tasks = page.get("tasks")
    return bool(id_of(page) and text_of(page, "access_token")) and isinstance(tasks, list) and MAY_WRITE in tasks


def granted(token: str, page: str, ends: datetime | None) -> Granted:
    """A page's token is not renewed: its end is kept beside it."""
    kept = {"token": token, "account": page} | ({"ends": ends.isoformat()} if ends else {})
    return Granted(kept, None, ends)


def told_end(token: str, kept: Mapping[str, str], http: Http) -> datetime | None:
    """When the token, or what it may read, is over (`debug_token`); None where that is not told. What was not allowed is refused."""
    asking = Line(http, {"token": f"{kept['client']}|{kept['secret']}"})
    try:
        said = part(GRAPH.read(asking, "debug_token", input_token=token), "data")
    except Trouble:
        return None
    allowed = said.get("scopes")
    lacking = [each.name for each in SCOPES if each.name not in allowed] if isinstance(allowed, list) else []
    if lacking:
        raise Refused(f"Facebook did not allow {', '.join(lacking)}.", "Sign in again and allow all of it.")
    ends = whole(said.get("expires_at")) or whole(said.get("data_access_expires_at")) or 0
    try:
        return datetime.fromtimestamp(ends, UTC) if ends > 0 else None
    except (OSError, OverflowError, ValueError):
        return None


def still(over: Line) -> Granted:
    """The same token, asked whether it stands."""
    GRAPH.read(over, over.credentials["account"], fields="id")
    ends = over.credentials.get("ends")
    return Granted(dict(over.credentials), None, datetime.fromisoformat(ends) if ends else None)
