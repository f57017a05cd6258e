"""A small site in memory that answers as Ghost's documents say: posts, pictures, tokens that end, collisions."""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import json as jsons
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.utils import format_datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

from stoa.social.networks.protocol import Response
from stoa.social.networks.rehearsing import Rehearsal, Reply, Shown

SERVER = "https://guild.ghost.test"
KEY = "6748592f4b9b7700010f6564:b1b5b9c1d4e5f6a7b8c9d0e1f2a3b4c5d6e7f8a9b0c1d2e3f4a5b6c7d8e9f0a1"
# What a post may have, and how long: definitions/post of @tryghost/admin-api-schema 4.7.5, which Ghost itself checks with.
MAY_HAVE = {
    "title": 2000, "slug": 191, "html": 1_000_000_000, "feature_image": 2000, "feature_image_alt": 191, "status": 9, "updated_at": 40,
}  # fmt: skip


def no(status: int, kind: str, message: str = "Sorry.") -> Reply:
    return Reply(status, jsons.dumps({"errors": [{"message": message, "context": None, "type": kind}]}).encode())


@dataclass
class SmallSite:
    """`now` is the site's own clock, which may be another than ours."""

    now: datetime = datetime(2031, 5, 1, 12, tzinfo=UTC)
    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    pictures: list[tuple[str, bytes]] = field(default_factory=list)
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
        told = {"Date": format_datetime(self.now, usegmt=True)}
        path = parts.path.removeprefix("/ghost/api/admin/")
        if path == "site/":
            site = {
                "title": "The Guild",
                "description": "We mend",
                "logo": None,
                "url": f"{SERVER}/",
                "version": "5.130",
            }
            return Reply(200, jsons.dumps({"site": site}).encode(), told)
        if not self.opens(sent.get("authorization", "")):
            return no(401, "UnauthorizedError", "Invalid token")
        assert sent["accept-version"] == "v5.0"
        if path == "members/":
            return self.said(200, {"members": [], "meta": {"pagination": {"total": 12}}})
        if path == "images/upload/":
            return self.stored(content or b"", sent["content-type"])
        if path == "posts/" and method == "GET":
            rows = [each for each in self.posts.values() if each["status"] == "published"]
            return self.said(200, {"posts": rows[::-1], "meta": {"pagination": {"total": len(rows)}}})
        if path == "posts/":
            return self.kept(None, json, parts.query)
        return self.of_one(method, path.removeprefix("posts/").strip("/"), json, parts.query)

    def opens(self, authorization: str) -> bool:
        """As the documents ask: HS256 over the key's secret, `kid`, `aud`, and no longer than five minutes around now."""
        number, _, secret = KEY.partition(":")
        said, _, signed = authorization.removeprefix("Ghost ").rpartition(".")
        made = hmac.new(bytes.fromhex(secret), said.encode(), hashlib.sha256).digest()
        if base64.urlsafe_b64encode(made).rstrip(b"=").decode() != signed:
            return False
        head, claims = (jsons.loads(base64.urlsafe_b64decode(part + "==")) for part in said.split("."))
        lasts = claims["iat"] <= self.now.timestamp() < claims["exp"] <= claims["iat"] + 300
        return bool((head["alg"], head["kid"], claims["aud"]) == ("HS256", number, "/admin/") and lasts)

    def stored(self, content: bytes, kind: str) -> Reply:
        message = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + content)
        parts: Any = {part.get_param("name", header="content-disposition"): part for part in message.get_payload()}  # type: ignore[union-attr]
        name = parts["file"].get_filename()
        self.pictures.append((name, parts["file"].get_payload(decode=True)))
        return self.said(201, {"images": [{"url": f"{SERVER}/content/images/2031/05/{name}", "ref": name}]})

    def of_one(self, method: str, name: str, json: Any, query: str) -> Reply:
        wanted = name.removeprefix("slug/")
        found = next(
            (each for each in self.posts.values() if wanted in (each["id"] if wanted == name else each["slug"],)), None
        )
        if found is None:
            return no(404, "NotFoundError", "Resource not found error, cannot read post.")
        if method == "GET":
            return self.said(200, {"posts": [found]})
        if method == "DELETE":
            del self.posts[found["id"]]
            return Reply(204)
        if json["posts"][0].get("updated_at") != found["updated_at"]:
            return no(409, "UpdateCollisionError", "Saving failed! Someone else is editing this post.")
        return self.kept(found, json, query)

    def kept(self, found: dict[str, Any] | None, json: Any, query: str) -> Reply:
        assert parse_qs(query) == {"source": ["html"]}
        (post,) = json["posts"]
        assert set(post) <= set(MAY_HAVE)
        if not post.get("title") or any(len(post[name]) > MAY_HAVE[name] for name in post):
            return no(422, "ValidationError", "Validation error, cannot save post.")
        number = f"{next(self.numbers):024x}"
        self.now += timedelta(seconds=1)
        made = found or {"id": number, "published_at": self.now.isoformat(), "slug": post["slug"]}
        made |= {name: value for name, value in post.items() if name != "slug"}
        taken = [each["slug"] for each in self.posts.values() if each is not made]
        made["slug"] = made["slug"] + "-2" if made["slug"] in taken else made["slug"]
        made |= {"updated_at": self.now.isoformat(), "url": f"{SERVER}/{made['slug']}/"}
        self.posts[made["id"]] = made
        return self.said(200 if found else 201, {"posts": [made]})

    def said(self, status: int, body: Any) -> Reply:
        return Reply(status, jsons.dumps(body).encode(), {"Date": format_datetime(self.now, usegmt=True)})


def overhear(id: str, text: str) -> str:
    raise AssertionError("Nobody answers there through the interface.")


def alts_in(html: str) -> list[str]:
    """Read by a parser that knows nothing of ours."""
    found: list[str] = []

    class Pictures(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == "img":
                found.append(dict(attrs).get("alt") or "")

    Pictures().feed(html)
    return found


@contextmanager
def rehearse() -> Iterator[Rehearsal]:
    site = SmallSite()
    answers = {"server": f"{SERVER}/ghost/#/dashboard", "token": KEY}
    yield Rehearsal(site, answers, lambda: len(site.posts), overhear, shown=lambda: shown(site))


def shown(site: SmallSite) -> list[Shown]:
    """The featured picture's description is a field; those of the others stand in the text."""
    found = []
    for post in site.posts.values():
        first = (post["feature_image_alt"],) if post.get("feature_image") else ()
        found.append(Shown(f"{post['title']}\n{post['html']}", (*first, *alts_in(post["html"]))))
    return found
