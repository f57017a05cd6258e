"""LinkedIn in memory, written after its documented examples: posts, images, comments, numbers of pages, OAuth 2."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from stoa.social.networks.linkedin import texts
from stoa.social.networks.linkedin.signing import AUTHORISE, OF_PAGES, OWN
from stoa.social.networks.protocol import Response
from stoa.social.networks.rehearsing import RENAMED, Rehearsal, Reply, Shown
from stoa.social.networks.tests.desk import Desk

PAGE, MEMBER, STRANGER = "urn:li:organization:2414183", "urn:li:person:782bbtaQ", "urn:li:person:Ro5a"
ADDRESS = (f"https://www.linkedin.com/feed/update/{'urn:li:share:7123'}/", "urn:li:share:7123", "")
TOKEN = "an access token that somebody copied"
MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)
REST = "https://api.linkedin.com/rest"
SCOPES = " ".join(each.name for each in (*OWN, *OF_PAGES))
LISTED = re.compile(r"(\w+)=List\(([^)]*)\)")


def said(status: int, body: Any = None, **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(
        status, b"" if body is None else json.dumps(body).encode(), {"Date": "Sun, 01 Mar 2026 12:00:00 GMT", **named}
    )


def wrong(status: int, words: str, code: str = "") -> Reply:
    return said(status, {"message": words, "status": status, "code": code, "serviceErrorCode": 100})


@dataclass
class SmallLinkedIn:
    """`posts` and `comments` by their URN, `images` with their bytes, `calls`: (method, path, Rest.li's method, body)."""

    desk: Desk = field(default_factory=lambda: Desk(AUTHORISE, lasting=5_184_000, renews=False))
    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    comments: dict[str, dict[str, Any]] = field(default_factory=dict)
    images: dict[str, bytes] = field(default_factory=dict)
    calls: list[tuple[str, str, str, Any]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    name: str = "porch"
    pages: tuple[str, ...] = ("2414183",)
    locked: bool = False
    gone: bool = False

    def __post_init__(self) -> None:
        self.desk.tokens[TOKEN] = SCOPES

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
        if parts.path == "/oauth/v2/accessToken":
            return self.desk.answer(content, sent)
        if sent.get("authorization", "").removeprefix("Bearer ") not in self.desk.tokens:
            return wrong(401, "Invalid access token", "INVALID_ACCESS_TOKEN")
        if parts.path.startswith("/dms-uploads/"):
            self.images[f"urn:li:image:{parts.path.rpartition('/')[2]}"] = content or b""
            return said(201)
        if self.locked:
            return wrong(403, "The member is restricted.", "ACCESS_DENIED")
        if parts.path == "/v2/userinfo":
            return (
                said(404, {"message": "Gone"})
                if self.gone
                else said(200, {"sub": MEMBER.rpartition(":")[2], "name": "Rosa"})
            )
        assert url.startswith(REST)
        assert re.fullmatch(r"20\d{4}", sent["linkedin-version"])
        assert sent["x-restli-protocol-version"] == "2.0.0"
        kind = sent.get("x-restli-method", "")
        self.calls.append((method, url.removeprefix(REST), kind, json))
        return self.within(method, url.removeprefix(REST), kind, json)

    def within(self, method: str, address: str, kind: str, body: Any) -> Reply:
        path, _, query = address.partition("?")
        told = {name: values[0] for name, values in parse_qs(query).items()}
        lists = {name: [unquote(each) for each in found.split(",")] for name, found in LISTED.findall(query)}
        match method, kind, [unquote(each) for each in path.split("/")[1:]]:
            case "GET", _, ["organizations", number]:
                return self.page_of(number)
            case "GET", "FINDER", ["organizationAcls"]:
                return said(
                    200,
                    {
                        "elements": [
                            {"organization": f"urn:li:organization:{each}", "role": "ADMINISTRATOR"}
                            for each in self.pages
                        ]
                    },
                )
            case "POST", "", ["images"]:
                id = f"C4E10A{next(self.numbers)}"
                value = {"uploadUrl": f"https://www.linkedin.com/dms-uploads/{id}", "image": f"urn:li:image:{id}"}
                return said(200, {"value": {**value, "uploadUrlExpiresAt": 1650567510704}})
            case "POST", "", ["posts"]:
                return self.write(body)
            case "GET", "FINDER", ["posts"]:
                return self.written(told)
            case "GET", "BATCH_GET", ["posts"]:
                return said(
                    200,
                    {"results": {each: self.posts[each] for each in lists["ids"] if each in self.posts}, "errors": {}},
                )
            case "GET", "BATCH_GET", ["socialMetadata"]:
                return said(
                    200, {"results": {each: {"commentSummary": {"count": self.count(each)}} for each in lists["ids"]}}
                )
            case "GET", "FINDER", ["organizationalEntityShareStatistics"]:
                return said(200, {"elements": [self.statistics(each) for each in lists.get("shares", [])]})
        return self.of_one(method, kind, [unquote(each) for each in path.split("/")[1:]], told, body, address)

    def of_one(
        self, method: str, kind: str, path: list[str], told: Mapping[str, str], body: Any, address: str
    ) -> Reply:
        """One post or comment."""
        match method, kind, path:
            case _, _, ["posts", urn]:
                return self.of_post(method, kind, urn, body)
            case _, _, ["socialActions", urn, "comments"]:
                return self.comment(urn, body) if method == "POST" else self.under(urn, told)
            case _, _, ["socialActions", urn, "comments", number]:
                return self.of_comment(method, kind, f"urn:li:comment:({urn},{number})", body)
        return wrong(400, f"Not known here: {method} {address}")

    def page_of(self, number: str) -> Reply:
        if self.gone or number not in self.pages:
            return wrong(404, f"Could not find organization with id: {number}")
        return said(200, {"id": int(number), "localizedName": self.name.title(), "vanityName": self.name})

    def write(self, body: Mapping[str, Any]) -> Reply:
        words = texts.plain(body["commentary"])
        if len(words.encode("utf-16-le")) // 2 > 3000:
            return wrong(422, "commentary has exceeded the maximum length of 3000 characters")
        if twin := next((each["id"] for each in self.posts.values() if each["commentary"] == body["commentary"]), ""):
            reason = f"Content is a duplicate of {twin}"
            details = {"inputErrors": [{"code": "DUPLICATE_POST", "description": reason}]}
            return said(422, {"message": reason, "status": 422, "errorDetails": details})
        number = next(self.numbers)
        id, at = f"urn:li:share:{7_000_000_000_000_000_000 + number}", MADE + timedelta(seconds=number)
        self.posts[id] = {
            **body,
            "id": id,
            "createdAt": int(at.timestamp() * 1000),
            "lastModifiedAt": int(at.timestamp() * 1000),
        }
        return said(201, None, x_restli_id=id)

    def written(self, told: Mapping[str, str]) -> Reply:
        rows = [each for each in self.posts.values() if each["author"] == told["author"]][::-1]
        begin, count = int(told.get("start", "0")), int(told["count"])
        return said(200, {"elements": rows[begin : begin + count], "paging": {"start": begin, "count": count}})

    def of_post(self, method: str, kind: str, urn: str, body: Any) -> Reply:
        if method == "DELETE":
            self.posts.pop(urn, None)
            return said(204)
        if urn not in self.posts:
            return wrong(404, f"Could not find entity: {urn}", "NOT_FOUND")
        if (method, kind) == ("POST", "PARTIAL_UPDATE"):
            self.posts[urn] |= body["patch"]["$set"]
            return said(204)
        return said(200, self.posts[urn])

    def comment(self, urn: str, body: Mapping[str, Any], actor: str = "") -> Reply:
        if urn not in self.posts and urn not in self.comments:
            return wrong(404, f"Could not find entity: {urn}", "NOT_FOUND")
        number, parent = next(self.numbers), body.get("parentComment", "")
        activity = f"urn:li:activity:{body['object'].rpartition(':')[2]}"
        at = {"actor": actor or body["actor"], "time": int((MADE + timedelta(seconds=number)).timestamp() * 1000)}
        made = {
            "commentUrn": f"urn:li:comment:({activity},{number})", "id": str(number), "message": body["message"],
            "actor": actor or body["actor"], "created": at, "lastModified": at, "object": activity, "under": parent or body["object"],
        } | ({"parentComment": parent} if parent else {})  # fmt: skip
        self.comments[made["commentUrn"]] = made
        return said(201, {name: value for name, value in made.items() if name != "under"})

    def under(self, urn: str, told: Mapping[str, str]) -> Reply:
        begin, count = int(told["start"]), int(told["count"])
        rows = [
            {**each, "commentsSummary": {"aggregatedTotalComments": self.count(each["commentUrn"])}}
            for each in self.comments.values()
            if each["under"] == urn
        ]
        return said(200, {"elements": rows[begin : begin + count]})

    def of_comment(self, method: str, kind: str, urn: str, body: Any) -> Reply:
        if urn not in self.comments:
            return wrong(404, f"Could not find entity: {urn}", "NOT_FOUND")
        if method == "DELETE":
            del self.comments[urn]
            return said(204)
        if (method, kind) == ("POST", "PARTIAL_UPDATE"):
            self.comments[urn]["message"] = body["patch"]["message"]["$set"]
            return said(204)
        return said(200, self.comments[urn])

    def count(self, urn: str) -> int:
        direct = [each["commentUrn"] for each in self.comments.values() if each["under"] == urn]
        return len(direct) + sum(self.count(each) for each in direct)

    def statistics(self, urn: str) -> dict[str, Any]:
        zero = dict.fromkeys(("likeCount", "shareCount", "impressionCount", "uniqueImpressionsCount", "clickCount"), 0)
        return {
            "share": urn,
            "organizationalEntity": PAGE,
            "totalShareStatistics": {**zero, "engagement": 0.0, "commentCount": self.count(urn)},
        }

    def shown(self) -> list[Shown]:
        """What is ours: posts, then comments."""
        ours = [each["message"]["text"] for each in self.comments.values() if each["actor"] in (PAGE, MEMBER)]
        posts = [Shown(texts.plain(each["commentary"]), alts_of(each)) for each in self.posts.values()]
        return posts + [Shown(words) for words in ours]

    def befall(self, what: str) -> None:
        if what == "renamed":
            self.name = RENAMED
        elif what == "revoked":
            self.desk.close()
        elif what == "locked":
            self.locked = True
        else:
            self.locked = self.gone = True

    def overhear(self, id: str, text: str) -> str:
        """A stranger comments on a post."""
        return str(self.comment(id, {"object": id, "message": {"text": text}}, actor=STRANGER).json()["commentUrn"])


def alts_of(post: Mapping[str, Any]) -> tuple[str, ...]:
    content = post.get("content", {})
    pictures = content["multiImage"]["images"] if "multiImage" in content else [content.get("media", {})]
    return tuple(each["altText"] for each in pictures if "altText" in each)


@contextmanager
def rehearse() -> Iterator[Rehearsal]:
    server = SmallLinkedIn()
    answers = {
        "token": TOKEN,
        "page": "2414183",
        "whom": "pages",
        "client": server.desk.client,
        "secret": server.desk.secret,
    }

    def count() -> int:
        return len(server.posts) + sum(each["actor"] in (PAGE, MEMBER) for each in server.comments.values())

    yield Rehearsal(server, answers, count, server.overhear, server.desk.consent, server.befall, shown=server.shown)
