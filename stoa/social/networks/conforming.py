"""What the tests of conformance stand on: which connectors are tried, and one of them with its small network and faults on its line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from stoa.social.networks.protocol import Account, Connector, Connects, Granted, Line, Outgoing, Published
from stoa.social.networks.registry import connectors
from stoa.social.networks.rehearsing import Faults, Rehearsal, rehearsal_of

MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)
every_connector = pytest.mark.parametrize("connector", connectors().values(), ids=list(connectors()))
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


class Tried:
    """A connector with its small network, its account and the faults on its line."""

    def __init__(self, connector: Any, rehearsal: Rehearsal) -> None:
        self.does = connector
        self.rehearsal = rehearsal
        self.http = Faults(rehearsal.http)
        opened: tuple[Account, Granted] = connector.connect(rehearsal.answers, http=self.http)
        self.account, self.granted = opened
        self.line = Line(self.http, self.granted.credentials)

    post = staticmethod(post)

    def publish(self, outgoing: Outgoing) -> Published:
        made = self.does.publish(outgoing, over=self.line)
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
