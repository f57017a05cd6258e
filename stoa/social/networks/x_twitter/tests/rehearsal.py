"""X in memory, as its documents and its OpenAPI document say that it answers: posts, media, mentions, OAuth 2 with rotating tokens."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from typing import Any
from urllib.parse import parse_qs, urlsplit

from stoa.social.networks.protocol import Response
from stoa.social.networks.rehearsing import RENAMED, Rehearsal, Reply, Shown
from stoa.social.networks.tests.desk import Desk
from stoa.social.networks.weighted import weighted
from stoa.social.networks.x_twitter.signing import AUTHORISE, NAMES

ADDRESS = ("https://x.com/porch/status/1790000000000000000", "1790000000000000000", "porch")
OWN, STRANGER = "2244994945", "783214"
REFRESH = "a refresh token that somebody copied"
MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)
EPOCH = 1288834974657  # milliseconds at which X's ids begin
LINK = re.compile(r"https?://\S+")
PROBLEMS = "https://api.x.com/2/problems/"


def said(status: int, body: Any, headers: Mapping[str, str] | None = None) -> Reply:
    return Reply(status, json.dumps(body).encode(), {"Date": "Sun, 01 Mar 2026 12:00:00 GMT", **(headers or {})})


def problem(status: int, kind: str, title: str, detail: str) -> Reply:
    return said(status, {"type": f"{PROBLEMS}{kind}", "title": title, "detail": detail, "status": status})


def forbidden(detail: str) -> Reply:
    return said(403, {"type": "about:blank", "title": "Forbidden", "detail": detail, "status": 403})


def lacking(id: str) -> dict[str, Any]:
    return {
        "type": f"{PROBLEMS}resource-not-found", "title": "Not Found Error", "detail": f"Could not find tweet with ids: [{id}].",
        "resource_type": "tweet", "resource_id": id, "parameter": "ids", "value": id,
    }  # fmt: skip


@dataclass
class SmallX:
    """`posts` and `media` by id, `asked`: each call. An answer to a stranger is taken only if they have named us. `tight`: whether
    the same words twice are refused, as X does within hours."""

    desk: Desk = field(default_factory=lambda: Desk(AUTHORISE, basic=True, rotate=True))
    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    media: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=lambda: {OWN: "porch", STRANGER: "rosa"})
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    locked: str = ""
    tight: bool = True

    def __post_init__(self) -> None:
        self.desk.refreshing[REFRESH] = " ".join(NAMES)

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
        assert f"{parts.scheme}://{parts.netloc}" == "https://api.x.com"
        path, query = parts.path.removeprefix("/2"), {name: each[0] for name, each in parse_qs(parts.query).items()}
        self.asked.append((method, path))
        if path == "/oauth2/token":
            return self.desk.answer(content, sent)
        if path == "/oauth2/revoke":
            return self.desk.take_back(content)
        if sent.get("authorization", "").removeprefix("Bearer ") not in self.desk.tokens:
            return said(401, {"type": "about:blank", "title": "Unauthorized", "status": 401, "detail": "Unauthorized"})
        if self.locked:
            return forbidden(self.locked)
        return self.within(method, path, query, json, content, sent)

    def within(
        self,
        method: str,
        path: str,
        query: Mapping[str, str],
        body: Any,
        content: bytes | None,
        sent: Mapping[str, str],
    ) -> Reply:
        match method, path.split("/")[1:]:
            case "GET", ["users", "me"]:
                return said(200, {"data": self.user(OWN)})
            case "GET", ["users", id, "tweets"] if id == OWN:
                return self.page([each for each in self.posts.values() if each["author_id"] == OWN], query)
            case "GET", ["users", id, "mentions"] if id == OWN:
                return self.page([each for each in self.posts.values() if self.is_to_us(each)], query)
            case "GET", ["tweets"]:
                return self.looked_up(query["ids"].split(","))
            case "POST", ["tweets"]:
                return self.write(OWN, body)
            case "DELETE", ["tweets", id]:
                return said(200, {"data": {"deleted": True}}) if self.posts.pop(id, None) else said(404, lacking(id))
            case "POST", ["media", "upload"]:
                return self.keep(content or b"", sent["content-type"])
            case "POST", ["media", "metadata"]:
                self.media[body["id"]]["alt"] = body["metadata"]["alt_text"]["text"]
                return said(200, {"data": {"id": body["id"], "associated_metadata": body["metadata"]}})
        return problem(400, "invalid-request", "Invalid Request", f"Not known here: {method} {path}")

    def write(self, author: str, body: Mapping[str, Any]) -> Reply:
        answered, text = (body.get("reply") or {}).get("in_reply_to_tweet_id", ""), body.get("text", "")
        if weighted(text) > 280:
            return problem(400, "invalid-request", "Invalid Request", "Your Tweet text is too long.")
        if answered and answered not in self.posts:
            return forbidden("You attempted to reply to a Tweet that is deleted or not visible to you.")
        if author == OWN and answered and not self.may_answer(self.posts[answered]):
            return forbidden(
                "Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author."
            )
        if self.tight and any(each["written"] == (author, text, answered) for each in self.posts.values()):
            return forbidden("You are not allowed to create a Tweet with duplicate content.")
        made = self.post(author, text, answered, (body.get("media") or {}).get("media_ids", []))
        return said(201, {"data": {name: made[name] for name in ("id", "text", "edit_history_post_ids")}})

    def may_answer(self, post: Mapping[str, Any]) -> bool:
        return post["author_id"] == OWN or self.is_to_us(post)

    def is_to_us(self, post: Mapping[str, Any]) -> bool:
        return post["author_id"] != OWN and f"@{self.names[OWN]}" in post["text"]

    def post(self, author: str, text: str, answered: str, media: list[str]) -> dict[str, Any]:
        """As X keeps it: who is answered is named first, addresses are shortened, three signs escaped, and pictures have an address."""
        number = next(self.numbers)
        at = MADE + timedelta(seconds=number)
        id = str((int(at.timestamp() * 1000) - EPOCH << 22) + number)
        named = (
            f"@{self.names[self.posts[answered]['author_id']]} "
            if answered and self.posts[answered]["author_id"] != author
            else ""
        )
        urls: list[dict[str, Any]] = [
            {"url": f"https://t.co/l{number}x{n}", "expanded_url": each} for n, each in enumerate(LINK.findall(text))
        ]
        shown = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        for each in urls:
            shown = shown.replace(each["expanded_url"].replace("&", "&amp;"), each["url"], 1)
        if media:
            urls.append({"url": f"https://t.co/m{number}", "expanded_url": f"https://x.com/porch/status/{id}/photo/1"})
            shown = f"{shown} {urls[-1]['url']}".strip()
        for each in urls:
            begins = (named + shown).index(each["url"])
            each |= {"start": begins, "end": begins + len(each["url"])}
        self.posts[id] = {
            "id": id, "author_id": author, "created_at": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"), "lang": "en",
            "text": named + shown, "written": (author, text, answered), "edit_history_post_ids": [id], "media": media,
            "conversation_id": self.posts[answered]["conversation_id"] if answered else id, "entities": {"urls": urls},
            "display_text_range": [len(named), len(named + shown)],
        }  # fmt: skip
        if answered:
            self.posts[id]["referenced_posts"] = [{"type": "replied_to", "id": answered}]
            self.posts[id]["in_reply_to_user_id"] = self.posts[answered]["author_id"]
        return self.posts[id]

    def looked_up(self, ids: list[str]) -> Reply:
        found = [self.shown(self.posts[id]) for id in ids if id in self.posts]
        missing = [lacking(id) for id in ids if id not in self.posts]
        return said(200, ({"data": found} if found else {}) | ({"errors": missing} if missing else {}))

    def shown(self, post: Mapping[str, Any]) -> dict[str, Any]:
        answers = sum(
            {"type": "replied_to", "id": post["id"]} in each.get("referenced_posts", []) for each in self.posts.values()
        )
        counts = dict.fromkeys(("like_count", "repost_count", "quote_count", "bookmark_count", "impression_count"), 0)
        kept = {name: value for name, value in post.items() if name not in ("written", "media")}
        return kept | {"public_metrics": counts | {"reply_count": answers}}

    def page(self, rows: list[dict[str, Any]], query: Mapping[str, str]) -> Reply:
        """The newest first; a page's token is the id that it goes on before."""
        size, before = int(query["max_results"]), int(query.get("pagination_token", "0").removeprefix("t") or 0)
        begun = query.get("start_time", "")
        rows = [
            each for each in rows if int(each["id"]) > int(query.get("since_id", "0")) and each["created_at"] >= begun
        ]
        rows = sorted(
            (each for each in rows if not before or int(each["id"]) < before), key=lambda each: -int(each["id"])
        )
        meta: dict[str, Any] = {"result_count": len(rows[:size])}
        meta |= {"next_token": f"t{rows[size - 1]['id']}"} if len(rows) > size else {}
        named = {each["id"] for row in rows[:size] for each in row.get("referenced_posts", [])}
        includes = {
            "users": [self.user(each) for each in {row["author_id"] for row in rows[:size]}],
            "posts": [self.shown(self.posts[each]) for each in named if each in self.posts],
        }
        return said(200, {"data": [self.shown(each) for each in rows[:size]], "meta": meta, "includes": includes})

    def user(self, id: str) -> dict[str, Any]:
        name = self.names[id]
        return {
            "id": id,
            "username": name,
            "name": name.title(),
            "profile_image_url": f"https://pbs.twimg.com/{id}.png",
        }

    def keep(self, content: bytes, kind: str) -> Reply:
        """Read as a server reads it: by a parser that knows nothing of ours."""
        message = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + content)
        parts = {part.get_param("name", header="content-disposition"): part for part in message.get_payload()}  # type: ignore[union-attr]
        id, file = str(1_880_000_000_000_000_000 + next(self.numbers)), parts["media"]
        category = parts["media_category"].get_payload(decode=True).decode()  # type: ignore[union-attr]
        self.media[id] = {"bytes": file.get_payload(decode=True), "category": category, "mime": file.get_content_type()}  # type: ignore[union-attr]
        return said(
            200, {"data": {"id": id, "media_key": f"3_{id}", "size": len(content), "expires_after_secs": 86400}}
        )

    def befall(self, what: str) -> None:
        if what == "renamed":
            self.names[OWN] = RENAMED
        elif what == "revoked":
            self.desk.close()
        else:
            self.locked = "Your account is suspended and is not permitted to access this feature."

    def overhear(self, id: str, text: str) -> str:
        """A stranger answers a post: X names us before their words."""
        return str(self.post(STRANGER, text, id, [])["id"])


@dataclass
class Copying(Mapping[str, str]):
    """What a person fills in. A refresh token works once, so each time they copy a fresh one."""

    desk: Desk

    def __getitem__(self, name: str) -> str:
        if name != "refresh":
            return {"client": self.desk.client, "secret": self.desk.secret}[name]
        fresh = f"{REFRESH}, number {next(self.desk.numbers)}"
        self.desk.refreshing[fresh] = " ".join(NAMES)
        return fresh

    def __iter__(self) -> Iterator[str]:
        return iter(("client", "secret", "refresh"))

    def __len__(self) -> int:
        return 3


@contextmanager
def rehearse() -> Iterator[Rehearsal]:
    server = SmallX()

    def ours() -> list[dict[str, Any]]:
        return [each for each in server.posts.values() if each["author_id"] == OWN]

    def shown() -> list[Shown]:
        return [Shown(each["text"], tuple(server.media[id].get("alt", "") for id in each["media"])) for each in ours()]

    yield Rehearsal(
        server, Copying(server.desk), lambda: len(ours()), server.overhear, server.desk.consent, server.befall, shown=shown
    )  # fmt: skip
