"""A small Discord in memory that answers as its documents say: one channel, a bot, nonces, references."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from typing import Any
from urllib.parse import parse_qs, urlsplit

from stoa.social.networks.protocol import Response
from stoa.social.networks.rehearsing import RENAMED, Rehearsal, Reply, Shown

TOKEN = "the token of the guild's bot"
ROOM, GUILD, BOT = "500", "400", "300"
PEOPLE = {BOT: "guildbot", "301": "rosa"}
MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)


def said(status: int, body: Any) -> Reply:
    return Reply(status, json.dumps(body).encode())


@dataclass
class SmallServer:
    """`messages` by id, oldest first; `nonces`: what one has made."""

    messages: dict[str, dict[str, Any]] = field(default_factory=dict)
    nonces: dict[str, str] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1000))
    name: str = "announcements"
    fate: str = ""

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
        if sent.get("authorization") != f"Bot {TOKEN}" or self.fate == "revoked":
            return said(401, {"message": "401: Unauthorized", "code": 0})
        path = parts.path.removeprefix("/api/v10/").split("/")
        if path == ["users", "@me"]:
            return said(200, {"id": BOT, "username": PEOPLE[BOT]})
        if path == ["guilds", GUILD]:
            return said(200, {"id": GUILD, "name": "The Guild"})
        if self.fate == "locked":
            return said(403, {"message": "Missing Access", "code": 50001})
        if path[:2] != ["channels", ROOM] or self.fate == "deleted":
            return said(404, {"message": "Unknown Channel", "code": 10003})
        if len(path) == 2:
            return said(200, {"id": ROOM, "guild_id": GUILD, "name": self.name})
        if len(path) == 4:
            return self.of_one(method, path[3], json)
        if method == "GET":
            return said(200, self.page(parse_qs(parts.query)))
        return self.write(BOT, *parsed(content, sent["content-type"]) if content else (json, []))

    def of_one(self, method: str, id: str, body: Any) -> Reply:
        if id not in self.messages:
            return said(404, {"message": "Unknown Message", "code": 10008})
        if method == "DELETE":
            self.messages.pop(id)
            return Reply(204)
        if method == "PATCH":
            self.messages[id] |= {"content": body["content"], "edited_timestamp": "2026-03-01T13:00:00+00:00"}
        return said(200, self.messages[id])

    def write(self, author: str, body: Mapping[str, Any], files: list[int]) -> Reply:
        nonce = str(body.get("nonce") or "")
        if nonce and body.get("enforce_nonce") and self.nonces.get(nonce) in self.messages:
            return said(200, self.messages[self.nonces[nonce]])
        answered = (body.get("message_reference") or {}).get("message_id")
        if answered and answered not in self.messages:
            wrong = {"message_reference": {"_errors": [{"code": "MESSAGE_REFERENCE_UNKNOWN_MESSAGE"}]}}
            return said(400, {"message": "Invalid Form Body", "code": 50035, "errors": wrong})
        if len(body["content"]) > 2000:
            return said(400, {"message": "Invalid Form Body", "code": 50035})
        id = str(next(self.numbers))
        told = body.get("attachments") or []
        self.messages[id] = {
            "id": id, "author": {"id": author, "username": PEOPLE[author]}, "content": body["content"], "mentions": [],
            "timestamp": (MADE + timedelta(seconds=int(id) - 1000)).isoformat(), "edited_timestamp": None,
            "referenced_message": self.messages[answered] if answered else None,
            "attachments": [{**each, "size": files[each["id"]]} for each in told],
        }  # fmt: skip
        self.nonces[nonce] = id
        return said(200, self.messages[id])

    def page(self, query: Mapping[str, list[str]]) -> list[dict[str, Any]]:
        limit, rows = int(query["limit"][0]), list(self.messages.values())
        if "after" in query:
            return [one for one in rows if int(one["id"]) > int(query["after"][0])][:limit][::-1]
        before = int(query.get("before", ["999999"])[0])
        return [one for one in rows if int(one["id"]) < before][-limit:][::-1]

    def befall(self, what: str) -> None:
        self.name, self.fate = (RENAMED, "") if what == "renamed" else (self.name, what)

    def overhear(self, id: str, text: str) -> str:
        """A stranger answers a message."""
        return str(self.write("301", {"content": text, "message_reference": {"message_id": id}}, []).json()["id"])


def parsed(content: bytes, kind: str) -> tuple[Any, list[int]]:
    """(the message, the bytes of each file), read by a parser that knows nothing of ours."""
    parts = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + content).get_payload()
    named = [(part.get_param("name", header="content-disposition"), part.get_payload(decode=True)) for part in parts]  # type: ignore[union-attr]
    body = next(value for name, value in named if name == "payload_json")
    return json.loads(body), [len(value) for name, value in named if name != "payload_json"]  # type: ignore[arg-type]


@contextmanager
def rehearse() -> Iterator[Rehearsal]:
    server = SmallServer()
    answers = {"token": TOKEN, "channel": ROOM}

    def count() -> int:
        return sum(one["author"]["id"] == BOT for one in server.messages.values())

    yield Rehearsal(server, answers, count, server.overhear, befall=server.befall, shown=lambda: shown(server))


def shown(server: SmallServer) -> list[Shown]:
    own = [one for one in server.messages.values() if one["author"]["id"] == BOT]
    return [Shown(one["content"], tuple(each["description"] for each in one["attachments"])) for one in own]
