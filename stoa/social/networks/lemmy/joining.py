"""Connecting: signing in with name and password, and finding the community to write in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from stoa.social.networks.given import part, word
from stoa.social.networks.lemmy import wire
from stoa.social.networks.lemmy.listening import number_of
from stoa.social.networks.protocol import (
    Account,
    Field,
    Gone,
    Granted,
    Http,
    Line,
    Reconnect,
    Refused,
    TryLater,
    Unknown,
)

LONGEST = 200
FIELDS = (
    Field("server", "Server", hint="of the account, for example https://lemmy.world", kind="url"),
    Field("account", "User name"),
    Field("password", "Password", hint="used once and not kept", kind="secret"),
    Field("community", "Community", hint="for example !repair@lemmy.world"),
)


def connect(answers: Mapping[str, str], http: Http) -> tuple[Account, Granted]:
    server = wire.origin_of(answers["server"])
    line = Line(http, {"server": server, "token": sign_in(server, answers["account"], answers["password"], http)})
    person = own_person(line)
    community = community_of(answers["community"], line)
    named = {"person": str(number_of(person)), "community": str(number_of(community))}
    return account_of(community), Granted({**line.credentials, **named})


def account_of(community: Mapping[str, Any]) -> Account:
    """The channel is the community: its actor's address is the same everywhere."""
    if not (address := word(community, "actor_id")):
        raise TryLater("The server does not say which community this is.", after=600.0)
    handle = f"{word(community, 'name')}@{wire.host_of(address)}"
    return Account(address, handle, word(community, "title") or handle, word(community, "icon"), address)


def sign_in(server: str, account: str, password: str, http: Http) -> str:
    body = {"username_or_email": account.strip().lstrip("@").partition("@")[0], "password": password}
    try:
        found = wire.write(Line(http, {"server": server}), "POST", "user/login", body)
    except Unknown as trouble:
        raise TryLater(trouble.reason, after=60.0) from trouble
    except Reconnect as wrong:
        said = "This server does not accept this name and password, or has closed the account."
        raise Refused(said, mend="Check both, and sign in there once.") from wrong
    except Refused as refused:
        if "totp" not in refused.reason:
            raise
        mend = "Use an account of its own for Stoa, without a second factor."
        raise Refused("This account asks for a code at every sign-in.", mend=mend) from refused
    token = found.get("jwt") if isinstance(found, dict) else None
    if not isinstance(token, str) or not token:
        raise Refused(
            "This account is not ready yet.", mend="Confirm its e-mail address, or wait until it is approved."
        )
    return token


def own_person(over: Line) -> Mapping[str, Any]:
    """Who we are there. A server answers a stranger too, without naming anybody."""
    person = part(wire.read(over, "site"), "my_user", "local_user_view", "person")
    if not number_of(person):
        raise Reconnect("The server no longer accepts this account.")
    return person


def community_of(typed: str, over: Line) -> Mapping[str, Any]:
    name = typed.strip().rstrip("/").lstrip("!")
    if "/c/" in name:  # an address: of another server it ends with @host, of its own it has none
        parts = urlsplit(name if "://" in name else f"https://{name}")
        name = parts.path.rpartition("/c/")[2]
        name = name if "@" in name else f"{name}@{parts.netloc}"
    if not name or "/" in name:
        raise Refused("This is no community.", mend="Write it like !repair@lemmy.world.")
    try:
        found = part(wire.read(over, "community", name=name), "community_view", "community")
    except Gone as gone:
        mend = "Check its name, and open it once on your own server, so that it is known there."
        raise Refused("Your server does not know this community.", mend=mend) from gone
    address = str(found.get("actor_id") or "")
    if not number_of(found) or not address.startswith("http") or len(address) > LONGEST:
        raise TryLater("The server did not say which community this is.", after=60.0)
    if found.get("deleted") or found.get("removed"):
        raise Refused("This community was closed.", mend="Choose another one.")
    return found
