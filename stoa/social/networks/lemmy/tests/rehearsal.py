"""A small Lemmy in memory that answers as the documents and the source of 0.19.20 say. No real server was asked."""

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

from stoa.social.networks.counting import utf16_units
from stoa.social.networks.protocol import Response
from stoa.social.networks.rehearsing import Rehearsal, Reply, Shown

SERVER = "https://lemmy.test"
TOKEN, PASSWORD = "eyJ.the session of the guild.x", "a long enough password"
GUILD, ROSA = 11, 12
NAMES = {GUILD: "guild", ROSA: "rosa"}
REPAIR, CLOSED = 5, 6
ADDRESS = ("https://lemmy.test/post/123", "post/123", "")  # an address, its post and its account
MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)


def said(status: int, body: Any) -> Reply:
    return Reply(status, json.dumps(body).encode())


def no(name: str, status: int = 400) -> Reply:
    return said(status, {"error": name})


def person(id: int) -> dict[str, Any]:
    return {"id": id, "name": NAMES[id], "actor_id": f"{SERVER}/u/{NAMES[id]}", "local": True}


def community(id: int) -> dict[str, Any]:
    name = {REPAIR: "repair", CLOSED: "closed"}[id]
    told = {"id": id, "name": name, "title": name.title(), "actor_id": f"{SERVER}/c/{name}", "removed": False}
    return {**told, "deleted": id == CLOSED}


@dataclass
class SmallServer:
    """`posts` and `comments` by number, oldest first; `notices` of the guild; `pictures` by file."""

    posts: dict[int, dict[str, Any]] = field(default_factory=dict)
    comments: dict[int, dict[str, Any]] = field(default_factory=dict)
    replies: list[dict[str, Any]] = field(default_factory=list)
    mentions: list[dict[str, Any]] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

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
        path = parts.path.removeprefix("/api/v3/")
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if path == "user/login":
            return self.sign_in(json)
        known = sent.get("authorization") == f"Bearer {TOKEN}"
        if path == "site":
            mine = {"my_user": {"local_user_view": {"person": person(GUILD)}}} if known else {}
            return said(200, {"site_view": {}, **mine})
        if not known:
            return no("incorrect_login", 401)
        if path == "/pictrs/image":
            return self.store(content or b"", sent["content-type"])
        act = getattr(self, f"{method.lower()}_{path.replace('/', '_')}")
        answer: Reply = act(json if json is not None else query)
        return answer

    def sign_in(self, body: Mapping[str, str]) -> Reply:
        if body != {"username_or_email": "guild", "password": PASSWORD}:
            return no("incorrect_login", 401)
        return said(200, {"jwt": TOKEN, "registration_created": False, "verify_email_sent": False})

    def store(self, content: bytes, kind: str) -> Reply:
        (part,) = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + content).get_payload()
        assert part.get_param("name", header="content-disposition") == "images[]"  # type: ignore[union-attr]
        file = f"picture-{len(self.pictures)}.png"
        self.pictures[file] = part.get_payload(decode=True)  # type: ignore[union-attr,assignment]
        return said(201, {"msg": "ok", "files": [{"file": file, "delete_token": "t"}]})

    def get_community(self, query: Mapping[str, str]) -> Reply:
        known = {"repair@lemmy.test": REPAIR, "repair": REPAIR, "closed": CLOSED, str(REPAIR): REPAIR}
        found = known.get(query.get("name") or query["id"])
        counts = {"subscribers": 40}
        told = {"community_view": {"community": community(found) | self.told, "counts": counts}} if found else None
        return said(200, told) if told else no("couldnt_find_community")

    def post_post(self, body: Mapping[str, Any], by: int = GUILD) -> Reply:
        if not 3 <= len(body["name"].strip()) <= 200 or "\n" in body["name"]:
            return no("invalid_post_title")
        if utf16_units(body.get("body", "")) > 50_000 or utf16_units(body.get("alt_text", "")) > 1500:
            return no("invalid_body_field")
        id = next(self.numbers)
        kept = {name: body[name] for name in ("name", "body", "url", "alt_text", "community_id") if name in body}
        self.posts[id] = {"id": id, "creator_id": by, **self.fresh(id), **kept}
        return said(200, {"post_view": self.post_view(id)})

    def fresh(self, id: int) -> dict[str, Any]:
        published = (MADE + timedelta(seconds=id)).isoformat().replace("+00:00", "Z")
        return {"published": published, "deleted": False, "removed": False}

    def put_post(self, body: Mapping[str, Any]) -> Reply:
        self.posts[body["post_id"]] |= {"name": body["name"], "body": body["body"], "updated": "2026-03-01T13:00:00Z"}
        return said(200, {"post_view": self.post_view(body["post_id"])})

    def get_post(self, query: Mapping[str, str]) -> Reply:
        id = int(query["id"])
        return said(200, {"post_view": self.post_view(id)}) if id in self.posts else no("couldnt_find_post")

    def post_post_delete(self, body: Mapping[str, Any]) -> Reply:
        if self.posts[body["post_id"]]["deleted"] == body["deleted"]:
            return no("couldnt_update_post")
        self.posts[body["post_id"]]["deleted"] = body["deleted"]
        return said(200, {"post_view": self.post_view(body["post_id"])})

    def post_comment(self, body: Mapping[str, Any], by: int = GUILD) -> Reply:
        if self.posts[body["post_id"]]["deleted"]:
            return no("deleted")
        if utf16_units(body["content"]) > 10_000:
            return no("invalid_body_field")
        id, parent = next(self.numbers), self.comments.get(body.get("parent_id", 0))
        path = f"{parent['path'] if parent else '0'}.{id}"
        told = {"id": id, "creator_id": by, "post_id": body["post_id"], "content": body["content"], "path": path}
        self.comments[id] = {**told, **self.fresh(id)}
        answered = parent or self.posts[body["post_id"]]
        if answered["creator_id"] == GUILD != by:
            self.replies.append({"comment_reply": {"id": len(self.replies) + 1}, **self.comment_view(id)})
        return said(200, {"comment_view": self.comment_view(id)})

    def put_comment(self, body: Mapping[str, Any]) -> Reply:
        self.comments[body["comment_id"]]["content"] = body["content"]
        return said(200, {"comment_view": self.comment_view(body["comment_id"])})

    def get_comment(self, query: Mapping[str, str]) -> Reply:
        id = int(query["id"])
        return said(200, {"comment_view": self.comment_view(id)}) if id in self.comments else no("couldnt_find_comment")

    def post_comment_delete(self, body: Mapping[str, Any]) -> Reply:
        self.comments[body["comment_id"]]["deleted"] = body["deleted"]
        return said(200, {"comment_view": self.comment_view(body["comment_id"])})

    def post_view(self, id: int) -> dict[str, Any]:
        post = self.posts[id]
        counts = {
            "comments": sum(each["post_id"] == id for each in self.comments.values()),
            "upvotes": 1,
            "downvotes": 0,
        }
        around = {"creator": person(post["creator_id"]), "community": community(post["community_id"])}
        return {"post": post, **around, "counts": counts, "my_vote": 1 if post["creator_id"] == GUILD else None}

    def comment_view(self, id: int) -> dict[str, Any]:
        comment = self.comments[id]
        under = [each for each in self.comments.values() if each["path"].startswith(f"{comment['path']}.")]
        counts = {"child_count": len(under), "upvotes": 1, "downvotes": 0}
        around = {"creator": person(comment["creator_id"]), "post": self.posts[comment["post_id"]]}
        return {
            "comment": comment,
            **around,
            "counts": counts,
            "my_vote": 1 if comment["creator_id"] == GUILD else None,
        }

    def get_user(self, query: Mapping[str, str]) -> Reply:
        def page(rows: Mapping[int, Mapping[str, Any]], view: Any) -> list[Any]:
            mine = [view(id) for id, row in reversed(rows.items()) if row["creator_id"] == int(query["person_id"])]
            return paged(mine, query)

        told = {"posts": page(self.posts, self.post_view), "comments": page(self.comments, self.comment_view)}
        return said(200, {"person_view": {"person": person(GUILD)}, **told})

    def get_user_replies(self, query: Mapping[str, str]) -> Reply:
        return said(200, {"replies": paged(self.replies[::-1], query)})

    def get_user_mention(self, query: Mapping[str, str]) -> Reply:
        return said(200, {"mentions": paged(self.mentions[::-1], query)})

    def overhear(self, id: str, text: str) -> str:
        """A stranger answers a post or a comment."""
        kind, _, number = id.partition("/")
        of = {"post_id": int(number)}
        if kind == "comment":
            of = {"post_id": self.comments[int(number)]["post_id"], "parent_id": int(number)}
        return f"comment/{self.post_comment({**of, 'content': text}, by=ROSA).json()['comment_view']['comment']['id']}"

    def count(self) -> int:
        rows = [*self.posts.values(), *self.comments.values()]
        return sum(each["creator_id"] == GUILD and not each["deleted"] for each in rows)


def paged(rows: list[Any], query: Mapping[str, str]) -> list[Any]:
    limit, number = int(query["limit"]), int(query.get("page", 1))
    return rows[(number - 1) * limit : number * limit]


ANSWERS = {"server": SERVER, "account": "guild", "password": PASSWORD, "community": "!repair@lemmy.test"}


@contextmanager
def rehearse() -> Iterator[Rehearsal]:
    server = SmallServer()
    yield Rehearsal(server, ANSWERS, server.count, server.overhear, shown=lambda: shown(server))


def shown(server: SmallServer) -> list[Shown]:
    """The first picture's description is a field; those of the others are Markdown, which no reader of ours takes apart here."""
    own = [each for each in server.posts.values() if each["creator_id"] == GUILD and not each["deleted"]]
    said = [Shown(f"{each['name']}\n{each.get('body', '')}", (each.get("alt_text", ""),)) for each in own]
    return said + [Shown(each["content"]) for each in server.comments.values() if each["creator_id"] == GUILD]
