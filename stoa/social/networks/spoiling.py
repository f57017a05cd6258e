"""What comes from a network is hostile: a wire that spoils one answer, and all the ways in which it is spoiled. What
comes through it is read as the guarded client reads it."""

from __future__ import annotations

import json as jsons
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from stoa.base.http import Answer
from stoa.social.networks.protocol import Http, Response, Trouble

HUGE = "1" * 5000  # more digits than Python reads
WHOLE = (b"[]", b"{}", b'"x"', b"7", b"null", b"true", b'{"cut', b"\xff\xfe", b"", HUGE.encode(), b"[" * 100_000)
MISSING = object()
PARTS: tuple[Any, ...] = (
    MISSING, None, [], {}, [None], "", "x" * 600, "0000-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59", "\ud800", -1, True, 1.5,
    10**20, 10**4000,
)  # fmt: skip


@dataclass
class Spoiling:
    """An `Http` that answers one call, the one numbered `at`, with other words. What a small network does not understand afterwards is
    refused there, as a real one would."""

    inner: Http
    at: int = -1
    body: bytes = b""
    calls: int = 0

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
        number, self.calls = self.calls, self.calls + 1
        try:
            answer = self.inner.request(method, url, headers=headers, content=content, json=json, timeout=timeout)
        except Trouble:
            raise
        except Exception:
            if number <= self.at or self.at < 0:
                raise
            return Answer(400, {}, b"{}", url)
        return Answer(answer.status, answer.headers, self.body if number == self.at else answer.body, url)


@dataclass
class Listening:
    """An `Http` that remembers what was answered."""

    inner: Http
    answers: list[bytes]

    def request(self, method: str, url: str, **sent: Any) -> Response:
        answer = self.inner.request(method, url, **sent)
        self.answers.append(answer.body)
        return answer


def spoiled(body: bytes) -> Iterator[bytes]:
    """Everything that could stand in place of this answer: as a whole, and each of its parts by itself."""
    yield from WHOLE
    try:
        told = jsons.loads(body)
    except ValueError:
        return
    for path in paths(told):
        for part in PARTS:
            yield jsons.dumps(with_part(told, path, part)).encode()
        yield jsons.dumps(with_part(told, path, "HUGE")).replace('"HUGE"', HUGE).encode()


def paths(told: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands in it; of a list the first alone."""
    inside: list[tuple[Any, Any]] = []
    if isinstance(told, dict):
        inside = list(told.items())
    elif isinstance(told, list):
        inside = list(enumerate(told[:1]))
    for name, value in inside:
        yield (*above, name)
        yield from paths(value, (*above, name))


def with_part(told: Any, path: tuple[Any, ...], part: Any) -> Any:
    name, *more = path
    copy = told.copy()
    if more:
        copy[name] = with_part(told[name], tuple(more), part)
    elif part is MISSING:
        del copy[name]
    else:
        copy[name] = part
    return copy


def each_spoiling(http: Http, ask: Callable[[Http], Any]) -> Iterator[Spoiling]:
    """A wire for each way in which one of the answers to `ask` could be spoiled."""
    heard = Listening(http, [])
    ask(heard)
    for number, body in enumerate(heard.answers):
        for other in spoiled(body):
            yield Spoiling(http, number, other)
