"""A hostile network: it speaks the practice network's language, forgets every idempotency key, and breaks in every known way.

Its log is the ground truth: what it accepted, by marker. It accepts the same post as often as it is sent.
"""

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from stoa.base import clock
from stoa.social.networks import lines, registry
from stoa.social.networks.plaza.connector import RULES, Plaza
from stoa.social.networks.protocol import Expired, Line, NotSent, Outgoing, Published, Reconnect, Unknown
from stoa.social.networks.rehearsing import Reply

Choose = Callable[[int], str]


class HostileConnector(Plaza):
    """The practice connector, with a read-back that may lag."""

    key = "hostile"
    name = "Hostile"
    home = "https://plaza.example/"
    lag = 0.0
    expires = False

    def publish(self, outgoing: Outgoing, *, over: Line) -> Published:
        try:
            return super().publish(outgoing, over=over)
        except Reconnect as trouble:
            raise (Expired(trouble.reason) if self.expires else trouble) from trouble

    @property
    def rules(self) -> Any:  # type: ignore[override]
        return replace(RULES, lag=self.lag)


@dataclass(frozen=True)
class Accepted:
    """One post that the network took."""

    id: str
    key: str
    marker: str
    text: str
    at: datetime
    answers: str = ""


@dataclass
class HostileNetwork:
    """`choose(n)` names what the n-th sending meets; `looks(n)` what the n-th read-back meets. Faults:

    `tells`: headers beside a good answer.

    ok · time-out after/before · 500 after/before · reset after · truncated · 200 with error · not json · refused · 429 (headers) ·
    not sent · expired · reconnect · gone

    `token`: what alone opens the account (empty: anything does).
    """

    choose: Choose = lambda n: "ok"
    looks: Choose = lambda n: "ok"
    deletes: Choose = lambda n: "ok"
    lag: timedelta = timedelta(0)
    retry_after: str = "30"
    tells: Mapping[str, str] = field(default_factory=dict)
    posts: list[Accepted] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    sent: int = 0
    looked: int = 0
    deleted: int = 0
    refreshed: int = 0
    calls: list[str] = field(default_factory=list)
    during: Callable[[str], None] = lambda what: None
    token: str = ""
    rotates: bool = False

    def __post_init__(self) -> None:
        self.lock = threading.Lock()

    def count(self, marker: str) -> int:
        return Counter(post.marker for post in self.posts)[marker]

    def duplicates(self) -> list[str]:
        """By their markers; what has none (a later part, a comment) by the key that it came with."""
        return [each for each, count in Counter(post.marker or post.key for post in self.posts).items() if count > 1]

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        json: Any = None,
        timeout: float | None = None,
    ) -> Reply:
        assert timeout is not None
        assert 0 < timeout <= 60
        parts = urlsplit(url)
        path = parts.path.removeprefix("/api/")
        given = {name.lower(): value for name, value in (headers or {}).items()}
        if path in ("notifications", "readings"):  # what higher rooms ask
            return answer(503, {})
        self.calls.append(f"{method} {path}")
        self.during(f"{method} {path}")
        if self.token and given["authorization"] != f"Bearer {self.token}" and path != "token":
            return answer(401, {"error": "token", "message": "no"})
        if method == "POST" and path == "posts":
            return self.take(json, given.get("idempotency-key", ""))
        if method == "POST" and path == "token":
            return self.refresh(given["authorization"].removeprefix("Bearer "))
        if method == "DELETE":
            return self.delete(path.removeprefix("posts/"))
        if path == "posts":
            return self.find({name: values[0] for name, values in parse_qs(parts.query).items()})
        return self.show(path.removeprefix("posts/"))

    def take(self, body: Mapping[str, Any], key: str) -> Reply:
        with self.lock:
            self.sent += 1
            fault = self.choose(self.sent)
            made = None
            if fault in ("ok", "truncated", "not json") or fault.endswith("after"):
                made = Accepted(
                    f"r{len(self.posts) + 1}", key, body["marker"], body["text"], clock.now(), body["in_reply_to"]
                )
                self.posts.append(made)
        return self.answer_to(fault, made)

    def answer_to(self, fault: str, made: Accepted | None) -> Reply:
        if made and fault == "ok":
            return answer(201, shape(made), self.tells)
        if fault.startswith(("time-out", "reset")):
            raise Unknown("The network did not answer.")
        if fault.startswith("500"):
            return answer(500, {"error": "internal"})
        if fault == "not sent":
            raise NotSent("Connection refused.")
        canned = {
            "truncated": Reply(200, b'{"id": "r1", "addr'),
            "not json": Reply(200, b"<html>Welcome</html>"),
            "200 with error": answer(200, {"error": "quota", "message": "not today"}),
            "refused": answer(422, {"error": "text", "message": "Too long.", "mend": "Shorten it."}),
            "429": answer(429, {}, {"Retry-After": self.retry_after}),
            "reconnect": answer(401, {"error": "token", "message": "no"}),
            "gone": answer(404, {"error": "gone", "message": "What you answer is gone."}),
            "504 html": Reply(504, b"<html>Gateway</html>"),
        }
        return canned[fault]

    def find(self, query: Mapping[str, str]) -> Reply:
        self.looked += 1
        fault = self.looks(self.looked)
        if fault == "time-out":
            raise Unknown("The network did not answer.")
        if fault == "500":
            return answer(500, {"error": "internal"})
        seen = [post for post in self.posts if post.id not in self.gone and post.at + self.lag <= clock.now()]
        wanted = [
            post
            for post in seen
            if (query.get("key") and post.key == query["key"])
            or (query.get("marker") and post.marker == query["marker"])
        ]
        return answer(200, {"posts": [shape(post) for post in wanted]})

    def show(self, number: str) -> Reply:
        found = next((post for post in self.posts if post.id == number and post.id not in self.gone), None)
        return answer(200, shape(found)) if found else answer(404, {"error": "gone", "message": "Not here."})

    def delete(self, number: str) -> Reply:
        self.deleted += 1
        fault = self.deletes(self.deleted)
        if fault == "refused":
            return answer(403, {"error": "locked", "message": "This post is locked."})
        if fault == "ok" or fault.endswith("after"):
            self.gone.add(number)
        if fault.startswith("time-out"):
            raise Unknown("The network did not answer.")
        return answer(200, {"deleted": True})

    def refresh(self, shown: str) -> Reply:
        """`rotates`: what was renewed once renews nothing any more."""
        with self.lock:
            if self.rotates and self.token and shown != self.token:
                return answer(401, {"error": "token", "message": "no"})
            self.refreshed += 1
            self.token = f"renewed-token-{self.refreshed}"
        return answer(200, {"token": self.token})


def answer(status: int, body: Any, headers: Mapping[str, str] | None = None) -> Reply:
    return Reply(status, json.dumps(body).encode(), dict(headers or {}))


def shape(post: Accepted) -> dict[str, Any]:
    return {"id": post.id, "address": f"https://plaza.example/posts/{post.id}", "at": post.at.isoformat()}


@contextmanager
def plugged(network: HostileNetwork, monkeypatch: pytest.MonkeyPatch) -> Iterator[HostileNetwork]:
    """The registry knows the hostile network, and every line leads to it."""
    known = {**registry.connectors(), "hostile": HostileConnector()}
    monkeypatch.setattr(registry, "connectors", lambda: known)
    monkeypatch.setattr(lines, "client", lambda: network)
    yield network
