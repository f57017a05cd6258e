"""Connecting: finding the home server, signing in, entering the room, and looking whether one can write in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote

from stoa.social.networks.given import part
from stoa.social.networks.matrix import wire
from stoa.social.networks.matrix.contents import digest
from stoa.social.networks.protocol import (
    Account,
    Field,
    Gone,
    Granted,
    Http,
    Line,
    Reconnect,
    Refused,
    Trouble,
    TryLater,
    Unknown,
)

WEB = "https://matrix.to/#/"
LONGEST = 200  # characters of a room's id that are kept here; those that servers give have about 45
FIELDS = (
    Field("server", "Home server", hint="of the account, for example https://matrix.org", kind="url"),
    Field("account", "Account", hint="for example @porch:matrix.org"),
    Field("secret", "Its access token or its password", hint="a password is used once and not kept", kind="secret"),
    Field("room", "Room", hint="its address, for example #porch:matrix.org, or its id"),
)


def connect(answers: Mapping[str, str], http: Http) -> tuple[Account, Granted]:
    room = room_of(answers["room"])
    server = home_of(wire.origin_of(answers["server"]), http)
    granted = sign_in(Line(http, {"server": server, "room": room}), answers["account"], answers["secret"].strip())
    line = Line(http, granted.credentials)
    entered = enter(line, room)
    granted = replace(granted, credentials={**granted.credentials, "room": entered})
    line = Line(http, granted.credentials)
    check_room(line)
    return account_of(line), granted


def room_of(typed: str) -> str:
    """A room's address or id, also out of a matrix.to link."""
    room = unquote(typed.strip().removeprefix(WEB)).partition("?")[0].partition("/")[0]
    if room[:1] not in ("#", "!") or len(room) > LONGEST or (room[0] == "#" and ":" not in room):
        raise Refused(
            "This is no room.", mend="Write its address like #porch:matrix.org, or its id, which begins with !."
        )
    return room


def home_of(server: str, http: Http) -> str:
    """Where the server that people name really answers (`.well-known`); as it was typed when it does not say."""
    try:
        found = wire.read(Line(http, {"server": server}), "matrix/client", under=".well-known")
        named = str(part(found, "m.homeserver").get("base_url") or "") if isinstance(found, dict) else ""
    except Trouble:
        return server
    if not named or (server.startswith("https://") and named.strip().lower().startswith("http://")):
        return server
    return wire.origin_of(named)


def sign_in(over: Line, account: str, secret: str) -> Granted:
    """With an access token; when it is none, with a password, on a device of its own for each room."""
    try:
        found = wire.read(Line(over.http, {**over.credentials, "token": secret}), "account/whoami")
    except Reconnect:
        return log_in(over, account, secret)
    user = str(found.get("user_id") or "") if isinstance(found, dict) else ""
    if not is_same(account, user):
        raise Refused(
            f"This access token is of {user}.", mend="Write that account, or copy the token of the other one."
        )
    return Granted({**over.credentials, "token": secret, "user": user})


def is_same(typed: str, user: str) -> bool:
    name = typed.strip().lstrip("@").lower()
    return name in (user.lstrip("@").lower(), user.lstrip("@").partition(":")[0].lower())


def log_in(over: Line, account: str, password: str) -> Granted:
    name = account.strip()
    body = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": name if ":" in name else name.lstrip("@")},
        "password": password,
        "device_id": f"STOA{digest(over.credentials['room'], name)[:12]}",
        "initial_device_display_name": "Stoa",
        "refresh_token": True,
    }
    try:
        return opened(over, "login", body)
    except Unknown as trouble:
        raise TryLater(trouble.reason, after=60.0) from trouble
    except wire.Denied as wrong:
        said = "This server accepts neither the access token nor the password of this account."
        raise Refused(said, mend="Check account and server, and copy the token again.") from wrong
    except Refused as refused:
        mend = "This server wants no password from programs: use an access token."
        raise Refused(refused.reason, mend=mend) from refused


def renewed(over: Line) -> Granted:
    """The old refresh token stands until the new one is used, so that asking twice is harmless."""
    if "refresh" not in over.credentials:
        wire.read(over, "account/whoami")
        return Granted(dict(over.credentials))
    bare = Line(over.http, {name: value for name, value in over.credentials.items() if name != "token"})
    try:
        return opened(bare, "refresh", {"refresh_token": over.credentials["refresh"]})
    except Unknown as trouble:
        raise TryLater(trouble.reason, after=60.0) from trouble
    except Reconnect as over_now:
        raise Reconnect("The session of this account is over.") from over_now


def opened(over: Line, path: str, body: Mapping[str, Any]) -> Granted:
    """What opens the account, out of an answer that grants it. Without an end the token is good until it is taken back."""
    response = over.http.request(
        "POST", f"{over.credentials['server']}/{wire.CLIENT}/{path}", json=body, timeout=wire.SECONDS
    )
    found = wire.answer_of(response, over)
    if not isinstance(found, dict) or not found.get("access_token"):
        raise Unknown("The server's answer grants nothing.")
    kept = {"token": str(found["access_token"])}
    kept |= {"user": str(found["user_id"])} if found.get("user_id") else {}
    kept |= {"refresh": str(found["refresh_token"])} if found.get("refresh_token") else {}
    return Granted({**over.credentials, **kept}, wire.end_of(response, found.get("expires_in_ms")))


def enter(over: Line, room: str) -> str:
    """The room's id, once the account is in it: entering where one is already changes nothing."""
    host = room.partition(":")[2]
    via = f"?via={quote(host, safe='')}" if host else ""
    try:
        found = wire.write(over, "POST", f"join/{quote(room, safe='')}{via}", {})
    except Unknown as trouble:
        raise TryLater(trouble.reason, after=60.0) from trouble
    except Gone as gone:
        raise Refused("There is no such room.", mend="Copy its address from the room's settings.") from gone
    except wire.Denied as denied:
        mend = f"Invite {over.credentials['user']} into the room, then connect again."
        raise Refused(f"The account may not enter this room: {denied.reason}", mend=mend) from denied
    except Refused as refused:
        mend = f"Check the room's address, and whether {over.credentials['user']} was banned there."
        raise Refused(refused.reason, mend=mend) from refused
    id = str(found.get("room_id") or "") if isinstance(found, dict) else ""
    if not id.startswith("!") or len(id) > LONGEST:
        raise TryLater("The server did not say which room this is.", after=60.0)
    return id


def check_room(over: Line) -> None:
    """Raises when nothing can be published here."""
    try:
        trouble: Trouble | None = closed_to_us(over)
    except wire.Denied as denied:
        trouble = why_denied(denied, over)
    if trouble:
        raise trouble


def closed_to_us(over: Line) -> Refused | None:
    """Why nothing can be published in this room, whoever may write there; None when it can."""
    if (gone := wire.state(over, "m.room.tombstone")) is not None:
        newer = str(gone.get("replacement_room") or "")
        mend = f"Connect the newer room{f' ({newer})' if newer else ''} as a channel of its own."
        return Refused("This room was replaced by a newer one.", mend=mend)
    if wire.state(over, "m.room.encryption") is not None:
        mend = "Choose a room without encryption: it cannot be switched off again in this one."
        return Refused("This room is encrypted: Stoa holds no keys, and would write in the open.", mend=mend)
    return None


def why_denied(denied: wire.Denied, over: Line) -> Trouble:
    """What the server's no means: thrown out, a room that is over, or no right to write."""
    return thrown_out(over) or closed_to_us(over) or denied


def thrown_out(over: Line) -> Reconnect | None:
    """None while the account is in the room."""
    try:
        own = wire.state(over, "m.room.member", over.credentials["user"]) or {}
    except wire.Denied:
        return Reconnect("This account is not in the room any more: it was banned, or the room is closed to it.")
    if own.get("membership") == "join":
        return None
    reason = f" (“{own['reason']}”)" if own.get("reason") else ""
    return Reconnect(f"This account is not in the room any more{reason}: invite it again, then connect again.")


def account_of(over: Line) -> Account:
    """The channel is the room: its id stays, its address and name may change."""
    room = over.credentials["room"]
    if (wire.state(over, "m.room.create") or {}).get("type") == "m.space":
        raise Refused("This is a space, in which nobody writes.", mend="Choose one of its rooms.")
    alias = str((wire.state(over, "m.room.canonical_alias") or {}).get("alias") or "")
    name = str((wire.state(over, "m.room.name") or {}).get("name") or "")
    return Account(
        room, (alias or room).lstrip("#"), name or alias or room, address=WEB + quote(alias or room, safe="!#:")
    )
