"""A small Threads in memory that answers as its documents say: containers, posts, answers, mentions, insights, and the desk that gives
tokens (developers.facebook.com/documentation/threads)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from stoa.social.networks.counting import emoji_as_bytes
from stoa.social.networks.rehearsing import RENAMED, Rehearsal, Reply, Shown
from stoa.social.networks.tests.small_graph import CLIENT, SECRET, TOKEN, Call, SmallGraph, error, not_there, said

OWN = "17841400000000001"
ADDRESS = ("https://www.threads.com/@guild/post/DAbc-1_x", "DAbc-1_x", "guild")


@dataclass
class SmallThreads(SmallGraph):
    """`boxes` are containers, `posts` what is out; `slow`: how often a container with media is still worked on."""

    boxes: dict[str, dict[str, Any]] = field(default_factory=dict)
    posts: dict[str, dict[str, Any]] = field(default_factory=dict)
    mentions: list[str] = field(default_factory=list)
    slow: int = 0

    def at_the_desk(self, call: Call) -> Reply | None:
        if (call.method, call.path) == ("POST", "oauth/access_token"):
            return self.short(call)
        if call.path in ("access_token", "refresh_access_token"):
            return self.long(call)
        return None

    def answer(self, call: Call) -> Reply:
        _version, first, *more = call.path.split("/")
        edge, method = (more or [""])[0], call.method
        if first in ("me", OWN):
            own = {"threads": self.make, "threads_publish": self.publish} if method == "POST" else {
                "": self.profile, "threads": self.own, "replies": self.own, "mentions": self.mentioned,
                "threads_publishing_limit": self.limit, "threads_insights": self.followers,
            }  # fmt: skip
            return own[edge](call)
        if first in self.boxes and not edge:
            return self.status(first)
        if first not in self.posts:
            return not_there()
        if method == "DELETE":
            self.posts.pop(first)
            return said({"success": True, "deleted_id": first})
        return self.of_one(first, edge, call)

    def of_one(self, id: str, edge: str, call: Call) -> Reply:
        if edge == "manage_reply":
            self.posts[id]["hide_status"] = "HUSHED" if call.given["hide"] == "true" else "UNHUSHED"
            return said({"success": True})
        if edge == "conversation":
            below = [each for each in self.posts.values() if each.get("root_post", {}).get("id") == id]
            return said({"data": below[::-1]})
        if edge == "insights":
            answers = sum(each.get("replied_to", {}).get("id") == id for each in self.posts.values())
            counted = {name: answers if name == "replies" else 0 for name in call.given["metric"].split(",")}
            return said({"data": [{"name": name, "values": [{"value": each}]} for name, each in counted.items()]})
        has = any(each.get("root_post", {}).get("id") == id for each in self.posts.values())
        return said(self.posts[id] | {"has_replies": has})

    def profile(self, call: Call) -> Reply:
        name = RENAMED if self.state == "renamed" else "guild"
        return said({"id": OWN, "username": name, "name": name.title(), "threads_biography": "We mend.",
                     "threads_profile_picture_url": "https://threads.test/p.jpg"})  # fmt: skip

    def own(self, call: Call) -> Reply:
        wanted = call.path.endswith("replies")
        rows = [each for each in self.posts.values() if each["username"] == "guild" and each["is_reply"] is wanted]
        rooted = {each.get("root_post", {}).get("id") for each in self.posts.values()}
        return said({"data": [each | {"has_replies": each["id"] in rooted} for each in rows[::-1]]})

    def mentioned(self, call: Call) -> Reply:
        return said({"data": [self.posts[each] for each in self.mentions[::-1]]})

    def limit(self, call: Call) -> Reply:
        config = {"quota_total": 250, "quota_duration": 86_400}
        return said({"data": [{"quota_usage": len(self.posts), "config": config}]})

    def followers(self, call: Call) -> Reply:
        return said({"data": [{"name": "followers_count", "total_value": {"value": 41}}]})

    def make(self, call: Call) -> Reply:
        given = dict(call.given)
        if emoji_as_bytes(given.get("text", "")) > 500:
            return error(100, "Param text must be at most 500 characters long.")
        if given.get("reply_to_id") and given["reply_to_id"] not in self.posts:
            return not_there()
        if given["media_type"] == "TEXT" and not given.get("text"):
            return error(100, "The parameter text is required")
        id = str(next(self.numbers))
        self.boxes[id] = given | {"left": self.slow if given["media_type"] != "TEXT" else 0, "status": "FINISHED"}
        return said({"id": id})

    def status(self, id: str) -> Reply:
        box = self.boxes[id]
        if box["left"] and box["status"] == "FINISHED":
            box["left"] -= 1
            return said({"id": id, "status": "IN_PROGRESS"})
        return said({"id": id, "status": box["status"], "error_message": box.get("error_message", "")})

    def publish(self, call: Call) -> Reply:
        box = self.boxes.get(call.given["creation_id"])
        if box is None or box["status"] != "FINISHED":
            return error(24, "The requested resource does not exist", subcode=4_279_009)
        box["status"] = "PUBLISHED"
        return said({"id": self.put("guild", box.get("text", ""), box.get("reply_to_id", ""), box)})

    def put(self, name: str, text: str, answers: str, box: dict[str, Any] | None = None) -> str:
        number = next(self.numbers)
        id = str(number)
        root = self.posts.get(answers, {}).get("root_post", {}).get("id") or answers
        below = {"root_post": {"id": root}, "replied_to": {"id": answers}} if answers else {}
        self.posts[id] = {
            "id": id, "text": text, "permalink": f"https://www.threads.com/@{name}/post/{id}", "username": name,
            "timestamp": self.stamp(number), "is_reply": bool(answers), "is_reply_owned_by_me": name == "guild",
            "alts": self.alts(box or {}), **below,
        }  # fmt: skip
        return id

    def alts(self, box: dict[str, Any]) -> tuple[str, ...]:
        shown = [self.boxes[each] for each in box["children"].split(",")] if box.get("children") else [box]
        return tuple(each["alt_text"] for each in shown if each.get("alt_text"))

    def overhear(self, id: str, text: str) -> str:
        return self.put("rosa", text, id)


@contextmanager
def rehearse() -> Iterator[Rehearsal]:
    network = SmallThreads()
    answers = {"token": TOKEN, "client": CLIENT, "secret": SECRET}

    def ours() -> list[dict[str, Any]]:
        return [each for each in network.posts.values() if each["username"] == "guild"]

    yield Rehearsal(
        network, answers, lambda: len(ours()), network.overhear, network.consent, network.befall,
        shown=lambda: [Shown(each["text"], each["alts"]) for each in ours()],
    )  # fmt: skip
