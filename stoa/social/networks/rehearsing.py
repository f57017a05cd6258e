"""What a connector's author brings so that `conformance` can try it: a small network of its own, and faults on the way.

A connector's package has `tests/rehearsal.py` with `rehearse()`, a context manager that yields a `Rehearsal`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from importlib import import_module
from json import loads
from typing import Any

from stoa.social.networks.protocol import Connector, Http, Response, Unknown

RENAMED = "porch"


@dataclass(frozen=True)
class Reply:
    """A canned response."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    def json(self) -> Any:
        return loads(self.body)


@dataclass
class Faults:
    """An `Http` that hands calls on, and spoils the next one that writes when it is told to."""

    inner: Http
    instead: Callable[[], Response] | None = None
    after: Callable[[], Response] | None = None

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
        writes = method != "GET"
        if writes and self.instead is not None:
            spoiled, self.instead = self.instead, None
            return spoiled()
        answer = self.inner.request(method, url, headers=headers, content=content, json=json, timeout=timeout)
        if writes and self.after is not None:
            spoiled, self.after = self.after, None
            return spoiled()
        return answer


@dataclass(frozen=True)
class Shown:
    """One post of ours as the network keeps it: its words, in the network's own form, and its pictures' descriptions to the letter."""

    words: str
    alts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rehearsal:
    """A small network with one account to connect. `count` is the ground truth: how many posts stand there.

    `answers` fills the connect form; `overhear` lets a stranger answer a post and returns the answer's id. `consent` plays the network's
    sign-in page at an address and returns what comes back to us (an `error` among it, when the person says no). `befall`: what happens
    to the account there: "renamed" (to `RENAMED`), "locked", "deleted", "revoked" (what opens it). `shown`
    reads what stands there, past the connector; `vanish`: a person takes a post down there, where no connector can. `alters`: what of a
    description this network does not keep to the byte, by the name of its case in `conformance_shown`, and why.
    """

    http: Http
    answers: Mapping[str, str]
    count: Callable[[], int]
    overhear: Callable[[str, str], str]
    consent: Callable[[str], dict[str, str]] | None = None
    befall: Callable[[str], None] | None = None
    vanish: Callable[[str], None] = lambda id: None
    shown: Callable[[], Sequence[Shown]] | None = None
    alters: Mapping[str, str] = field(default_factory=dict)


def rehearsal_of(connector: Connector) -> AbstractContextManager[Rehearsal]:
    package = type(connector).__module__.rpartition(".")[0]
    began: AbstractContextManager[Rehearsal] = import_module(f"{package}.tests.rehearsal").rehearse()
    return began


def lost() -> Response:
    """The answer never came."""
    raise Unknown("The network did not answer in time.")
