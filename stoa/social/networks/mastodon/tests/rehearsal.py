"""A small server in memory that answers as Mastodon's documents say: statuses, media, notifications, idempotency keys."""

from __future__ import annotations

import html
import itertools
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from stoa.social.networks.counting import fediverse
from stoa.social.networks.mastodon.tests.signing_in import SmallDesk
from stoa.social.networks.protocol import Response
from stoa.social.networks.rehearsing import RENAMED, Rehearsal, Reply, Shown

SERVER = "https://mastodon.test"
TOKEN = "the access token of the guild"
OWN, STRANGER = "101", "202"
NAMES = {OWN: "guild", STRANGER: "rosa"}
MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)
INSTANCE = """{"domain": "mastodon.test", "version": "4.5.0", "configuration": {
 "statuses": {"max_characters": 1000, "max_media_attachments": 6, "characters_reserved_per_url": 23},
 "media_attachments": {"image_size_limit": 8388608, "description_limit": 1500,
  "supported_mime_types": ["image/jpeg", "image/png", "image/gif", "image/heic", "video/mp4"]}}}"""


def said(status: int, body: Any) -> Reply:
    return Reply(status, json.dumps(body).encode())


def missing() -> Reply:
    return said(404, {"error": "Record not found"})


@dataclass
class SmallServer:
    """`statuses` and `media` by id; `notices` oldest first; `keys`: what an idempotency key has made."""

    statuses: dict[str, dict[str, Any]] = field(default_factory=dict)
    media: dict[str, dict[str, Any]] = field(default_factory=dict)
    notices: list[dict[str, Any]] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    profile: dict[str, Any] = field(default_factory=dict)
    pinned: list[dict[str, Any]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1000))
    desk: SmallDesk = field(default_factory=lambda: SmallDesk(SERVER, TOKEN))
    names: dict[str, str] = field(default_factory=lambda: dict(NAMES))
    locked: bool = False
    instance: Any = field(default_factory=lambda: json.loads(INSTANCE))

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
        path, query = parts.path.removeprefix("/api/"), parse_qs(parts.query)
        if path == "v1/apps" or path.startswith("/oauth/"):
            return self.desk.answer(path, json or dict(parse_qsl((content or b"").decode())))
        if path == "v2/instance":
            return said(200, self.instance)
        if sent.get("authorization", "").removeprefix("Bearer ") not in self.desk.tokens:
            return said(401, {"error": "The access token is invalid"})
        if self.locked:
            return said(403, {"error": "Your login is currently disabled"})
        if path == "v1/accounts/verify_credentials":
            return said(200, self.account(OWN))
        if path == f"v1/accounts/{OWN}":
            return said(200, self.account(OWN) | self.profile)
        if path == f"v1/accounts/{OWN}/statuses":
            return said(200, self.pinned if "pinned" in query else self.own(query))
        if path == "v1/notifications":
            return said(200, self.told(query))
        if path == "v2/media":
            return self.keep(content or b"", sent["content-type"])
        if path == "v1/statuses":
            return self.write(OWN, json, sent.get("idempotency-key", ""))
        return self.of_one(method, path, json)

    def of_one(self, method: str, path: str, body: Any) -> Reply:
        _v1, _statuses, id, *more = path.split("/")
        if id not in self.statuses:
            return missing()
        if more == ["context"]:
            return said(200, {"ancestors": self.ancestors(id), "descendants": []})
        if method == "DELETE":
            return said(200, self.statuses.pop(id))
        if method == "PUT":
            shown = [self.media[each] for each in body.get("media_ids", [])]
            changed = {"content": as_html(body["status"]), "media_attachments": shown}
            self.statuses[id] |= changed | {"edited_at": "2026-03-01T13:00:00.000Z"}
        replies = sum(one["in_reply_to_id"] == id for one in self.statuses.values())
        return said(200, self.statuses[id] | {"replies_count": replies})

    def write(self, author: str, body: Mapping[str, Any], key: str) -> Reply:
        if key and self.keys.get(key) in self.statuses:
            return said(200, self.statuses[self.keys[key]])
        answered = body.get("in_reply_to_id")
        if answered and answered not in self.statuses:
            return missing()
        used = {each["id"] for one in self.statuses.values() for each in one["media_attachments"]}
        if absent := [each for each in body.get("media_ids", []) if each not in self.media or each in used]:
            return said(422, {"error": f"Media {', '.join(absent)} not found or already attached to another post"})
        if fediverse(body["status"]) > 500:
            return said(422, {"error": "Validation failed: Text character limit of 500 exceeded"})
        id = str(next(self.numbers))
        at = MADE + timedelta(seconds=int(id) - 1000)
        self.statuses[id] = {
            "id": id, "created_at": at.isoformat(), "edited_at": None, "content": as_html(body["status"]),
            "url": f"{SERVER}/@{NAMES[author]}/{id}", "uri": f"{SERVER}/users/{NAMES[author]}/statuses/{id}",
            "account": self.account(author), "in_reply_to_id": answered, "language": body.get("language", "en"),
            "in_reply_to_account_id": self.statuses[answered]["account"]["id"] if answered else None,
            "media_attachments": [self.media[each] for each in body.get("media_ids", [])],
            "favourites_count": 0, "reblogs_count": 0, "replies_count": 0,
        }  # fmt: skip
        self.keys[key] = id
        return said(200, self.statuses[id])

    def keep(self, content: bytes, kind: str) -> Reply:
        """Read as a server reads it: by a parser that knows nothing of ours."""
        message = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + content)
        parts = {part.get_param("name", header="content-disposition"): part for part in message.get_payload()}  # type: ignore[union-attr]
        id = str(next(self.numbers))
        described = parts["description"].get_payload(decode=True).decode()  # type: ignore[union-attr]
        kept = {"id": id, "description": described, "bytes": len(parts["file"].get_payload(decode=True))}  # type: ignore[union-attr, arg-type]
        self.media[id] = kept
        return said(200, kept)

    def own(self, query: Mapping[str, list[str]]) -> list[dict[str, Any]]:
        before = int(query.get("max_id", ["999999"])[0])
        rows = [one for one in self.statuses.values() if one["account"]["id"] == OWN and int(one["id"]) < before]
        rows = [one for one in rows if not (query.get("exclude_replies") and one["in_reply_to_id"])]
        rows = [one for one in rows if one.get("pinned") or not query.get("pinned")]
        return rows[::-1][: int(query["limit"][0])]

    def told(self, query: Mapping[str, list[str]]) -> list[dict[str, Any]]:
        after, limit = int(query.get("min_id", ["0"])[0]), int(query["limit"][0])
        fresh = [one for one in self.notices if int(one["id"]) > after]
        return (fresh[:limit] if after else fresh[-limit:])[::-1]

    def ancestors(self, id: str) -> list[dict[str, Any]]:
        found = []
        while (above := self.statuses[id]["in_reply_to_id"]) in self.statuses:
            found.append(self.statuses[above])
            id = above
        return found[::-1]

    def account(self, id: str) -> dict[str, Any]:
        name = NAMES[id]
        return {
            "id": id,
            "acct": name,
            "display_name": self.names[id].title(),
            "url": f"{SERVER}/@{name}",
            "avatar_static": "",
        }

    def befall(self, what: str) -> None:
        if what == "renamed":
            self.names[OWN] = RENAMED
        elif what == "locked":
            self.locked = True
        else:
            self.desk.tokens.clear()

    def overhear(self, id: str, text: str) -> str:
        """A stranger answers a post."""
        made = self.write(STRANGER, {"status": text, "in_reply_to_id": id}, "").json()
        at = made["created_at"]
        notice = {"id": made["id"], "type": "mention", "created_at": at, "account": made["account"], "status": made}
        self.notices.append(notice)
        return str(made["id"])


def as_html(text: str) -> str:
    """As the server shows it: paragraphs, breaks, and links cut short for the eye."""
    parts = [html.escape(part).replace("\n", "<br />") for part in text.split("\n\n")]
    return "".join(f"<p>{part}</p>" for part in parts)


@contextmanager
def rehearse() -> Iterator[Rehearsal]:
    server = SmallServer()
    answers = {"server": SERVER, "token": TOKEN}

    def count() -> int:
        return sum(one["account"]["id"] == OWN for one in server.statuses.values())

    consent, befall = server.desk.consent, server.befall
    yield Rehearsal(server, answers, count, server.overhear, consent, befall, shown=lambda: shown(server))


def shown(server: SmallServer) -> list[Shown]:
    own = [one for one in server.statuses.values() if one["account"]["id"] == OWN]
    return [Shown(one["content"], tuple(each["description"] for each in one["media_attachments"])) for one in own]
