"""A small site in memory that answers as the real one was seen to answer (`answers.py` holds them to each other)."""

from __future__ import annotations

import base64
import html
import itertools
import json as jsons
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any
from urllib.parse import parse_qs, urlsplit

from stoa.social.networks.protocol import Response
from stoa.social.networks.rehearsing import Rehearsal, Reply, Shown

SITE = "https://guild.test"
PASSWORDS = {"guild": "abcd efgh ijkl mnop qrst uvwx", "casey": "zyxw vuts rqpo nmlk jihg fedc"}
NUMBERS = {"guild": 1, "casey": 3}
ALTERS = {
    "lines": "the site makes one line of it",
    "marks": "the site would drop what looks like a tag or a %41: they are written a little otherwise",
}
AT = "2026-03-01T12:00:00"


def said(status: int, body: Any, headers: Mapping[str, str] | None = None) -> Reply:
    return Reply(status, jsons.dumps(body).encode(), headers or {})


def no(status: int, code: str, message: str = "Sorry.") -> Reply:
    return said(status, {"code": code, "message": message, "data": {"status": status}})


@dataclass
class SmallSite:
    """`posts`, `comments` and `media` by number. `pretty`: whether addresses are rewritten; `themed`: its theme shows featured pictures."""

    pretty: bool = True
    themed: bool = True
    posts: dict[int, dict[str, Any]] = field(default_factory=dict)
    comments: dict[int, dict[str, Any]] = field(default_factory=dict)
    media: dict[int, dict[str, Any]] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(10))

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
        route = query.pop("rest_route", "") or (parts.path.removeprefix("/wp-json") if self.pretty else "")
        if not url.startswith(SITE) or not (route or parts.path.startswith("/wp-json")):
            return Reply(200, b"<!doctype html><title>The Guild</title>")
        if route in ("/", ""):
            return said(200, self.index()) if route else Reply(200, b"<!doctype html>")
        who = self.who(sent.get("authorization", ""))
        names = route.removeprefix("/wp/v2/").split("/")
        if names[0] == "users":
            return self.me(who)
        if names[0] == "themes":
            return said(200, [{"theme_supports": {"post-thumbnails": self.themed}}])
        if method == "GET" and not who and "status" in query:
            hidden = {"status": {"code": "rest_forbidden_status"}}
            return said(400, {"code": "rest_invalid_param", "message": "Sorry.", "data": {"details": hidden}})
        if method == "GET" and query.get("context") == "edit" and not who:
            return no(401, "rest_forbidden_context")
        act = {"posts": self.of_posts, "comments": self.of_comments, "media": self.of_media}.get(names[0])
        if act is None:
            return no(404, "rest_no_route")
        number = int(names[1]) if len(names) > 1 else 0
        return act(method, number, query, json if json is not None else (content, sent.get("content-type", "")), who)

    def index(self) -> dict[str, Any]:
        ways = {"application-passwords": {"endpoints": {"authorization": f"{SITE}/wp-admin/authorize-application.php"}}}
        told = {"name": "The Guild", "description": "Things are mended here", "url": SITE, "home": SITE}
        return {
            **told,
            "namespaces": ["oembed/1.0", "wp/v2"],
            "authentication": ways,
            "site_icon": 0,
            "site_icon_url": "",
        }

    def who(self, authorization: str) -> int:
        name, _, password = base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        return NUMBERS.get(name, 0) if PASSWORDS.get(name) == password else 0

    def me(self, who: int) -> Reply:
        if not who:
            return no(401, "rest_not_logged_in")
        can = {"edit_posts": True} | ({"publish_posts": True} if who == 1 else {})
        return said(200, {"id": who, "slug": "guild" if who == 1 else "casey", "capabilities": can})

    def of_posts(self, method: str, number: int, query: Mapping[str, str], body: Any, who: int) -> Reply:
        if method == "GET" and not number:
            return self.listed(self.posts, {name: query[name] for name in ("slug",) if name in query}, query)
        if number and number not in self.posts:
            return no(404, "rest_post_invalid_id", "Invalid post ID.")
        if method == "GET":
            return said(200, self.posts[number])
        if not who:
            return no(401, "rest_cannot_edit" if number else "rest_cannot_create")
        if method == "DELETE":
            return self.dropped(self.posts, number, query)
        if body.get("status") == "publish" and who != 1:
            return no(403, "rest_cannot_publish")
        return self.kept_post(number, body, who)

    def kept_post(self, number: int, body: Mapping[str, Any], who: int) -> Reply:
        status = 200 if number else 201
        post = self.posts.get(number) or {"id": next(self.numbers), "author": who, "date_gmt": AT, "featured_media": 0}
        for name in ("title", "content"):
            if name in body:
                post[name] = {"raw": body[name], "rendered": body[name]}
        if not any((post.get(name) or {}).get("raw") for name in ("title", "content")):
            return no(400, "empty_content", "Content, title, and excerpt are empty.")
        taken = {each["slug"] for each in self.posts.values() if each is not post}
        slug = body.get("slug") or post.get("slug") or str(post["id"])
        post["slug"] = next(each for each in (slug, *(f"{slug}-{n}" for n in range(2, 99))) if each not in taken)
        post |= {name: body[name] for name in ("status", "featured_media") if name in body}
        post["link"], post["modified_gmt"] = f"{SITE}/{post['slug']}/", f"2026-03-01T12:{next(self.numbers) % 60:02}:00"
        self.posts[post["id"]] = post
        return said(status, post)

    def of_comments(self, method: str, number: int, query: Mapping[str, str], body: Any, who: int) -> Reply:
        if method == "GET" and not number:
            return self.listed(
                self.comments, {name: int(query[name]) for name in ("post", "parent") if name in query}, query
            )
        if number and number not in self.comments:
            return no(404, "rest_comment_invalid_id", "Invalid comment ID.")
        if method == "GET":
            return said(200, self.comments[number])
        if not who:
            return no(401, "rest_comment_login_required")
        if method == "DELETE":
            return self.dropped(self.comments, number, query)
        if number:
            self.comments[number]["content"] = shown(body["content"])
            return said(200, self.comments[number])
        if body["post"] not in self.posts:
            return no(403, "rest_comment_invalid_post_id")
        return self.commented(body, who, "guild")

    def commented(self, body: Mapping[str, Any], author: int, name: str) -> Reply:
        wanted = {
            "post": body["post"],
            "parent": body.get("parent", 0),
            "author": author,
            "content": shown(body["content"]),
        }
        if any(wanted.items() <= each.items() for each in self.comments.values()):
            return no(409, "comment_duplicate", "Duplicate comment detected.")
        number = next(self.numbers)
        link = f"{self.posts[body['post']]['link']}#comment-{number}"
        told = {
            "author_name": name,
            "author_url": "",
            "date_gmt": AT,
            "link": link,
            "status": "approved",
            "type": "comment",
        }
        avatar = {"96": f"https://secure.gravatar.com/avatar/{number:032x}?s=96"} if not author else {}
        self.comments[number] = {"id": number, **wanted, **told, "author_avatar_urls": avatar}
        return said(201, self.comments[number])

    def of_media(self, method: str, number: int, query: Mapping[str, str], body: Any, who: int) -> Reply:
        if method == "GET":
            rows = {
                number: each for number, each in self.media.items() if str(number) in query.get("include", str(number))
            }
            return self.listed(rows, {name: query[name] for name in ("slug",) if name in query}, query)
        if not who:
            return no(401, "rest_cannot_create")
        if method == "DELETE":
            return self.dropped(self.media, number, query)
        message = message_from_bytes(f"Content-Type: {body[1]}\r\n\r\n".encode() + body[0])
        parts: Any = {part.get_param("name", header="content-disposition"): part for part in message.get_payload()}  # type: ignore[union-attr]
        content = parts["file"].get_payload(decode=True)
        if len(content) > 2_097_152:
            return no(
                500,
                "rest_upload_unknown_error",
                "The uploaded file exceeds the upload_max_filesize directive in php.ini.",
            )
        told = {name: parts[name].get_payload(decode=True).decode() for name in ("alt_text", "slug", "title")}
        number, file = next(self.numbers), parts["file"].get_filename()
        self.media[number] = {
            "id": number, "slug": told["slug"], "alt_text": told["alt_text"].replace("\\\\", "\\"), "bytes": len(content),
            "source_url": f"{SITE}/wp-content/uploads/{file}", "status": "inherit", "title": {"raw": told["title"]},
        }  # fmt: skip
        return said(201, self.media[number])

    def listed(self, rows: Mapping[int, dict[str, Any]], wanted: Mapping[str, Any], query: Mapping[str, str]) -> Reply:
        found = [each for each in rows.values() if wanted.items() <= each.items() and each.get("status") != "trash"][
            ::-1
        ]
        start, size = int(query.get("offset", 0)), int(query.get("per_page", 10))
        return said(200, found[start : start + size], {"X-WP-Total": str(len(found))})

    def dropped(self, rows: dict[int, dict[str, Any]], number: int, query: Mapping[str, str]) -> Reply:
        if query.get("force") == "true":
            return said(200, {"deleted": True, "previous": rows.pop(number)})
        if rows is self.media:
            return no(501, "rest_trash_not_supported")
        if rows[number]["status"] == "trash":
            return no(410, "rest_already_trashed")
        rows[number] |= {"status": "trash", "slug": f"{rows[number].get('slug')}__trashed"}
        return said(200, rows[number])

    def overhear(self, id: str, text: str) -> str:
        """A guest comments on a post."""
        return f"c{self.commented({'post': int(id), 'content': html.escape(text)}, 0, 'Rosa').json()['id']}"


def shown(content: str) -> dict[str, str]:
    return {"rendered": f"<p>{re.sub(chr(10), '<br />', content)}</p>"}


@contextmanager
def rehearse() -> Iterator[Rehearsal]:
    site = SmallSite()
    answers = {"site": SITE, "user": "guild", "token": PASSWORDS["guild"]}

    def count() -> int:
        return len(site.posts) + sum(each["author"] == NUMBERS["guild"] for each in site.comments.values())

    yield Rehearsal(site, answers, count, site.overhear, shown=lambda: shown_on(site), alters=ALTERS)


def shown_on(site: SmallSite) -> list[Shown]:
    """A picture's description is kept with the file; where it stands in the text it stands there too, escaped."""
    found = []
    for post in site.posts.values():
        content = post.get("content", {}).get("raw", "")
        numbers = [post["featured_media"], *map(int, re.findall(r"wp-image-(\d+)", content))]
        alts = tuple(site.media[each]["alt_text"] for each in numbers if each)
        found.append(Shown(f"{post.get('title', {}).get('raw', '')}\n{content}", alts))
    own = [each for each in site.comments.values() if each["author"] == NUMBERS["guild"]]
    return found + [Shown(each["content"]["rendered"]) for each in own]
