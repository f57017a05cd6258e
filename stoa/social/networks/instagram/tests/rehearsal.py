"""A small Instagram in memory that answers as its documents say: containers, media, comments and their answers, tags, insights, and the
desk that gives tokens (developers.facebook.com/docs/instagram-platform)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from stoa.social.networks.rehearsing import RENAMED, Rehearsal, Reply, Shown
from stoa.social.networks.tests.small_graph import CLIENT, SECRET, TOKEN, Call, SmallGraph, error, not_there, said

OWN, SCOPED = "17841400000000002", "9000000000000001"
ADDRESS = ("https://www.instagram.com/p/DAbc-1_x/", "DAbc-1_x", "")


@dataclass
class SmallInstagram(SmallGraph):
    """`boxes` are containers, `media` what is out, `comments` what was said below; `slow`: how often a container is still worked on."""

    boxes: dict[str, dict[str, Any]] = field(default_factory=dict)
    media: dict[str, dict[str, Any]] = field(default_factory=dict)
    comments: dict[str, dict[str, Any]] = field(default_factory=dict)
    tagged: list[dict[str, Any]] = field(default_factory=list)
    slow: int = 0

    def at_the_desk(self, call: Call) -> Reply | None:
        if call.host == "api.instagram.com":
            made = self.short(call)
            return (
                said({"data": [made.json()]})
                if made.status == 200
                else said(
                    {"error_type": "OAuthException", "code": 400, "error_message": "Invalid authorization code"}, 400
                )
            )
        if call.path in ("access_token", "refresh_access_token"):
            return self.long(call)
        return None

    def answer(self, call: Call) -> Reply:
        _version, first, *more = call.path.split("/")
        edge, method = (more or [""])[0], call.method
        if first in ("me", OWN):
            own = {"media": self.make, "media_publish": self.publish} if method == "POST" else {
                "": self.profile, "media": self.own, "tags": lambda _call: said({"data": self.tagged}),
                "content_publishing_limit": self.limit,
            }  # fmt: skip
            return own[edge](call)
        if first in self.boxes and not edge:
            return self.status(first)
        if first in self.media:
            return self.of_media(first, edge, call)
        if first in self.comments:
            return self.of_comment(first, edge, call)
        return not_there()

    def of_media(self, id: str, edge: str, call: Call) -> Reply:
        if edge == "comments" and call.method == "POST":
            return said({"id": self.say("guild", call.given["message"], media=id)})
        if edge == "comments":
            return said({"data": self.below(id)})
        if edge == "insights":
            return said(
                {"data": [{"name": each, "values": [{"value": 3}]} for each in call.given["metric"].split(",")]}
            )
        return said(self.media[id] | {"comments_count": self.count(id), "like_count": 0})

    def of_comment(self, id: str, edge: str, call: Call) -> Reply:
        if edge == "replies" and call.method == "POST":
            return said({"id": self.say("guild", call.given["message"], above=id)})
        if edge == "replies":
            return said({"data": self.answers(id)})
        if call.method == "POST":
            self.comments[id]["hidden"] = call.given["hide"] == "true"
            return said({"success": True})
        return said({"id": id, "media": {"id": self.comments[id]["on"]}, "like_count": 0})

    def count(self, id: str) -> int:
        return sum(each["on"] == id for each in self.comments.values())

    def answers(self, id: str) -> list[dict[str, Any]]:
        return [each for each in self.comments.values() if each["above"] == id][::-1]

    def below(self, id: str) -> list[dict[str, Any]]:
        rows = [each for each in self.comments.values() if each["on"] == id and not each["above"]]
        return [each | {"replies": {"data": self.answers(each["id"])}} for each in rows[::-1]]

    def profile(self, call: Call) -> Reply:
        name = RENAMED if self.state == "renamed" else "guild"
        return said({"id": SCOPED, "user_id": OWN, "username": name, "name": name.title(), "biography": "We mend.",
                     "website": "https://guild.example/", "followers_count": 41})  # fmt: skip

    def own(self, call: Call) -> Reply:
        with_comments = re.search(r"comments\.limit", call.given["fields"])
        rows = [
            each | {"comments_count": self.count(each["id"])}
            | ({"comments": {"data": self.below(each["id"])}} if with_comments and self.below(each["id"]) else {})
            for each in self.media.values()
        ]  # fmt: skip
        return said({"data": rows[::-1]})

    def limit(self, call: Call) -> Reply:
        config = {"quota_total": 50, "quota_duration": 86_400}
        return said({"data": [{"quota_usage": len(self.media), "config": config}]})

    def make(self, call: Call) -> Reply:
        given = dict(call.given)
        if len(given.get("caption", "")) > 2200:
            return error(100, "The caption was too long", subcode=2_207_010)
        if not any(given.get(each) for each in ("image_url", "video_url", "children")):
            return error(100, "The parameter image_url is required")
        id = str(next(self.numbers))
        self.boxes[id] = given | {"left": self.slow, "status_code": "FINISHED"}
        return said({"id": id})

    def status(self, id: str) -> Reply:
        box = self.boxes[id]
        if box["left"] and box["status_code"] == "FINISHED":
            box["left"] -= 1
            return said({"id": id, "status_code": "IN_PROGRESS"})
        return said({"id": id, "status_code": box["status_code"], "status": box.get("status", "")})

    def publish(self, call: Call) -> Reply:
        box = self.boxes.get(call.given["creation_id"])
        if box is None or box["status_code"] != "FINISHED":
            return error(24, "The requested resource does not exist", subcode=2_207_006)
        box["status_code"] = "PUBLISHED"
        number = next(self.numbers)
        shown = [self.boxes[each] for each in box["children"].split(",")] if box.get("children") else [box]
        self.media[str(number)] = {
            "id": str(number), "caption": box.get("caption", ""), "permalink": f"https://www.instagram.com/p/C{number}/",
            "timestamp": self.stamp(number), "alts": tuple(each["alt_text"] for each in shown if each.get("alt_text")),
        }  # fmt: skip
        return said({"id": str(number)})

    def say(self, name: str, text: str, *, media: str = "", above: str = "") -> str:
        number = next(self.numbers)
        top = self.comments[above]["above"] or above if above else ""
        self.comments[str(number)] = {
            "id": str(number), "text": text, "timestamp": self.stamp(number), "username": name, "above": top,
            "on": media or self.comments[above]["on"], "from": {"id": SCOPED if name == "guild" else "7001", "username": name},
        }  # fmt: skip
        return str(number)

    def overhear(self, id: str, text: str) -> str:
        kind, *numbers = id.split("/")
        if kind == "post":
            return f"comment/{self.say('rosa', text, media=numbers[0])}"
        return f"comment/{numbers[0]}/{self.say('rosa', text, above=numbers[-1])}"


@contextmanager
def rehearse() -> Iterator[Rehearsal]:
    network = SmallInstagram()
    answers = {"token": TOKEN, "client": CLIENT, "secret": SECRET}

    def count() -> int:
        return len(network.media) + sum(each["username"] == "guild" for each in network.comments.values())

    yield Rehearsal(
        network, answers, count, network.overhear, network.consent, network.befall,
        vanish=lambda id: network.media.pop(id.removeprefix("post/")) and None,
        shown=lambda: [Shown(each["caption"], each["alts"]) for each in network.media.values()],
    )  # fmt: skip
