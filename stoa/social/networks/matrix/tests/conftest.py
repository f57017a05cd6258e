"""Rooms with our account in them: one in memory, and one on a real server, where the network's own SDK reads along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from stoa.social.networks.matrix.connector import CONNECTOR
from stoa.social.networks.matrix.tests.realnet import LocalAccount, LocalMatrix, Reader, local_matrix
from stoa.social.networks.matrix.tests.rehearsal import BOT, ROOM, ROSA, SERVER, TOKEN, SmallServer
from stoa.social.networks.protocol import (
    Account,
    Granted,
    Line,
)
from stoa.social.networks.tests.plain_http import PlainHttp

SHORT_LIVED = "2s"


@pytest.fixture
def server() -> SmallServer:
    return SmallServer(members={BOT: "join", ROSA: "join"})


@pytest.fixture
def line(server: SmallServer) -> Line:
    return Line(server, {"server": SERVER, "token": TOKEN, "room": ROOM, "user": BOT})


@dataclass(frozen=True)
class Guild:
    """A server with an owner, our account and a stranger in one room."""

    net: LocalMatrix
    owner: LocalAccount
    bot: LocalAccount
    rosa: LocalAccount

    def answers(self, at: str, **other: str) -> dict[str, str]:
        return {"server": self.net.url, "account": self.bot.user, "secret": self.bot.token, "room": at, **other}

    def open(self, alias: str, **more: Any) -> Line:
        """A room of its own with our account in it, and a line to it."""
        room = self.net.room(self.owner, alias, self.bot, self.rosa, **more)
        self.net.in_room("POST", room, "join", {}, as_=self.rosa)
        _, granted = CONNECTOR.connect(self.answers(room), http=PlainHttp())
        return Line(PlainHttp(), granted.credentials)


@pytest.fixture(scope="session")
def guild(request: pytest.FixtureRequest) -> Iterator[Guild]:
    if "realnet" not in str(request.config.getoption("markexpr", "")):
        pytest.skip("asked for with -m realnet")
    with local_matrix(refreshable_access_token_lifetime=SHORT_LIVED) as net:
        yield Guild(net, net.register("owner"), net.register("porch"), net.register("rosa"))


@pytest.fixture(scope="session")
def opened(guild: Guild) -> tuple[Account, Granted]:
    room = guild.net.room(guild.owner, "announcements", guild.bot, guild.rosa)
    guild.net.in_room("POST", room, "join", {}, as_=guild.rosa)
    return CONNECTOR.connect(guild.answers("#announcements:localhost"), http=PlainHttp())


@pytest.fixture(scope="session")
def real(opened: tuple[Account, Granted]) -> Line:
    return Line(PlainHttp(), opened[1].credentials)


@pytest.fixture(scope="session")
def room(opened: tuple[Account, Granted]) -> str:
    return opened[0].id


@pytest.fixture(scope="session")
def rosa(guild: Guild) -> Iterator[Reader]:
    """Somebody else in the room, speaking through the SDK."""
    reader = Reader(guild.net, guild.rosa)
    yield reader
    reader.close()
