"""A small Facebook in memory that answers as its documents say: two pages, posts, photos, comments, insights, and the dialog and desk that
give tokens (developers.facebook.com/docs/pages-api)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from stoa.social.networks.rehearsing import RENAMED, Rehearsal, Reply, Shown
from stoa.social.networks.tests.small_graph import CLIENT, SECRET, TOKEN, Call, SmallGraph, error, not_there, said

OWN, STRANGER, PERSON = "101", "7001", "the long token of the person"
ADDRESS = ("https://www.facebook.com/guild/posts/pfbid02Ab", "pfbid02Ab", "guild")


@dataclass
class SmallFacebook(SmallGraph):
    """`posts` and `comments` by their ids, `photos` as they were stored. `twice`: the same words are refused, as the real one does."""

    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    comments: dict[str, dict[str, Any]] = field(default_factory=dict)
    photos: dict[str, dict[str, Any]] = field(default_factory=dict)
    scopes: list[str] | None = None
    twice: bool = False

    def at_the_desk(self, call: Call) -> Reply | None:
        if call.path.endswith("oauth/access_token"):
            if "fb_exchange_token" not in call.given:
                return self.short(call)
            made = self.long(call).json()
            self.tokens.add(PERSON)
            return said(made | {"access_token": PERSON})
        if call.path.endswith("debug_token") and call.given["access_token"] == f"{CLIENT}|{SECRET}":
            told = {"expires_at": 0, "data_access_expires_at": 1_780_000_000, "is_valid": True}
            return said({"data": told | ({"scopes": self.scopes} if self.scopes is not None else {})})
        return None

    def answer(self, call: Call) -> Reply:
        _version, first, *more = call.path.split("/")
        edge = (more or [""])[0]
        if edge == "accounts":
            page = {"id": OWN, "name": "Guild", "access_token": TOKEN, "tasks": ["CREATE_CONTENT", "MODERATE"]}
            only_read = {"id": "102", "name": "Other", "access_token": "x", "tasks": ["ANALYZE"]}
            return said({"data": [page, only_read]})
        if first in ("me", OWN):
            return self.of_page(edge, call)
        if first in self.posts or first in self.comments:
            return self.of_one(first, edge, call)
        if first in self.photos and call.method == "DELETE":
            self.photos.pop(first)
            return said({"success": True})
        return not_there()

    def of_page(self, edge: str, call: Call) -> Reply:
        if edge == "feed" and call.method == "POST":
            return self.publish(call)
        if edge == "photos":
            return self.store(call)
        if edge == "tagged":
            return said({"data": []})
        if edge in ("feed", "published_posts"):
            rows = [each for each in self.posts.values() if edge == "feed" or each["from"]["id"] == OWN]
            return said({"data": [self.drawn(each, call.given.get("fields", "")) for each in rows[::-1]]})
        name = RENAMED if self.state == "renamed" else "guild"
        return said({"id": OWN, "name": name.title(), "username": name, "about": "We mend.", "website": "https://guild.example/",
                     "followers_count": 41, "link": "https://www.facebook.com/guild", "category": "Community"})  # fmt: skip

    def drawn(self, post: dict[str, Any], fields: str) -> dict[str, Any]:
        below = [each for each in self.comments.values() if each["on"] == post["id"]][::-1]
        found = dict(post)
        if "comments.filter(stream).order" in fields and below:
            found["comments"] = {"data": below}
        if "summary(true)" in fields:
            counted = {"summary": {"total_count": len(below)}}
            found |= {"comments": counted, "reactions": {"summary": {"total_count": 0}}}
        return found

    def publish(self, call: Call) -> Reply:
        words = call.given.get("message", "")
        if len(words) > 63_206:
            return error(100, "Param message must be at most 63206 characters long.")
        if self.twice and any(each["message"] == words for each in self.posts.values()):
            return error(506, "Duplicate status message")
        shown = [re.search(r"\d+", value) for name, value in call.given.items() if name.startswith("attached_media")]
        number = next(self.numbers)
        id = f"{OWN}_{number}"
        alts = tuple(self.photos[each.group()]["alt"] for each in shown if each)
        self.posts[id] = {
            "id": id, "message": words, "created_time": self.stamp(number), "alts": alts,
            "permalink_url": f"https://www.facebook.com/guild/posts/{number}", "from": {"id": OWN, "name": "Guild"},
        }  # fmt: skip
        return said({"id": id})

    def store(self, call: Call) -> Reply:
        assert call.given["published"] == "false"
        id = str(next(self.numbers))
        self.photos[id] = {"alt": call.given.get("alt_text_custom", ""), "bytes": call.file}
        return said({"id": id})

    def of_one(self, id: str, edge: str, call: Call) -> Reply:
        rows = self.posts if id in self.posts else self.comments
        if call.method == "DELETE":
            rows.pop(id)
            return said({"success": True})
        if edge == "comments" and call.method == "POST":
            return said({"id": self.say(OWN, call.given["message"], id)})
        if edge == "comments":
            below = [each for each in self.comments.values() if each["parent"]["id"] == id]
            return said({"data": below[::-1]})
        if edge == "insights":
            return said(
                {"data": [{"name": each, "values": [{"value": 5}]} for each in call.given["metric"].split(",")]}
            )
        if call.method == "POST":
            rows[id] |= {name: value for name, value in call.given.items() if name in ("message", "is_hidden")}
            return said({"success": True})
        return said(self.drawn(rows[id], call.given.get("fields", "")))

    def say(self, who: str, text: str, above: str) -> str:
        number = next(self.numbers)
        post = self.comments.get(above, {}).get("on", above)
        id = f"{post.split('_')[-1]}_{number}"
        self.comments[id] = {
            "id": id, "message": text, "created_time": self.stamp(number), "on": post, "parent": {"id": above},
            "from": {"id": who, "name": "Guild" if who == OWN else "Rosa"}, "permalink_url": f"https://www.facebook.com/{id}",
        }  # fmt: skip
        return id

    def overhear(self, id: str, text: str) -> str:
        return self.say(STRANGER, text, id)


@contextmanager
def rehearse() -> Iterator[Rehearsal]:
    network = SmallFacebook()
    answers = {"token": TOKEN, "client": CLIENT, "secret": SECRET}

    def ours() -> list[dict[str, Any]]:
        there = (*network.posts.values(), *network.comments.values())
        return [each for each in there if each["from"]["id"] == OWN]

    yield Rehearsal(
        network, answers, lambda: len(ours()), network.overhear, network.consent, network.befall,
        shown=lambda: [Shown(each["message"], each.get("alts", ())) for each in ours()],
    )  # fmt: skip
