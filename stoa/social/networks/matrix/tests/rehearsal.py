"""A small home server in memory that answers as Synapse 1.163.2 was seen to answer (see `recorded.json` and `test_realnet`)."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from stoa.social.networks.protocol import Response
from stoa.social.networks.rehearsing import Rehearsal, Reply, Shown

SERVER = "https://matrix.test"
BOT, ROSA = "@porch:matrix.test", "@rosa:matrix.test"
ROOM, ALIAS = "!announcements", "#announcements:matrix.test"
PASSWORD, TOKEN = "a long enough password", "syt_access_of_the_bot_number_0"
ADDRESS = ("https://matrix.to/#/!announcements/$1?via=matrix.test", "$1", "")  # an address, its post and its account
NOON = 1_772_366_400_000  # 1 March 2026, 12:00 UTC


def said(status: int, body: Any) -> Reply:
    return Reply(status, json.dumps(body).encode(), {"date": "Sun, 01 Mar 2026 12:00:00 GMT"})


def no(status: int, code: str, error: str, **more: Any) -> Reply:
    return said(status, {"errcode": code, "error": error, **more})


@dataclass
class SmallServer:
    """`events` of the one room, oldest first; `sent`: what a transaction has made; `state` of the room by its kind."""

    events: list[dict[str, Any]] = field(default_factory=list)
    sent: dict[str, str] = field(default_factory=dict)
    stored: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    state: dict[str, dict[str, Any]] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=lambda: {BOT: "invite", ROSA: "join"})
    tokens: list[str] = field(default_factory=lambda: [TOKEN])
    refresh: str = "syr_refresh_of_the_bot_number_0"
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self.state |= {"m.room.name": {"name": "Announcements"}, "m.room.create": {"room_version": "12"}}
        self.state["m.room.canonical_alias"] = {"alias": ALIAS}

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        json: Any = None,
        timeout: float | None = None,
    ) -> Response:
        parts, sent = urlsplit(url), headers or {}
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        path = [unquote(each) for each in re.sub(r"^/_matrix/(client|media)/v\d/", "", parts.path).split("/")]
        if parts.path.startswith("/.well-known"):
            return no(404, "M_NOT_FOUND", ".well-known not available")
        if path[0] in ("login", "refresh"):
            return self.open(json) if path[0] == "login" else self.renew(json)
        token = sent.get("authorization", "").removeprefix("Bearer ")
        if token not in self.tokens:
            return no(401, "M_UNKNOWN_TOKEN", "Invalid access token passed.", soft_logout=False)
        if path[0] == "rooms":
            return self.in_room(method, path[2:], query, json)
        if path[0] == "upload":
            return self.store(content or b"", sent["content-type"])
        return self.elsewhere(path, query)

    def elsewhere(self, path: list[str], query: Mapping[str, str]) -> Reply:
        if path[0] == "join":
            return self.join(path[1])
        if path[0] == "sync":
            return said(200, self.sync(query))
        if path == ["media", "config"]:
            return said(200, {"m.upload.size": 52428800})
        return said(200, {"user_id": BOT, "is_guest": False, "device_id": "STOA"})

    def open(self, body: Mapping[str, Any]) -> Reply:
        if (body["identifier"]["user"], body["password"]) not in ((BOT, PASSWORD), ("porch", PASSWORD)):
            return no(403, "M_FORBIDDEN", "Invalid username or password")
        return said(200, {"user_id": BOT, "device_id": body["device_id"], "home_server": "matrix.test", **self.grant()})

    def renew(self, body: Mapping[str, Any]) -> Reply:
        if body["refresh_token"] != self.refresh:
            return no(401, "M_UNKNOWN_TOKEN", "invalid refresh token")
        return said(200, self.grant())

    def grant(self) -> dict[str, Any]:
        number = next(self.numbers)
        self.tokens.append(f"syt_access_of_the_bot_number_{number}")
        self.refresh = f"syr_refresh_of_the_bot_number_{number}"
        return {"access_token": self.tokens[-1], "refresh_token": self.refresh, "expires_in_ms": 300000}

    def join(self, room: str) -> Reply:
        if room not in (ROOM, ALIAS):
            return no(404, "M_NOT_FOUND", f"Room alias {room} not found")
        if self.members.get(BOT) not in ("invite", "join"):
            return no(403, "M_FORBIDDEN", "You are not invited to this room.")
        self.members[BOT] = "join"
        return said(200, {"room_id": ROOM})

    def store(self, content: bytes, mime: str) -> Reply:
        place = f"mxc://matrix.test/{len(self.stored)}"
        self.stored[place] = (content, mime)
        return said(200, {"content_uri": place})

    def in_room(self, method: str, path: list[str], query: Mapping[str, str], body: Any) -> Reply:
        if path[0] == "state":
            return self.tell(path[1], path[2] if len(path) > 2 else "")
        if method == "PUT" and self.members[BOT] != "join":
            return no(403, "M_FORBIDDEN", f"User {BOT} not in room {ROOM}")
        if path[0] == "send":
            return self.send(BOT, body, transaction=path[2])
        if path[0] == "redact":
            return self.redact(path[1])
        if path[0] == "relations":
            return said(200, {"chunk": self.related(path[1], path[2])[::-1]})
        if path[0] == "messages":
            return said(200, self.page(query))
        found = self.find(path[1])
        return said(200, self.shown(found)) if found else no(404, "M_NOT_FOUND", "Event not found.")

    def tell(self, kind: str, key: str) -> Reply:
        if kind == "m.room.member":
            if self.members[key] == "ban":
                return no(403, "M_FORBIDDEN", f"User {BOT} not in room {ROOM}, and room previews are disabled")
            return said(200, {"membership": self.members[key]})
        found = self.state.get(kind)
        return no(404, "M_NOT_FOUND", "Event not found.") if found is None else said(200, found)

    def send(
        self, sender: str, content: dict[str, Any], *, transaction: str = "", kind: str = "m.room.message"
    ) -> Reply:
        if transaction and transaction in self.sent:
            return said(200, {"event_id": self.sent[transaction]})
        if len(json.dumps(content, ensure_ascii=False).encode()) > 65_000:
            return no(413, "M_TOO_LARGE", "event too large")
        number = next(self.numbers)
        event = {"event_id": f"${number}", "sender": sender, "type": kind, "content": content}
        self.events.append({**event, "origin_server_ts": NOON + number * 1000, "unsigned": {}})
        self.sent[transaction] = event["event_id"]  # type: ignore[assignment]
        return said(200, {"event_id": event["event_id"]})

    def redact(self, id: str) -> Reply:
        found = self.find(id)
        if found is None:
            return no(404, "M_NOT_FOUND", f"Could not find event {id}")
        found |= {"content": {}, "redacted_because": {"type": "m.room.redaction"}}
        return said(200, {"event_id": f"${next(self.numbers)}"})

    def find(self, id: str) -> dict[str, Any] | None:
        return next((each for each in self.events if each["event_id"] == id), None)

    def related(self, id: str, how: str) -> list[dict[str, Any]]:
        wanted = {"event_id": id, "rel_type": how}
        return [each for each in self.events if wanted.items() <= each["content"].get("m.relates_to", {}).items()]

    def shown(self, event: Mapping[str, Any]) -> dict[str, Any]:
        thread = self.related(event["event_id"], "m.thread")
        relations: dict[str, Any] = {"m.thread": {"count": len(thread)}} if thread else {}
        if edits := self.related(event["event_id"], "m.replace"):
            relations["m.replace"] = edits[-1]
        return {**event, "room_id": ROOM, "unsigned": {"m.relations": relations} if relations else {}}

    def page(self, query: Mapping[str, str]) -> dict[str, Any]:
        """Backwards from a place, which is a number of events."""
        wanted, end = json.loads(query["filter"]), int(query.get("from", len(self.events)))
        start = int(query.get("to", 0))
        chosen = range(end - 1, start - 1, -1)
        senders, limit = wanted.get("senders"), int(query["limit"])
        found = [at for at in chosen if not senders or self.events[at]["sender"] in senders][:limit]
        more = {"end": str(found[-1])} if len(found) == limit else {}
        return {"chunk": [self.shown(self.events[at]) for at in found], "start": str(end), **more}

    def sync(self, query: Mapping[str, str]) -> dict[str, Any]:
        since, limit = int(query.get("since", 0)), json.loads(query["filter"])["room"]["timeline"]["limit"]
        first = max(since, len(self.events) - limit)
        timeline = {"events": self.events[first:], "limited": first > since, "prev_batch": str(first)}
        name = {"type": "m.room.member", "state_key": ROSA, "content": {"membership": "join", "displayname": "Rosa"}}
        joined = sum(each == "join" for each in self.members.values())
        room = {"timeline": timeline, "state": {"events": [name]}, "summary": {"m.joined_member_count": joined}}
        place = "join" if self.members[BOT] == "join" else "leave"
        return {"next_batch": str(len(self.events)), "rooms": {place: {ROOM: room}}}

    def overhear(self, id: str, text: str) -> str:
        """A stranger answers a message in its thread."""
        relation = {"rel_type": "m.thread", "event_id": id, "is_falling_back": True, "m.in_reply_to": {"event_id": id}}
        return str(self.send(ROSA, {"msgtype": "m.text", "body": text, "m.relates_to": relation}).json()["event_id"])

    def stand(self) -> list[dict[str, Any]]:
        """The posts of the bot that stand."""
        return [each for each in self.events if each["sender"] == BOT and "stoa.post" in each["content"]]


ANSWERS = {"server": SERVER, "account": BOT, "secret": PASSWORD, "room": ALIAS}


@contextmanager
def rehearse() -> Iterator[Rehearsal]:
    server = SmallServer()
    yield Rehearsal(server, ANSWERS, lambda: len(server.stand()), server.overhear, shown=lambda: shown(server))


def shown(server: SmallServer) -> list[Shown]:
    """A post is its words as last edited, and the captions of the pictures that it names."""
    found = []
    for event in server.stand():
        edits = server.related(event["event_id"], "m.replace")
        content = edits[-1]["content"]["m.new_content"] if edits else event["content"]
        named = [server.find(each) or {} for each in event["content"]["stoa.post"].get("pictures", [])]
        pictures = [each["content"] for each in (*named, event) if each["content"].get("msgtype") == "m.image"]
        found.append(Shown(content["body"], tuple(each["body"] for each in pictures)))
    return found
