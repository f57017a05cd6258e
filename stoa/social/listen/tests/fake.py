"""A hostile network to listen to: it answers what the test says, in the test's order, and breaks when told to."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Literal

import pytest

from stoa.social.networks import lines, registry
from stoa.social.networks.plaza.connector import Plaza
from stoa.social.networks.protocol import (
    Account,
    Granted,
    Heard,
    Hearing,
    Line,
    Measured,
    NotSent,
    Outgoing,
    Published,
    Response,
)

START = datetime.fromisoformat("2026-05-04T09:00:00+00:00")
KETTLE = Account("id-kettle", "kettlefan", "Kettle Fan")


def heard(
    id: str,
    text: str = "Is it open on Sunday?",
    *,
    minutes: float = 0,
    by: Account = KETTLE,
    kind: Literal["mention", "reply", "quote"] = "mention",
    **more: Any,
) -> Heard:
    """One message, `minutes` after the start."""
    more.setdefault("version", "1")
    more.setdefault("address", f"https://hard.example/{id}")
    return Heard(kind=kind, id=id, author=by, text=text, at=START + timedelta(minutes=minutes), **more)


class NoHttp:
    """Nothing leaves the house."""

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
        raise NotSent("There is no network.")


class HardOfHearing(Plaza):
    """`pages` are handed out one by one, an exception is raised, then silence; `cursors` is what it was asked with."""

    key = "hardofhearing"
    name = "Hard of hearing"

    def __init__(self) -> None:
        self.pages: list[Hearing | Exception] = []
        self.cursors: list[str] = []
        self.said: list[Outgoing] = []
        self.refuses: list[Exception] = []
        self.fallen: set[str] = set()
        self.numbers: list[Measured | Exception] = []
        self.refreshed = 0

    def listen(self, cursor: str, *, over: Line) -> Hearing:
        self.cursors.append(cursor)
        page = self.pages.pop(0) if self.pages else Hearing((), cursor)
        if isinstance(page, Exception):
            raise page
        return page

    def refresh(self, *, over: Line) -> Granted:
        self.refreshed += 1
        return Granted({"token": f"renewed-{self.refreshed}"})

    def reply(self, outgoing: Outgoing, *, over: Line) -> Published:
        self.said.append(outgoing)
        if self.refuses:
            raise self.refuses.pop(0)
        number = f"ours{len(self.said)}"
        return Published(number, "1", f"https://hard.example/{number}", outgoing.at)

    def publish(self, outgoing: Outgoing, *, over: Line) -> Published:
        return self.reply(outgoing, over=over)

    def stands(self, id: str, *, over: Line) -> bool:
        return id not in self.fallen

    def measure(self, ids: Sequence[str], *, over: Line) -> Measured:
        told = self.numbers.pop(0)
        if isinstance(told, Exception):
            raise told
        return told


@contextmanager
def plugged(monkeypatch: pytest.MonkeyPatch) -> Iterator[HardOfHearing]:
    """The registry knows the fake, and no line leads anywhere."""
    fake = HardOfHearing()
    known = {**registry.connectors(), fake.key: fake}
    monkeypatch.setattr(registry, "connectors", lambda: known)
    monkeypatch.setattr(lines, "client", NoHttp)
    yield fake
