"""What the tests of conformance stand on: which connectors are tried, and one of them with its small network and faults on its line."""

from __future__ import annotations

import struct
import sys
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest

from stoa.base.tests.small_videos import mp4
from stoa.social.networks.protocol import (
    Account,
    Connector,
    Connects,
    Granted,
    Line,
    Outgoing,
    Pending,
    Picture,
    Prepared,
    Prepares,
    Published,
    Video,
)
from stoa.social.networks.registry import connectors
from stoa.social.networks.rehearsing import Faults, Rehearsal, rehearsal_of


def png(width: int, height: int) -> bytes:
    """A whole picture, black."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(height * (width + 1)))), (b"IEND", b""))
    chunks = (struct.pack(">I", len(of)) + name + of + struct.pack(">I", zlib.crc32(name + of)) for name, of in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)
every_connector = pytest.mark.parametrize("connector", connectors().values(), ids=list(connectors()))
PICTURE = Picture(png(1200, 800), "image/png", "A porch", 1200, 800, "https://stoa.example/out/porch.png")
FILM = mp4(20, (1080, 1920))
VIDEO = Video(
    lambda: BytesIO(FILM),
    len(FILM),
    "video/mp4",
    "A porch",
    1080,
    1920,
    20.0,
    "https://stoa.example/out/porch.mp4",
)
PATIENCE = 20  # how often it is asked again whether something is ready, or there
SECRETS = ("token", "access", "refresh")  # what opens an account, by the names that connectors keep it under


def every_one_that(*abilities: type, keyed: bool = False) -> pytest.MarkDecorator:
    """Those that have a rehearsal and these abilities; with `keyed`, those whose network takes the same key once."""
    found = {
        key: each
        for key, each in connectors().items()
        if all(isinstance(each, ability) for ability in (Connects, *abilities)) and (each.rules.keyed or not keyed)
    }
    return pytest.mark.parametrize("connector", found.values(), ids=list(found))


every_one_spoken_to = every_one_that()


def post(text: str = "Hello from the porch", key: str = "first") -> Outgoing:
    return Outgoing(text=text, key=key, made_at=MADE, at=MADE)


def dressed(outgoing: Outgoing, connector: Connector) -> Outgoing:
    """With what no post there goes without."""
    needs = connector.rules.needs
    pictures = (PICTURE,) if needs.startswith("picture") else ()
    return replace(outgoing, pictures=pictures, video=VIDEO if needs == "video" else None)


class Tried:
    """A connector with its small network, its account and the faults on its line."""

    def __init__(self, connector: Any, rehearsal: Rehearsal) -> None:
        self.does = connector
        self.rehearsal = rehearsal
        self.http = Faults(rehearsal.http)
        opened: tuple[Account, Granted] = connector.connect(rehearsal.answers, http=self.http)
        self.account, self.granted = opened
        self.line = Line(self.http, self.granted.credentials)
        self.prepared: dict[str, str] = {}

    def post(self, text: str = "Hello from the porch", key: str = "first") -> Outgoing:
        return dressed(post(text, key), self.does)

    def to_prepare(self) -> Outgoing:
        """A post for which something is made ready: with a video, where that is all that is."""
        alone = getattr(self.does, "prepares_videos_alone", False)
        return replace(self.post(), video=VIDEO) if alone else self.post()

    def ready(self, outgoing: Outgoing) -> Outgoing:
        """With what the network wants to be there before it is published: made ready once for each key, as a delivery keeps it. The faults
        are left for what publishes."""
        if outgoing.prepared or not isinstance(self.does, Prepares):
            return outgoing
        if outgoing.key in self.prepared:
            return replace(outgoing, prepared=self.prepared[outgoing.key])
        handle, line = "", Line(self.rehearsal.http, self.line.credentials)
        for _again in range(PATIENCE):
            answer = self.does.prepare(outgoing, over=line, handle=handle)
            if isinstance(answer, Prepared):
                self.prepared[outgoing.key] = answer.handle
                return replace(outgoing, prepared=answer.handle)
            handle = answer.handle
        raise AssertionError("It was never ready.")

    def publish(self, outgoing: Outgoing) -> Published:
        return self.settled(outgoing, self.does.publish(self.ready(outgoing), over=self.line))

    def settled(self, outgoing: Outgoing, made: object) -> Published:
        """What is still being worked on is asked for until it is there."""
        for _again in range(PATIENCE):
            if not isinstance(made, Pending):
                break
            made = self.does.settle(outgoing, over=self.line, handle=made.handle)
        assert isinstance(made, Published)
        return made


@pytest.fixture
def tried(connector: Connector) -> Iterator[Tried]:
    with rehearsal_of(connector) as rehearsal:
        yield Tried(connector, rehearsal)


def module_of(connector: Connector) -> str:
    """The module in the connector's own folder."""
    own = str(connector.folder / "connector.py")
    return next(name for name, module in sys.modules.items() if getattr(module, "__file__", None) == own)
