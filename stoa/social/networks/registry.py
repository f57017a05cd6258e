"""The list of connectors: ours, and those that other packages bring under the entry point `stoa.connectors`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import entry_points

from stoa.social.networks.bluesky.connector import CONNECTOR as BLUESKY
from stoa.social.networks.plaza.connector import CONNECTOR as PLAZA
from stoa.social.networks.protocol import Connector

GROUP = "stoa.connectors"
OURS: tuple[Connector, ...] = (BLUESKY, PLAZA)


class UnknownNetwork(LookupError):
    """No connector of that key is installed (any more)."""


@cache
def connectors() -> Mapping[str, Connector]:
    """Every connector by its key, ours first. A package cannot replace one of ours."""
    found = {connector.key: connector for connector in OURS}
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        brought = entry.load()
        if not isinstance(brought, Connector):
            raise TypeError(f"{entry.value} is not a connector: see networks/protocol.py.")
        found.setdefault(brought.key, brought)
    return found


def get(key: str) -> Connector:
    try:
        return connectors()[key]
    except KeyError:
        raise UnknownNetwork(f"No connector for “{key}” is installed.") from None


def practice() -> Connector:
    """The practice network: for trying, training and the demo."""
    return PLAZA
