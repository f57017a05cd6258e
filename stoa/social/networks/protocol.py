"""All that a connector's author must read (with what it gathers: `messages`, `limits`, `trouble`).

A connector is one object that knows one network. It is given a `Line` (a guarded HTTP client and the channel's
credentials) and answers with the dataclasses below. It keeps no state, reads no clock, waits for nothing, retries
nothing and changes no row: all that is the caller's. What a connector can do is the set of small protocols that it
implements; what its network allows is data with a source and a date.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from stoa.social.networks.limits import (
    Cost,
    Layout,
    LinkRule,
    Measure,
    PictureLimit,
    Rate,
    Rules,
    Source,
    TextLimit,
)
from stoa.social.networks.messages import (
    NOT_OFFERED,
    Absent,
    Account,
    Card,
    Field,
    Granted,
    Heard,
    Hearing,
    Measured,
    NotOffered,
    Outgoing,
    Pending,
    Picture,
    Published,
    Reading,
    Seen,
    TakenDown,
)
from stoa.social.networks.trouble import (
    Expired,
    Gone,
    NotSent,
    Reconnect,
    Refused,
    Trouble,
    TryLater,
    Unknown,
)

__all__ = [
    "ABILITIES",
    "NOT_OFFERED",
    "Absent",
    "Account",
    "Card",
    "Connector",
    "Connects",
    "Cost",
    "Deletes",
    "Edits",
    "Expired",
    "Field",
    "Gone",
    "Granted",
    "Hands",
    "Heard",
    "Hearing",
    "Hides",
    "Http",
    "Layout",
    "Line",
    "LinkRule",
    "Listens",
    "Measure",
    "Measured",
    "Measures",
    "NotOffered",
    "NotSent",
    "Outgoing",
    "Pending",
    "Picture",
    "PictureLimit",
    "Published",
    "Publishes",
    "Rate",
    "Reading",
    "Reconnect",
    "Refused",
    "Replies",
    "Response",
    "Rules",
    "Seen",
    "Settles",
    "Source",
    "TakenDown",
    "TextLimit",
    "Trouble",
    "TryLater",
    "Unknown",
    "abilities_of",
]


class Response(Protocol):
    """What came back. Header names are looked up without regard to case."""

    @property
    def status(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def body(self) -> bytes: ...
    def json(self) -> Any: ...


class Http(Protocol):
    """The guarded client. Raises `NotSent` when nothing left the house and `Unknown` when that cannot be proven."""

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        json: Any = None,
        timeout: float | None = None,
    ) -> Response: ...


@dataclass(frozen=True)
class Line:
    """A way to one account: the client to speak through and the account's decrypted credentials."""

    http: Http = field(repr=False)
    credentials: Mapping[str, str] = field(repr=False)


@runtime_checkable
class Connector(Protocol):
    """What every connector says of itself. `lacks`: an ability's name and why the network has it not."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def home(self) -> str: ...
    @property
    def folder(self) -> Path: ...
    @property
    def rules(self) -> Rules: ...
    @property
    def layout(self) -> Layout: ...
    @property
    def measures(self) -> tuple[Measure, ...]: ...
    @property
    def lacks(self) -> Mapping[str, str]: ...


@runtime_checkable
class Connects(Protocol):
    """Opens an account from the answers to `fields`; renews what opens it (single flight is the caller's)."""

    @property
    def fields(self) -> tuple[Field, ...]: ...
    def connect(self, answers: Mapping[str, str], *, http: Http) -> tuple[Account, Granted]: ...
    def refresh(self, *, over: Line) -> Granted: ...


@runtime_checkable
class Publishes(Protocol):
    def publish(self, outgoing: Outgoing, *, over: Line) -> Published | Pending: ...


@runtime_checkable
class Replies(Protocol):
    """Publishes what answers a post (`outgoing.answers` is that post's id)."""

    def reply(self, outgoing: Outgoing, *, over: Line) -> Published | Pending: ...


@runtime_checkable
class Settles(Protocol):
    """Finds out what became of an attempt, by key or marker, without repeating it."""

    def settle(self, outgoing: Outgoing, *, over: Line, handle: str = "") -> Published | Pending | Absent: ...


@runtime_checkable
class Edits(Protocol):
    def edit(self, id: str, outgoing: Outgoing, *, over: Line) -> Published: ...


@runtime_checkable
class Deletes(Protocol):
    """Takes a post down; taking down what is down already is fine. `stands` reads the network back."""

    def delete(self, id: str, *, over: Line) -> TakenDown: ...
    def stands(self, id: str, *, over: Line) -> bool: ...


@runtime_checkable
class Listens(Protocol):
    """Reads who spoke to us. An empty cursor begins with what is recent, not with all of history."""

    def listen(self, cursor: str, *, over: Line) -> Hearing: ...


@runtime_checkable
class Hides(Protocol):
    def hide(self, id: str, *, over: Line) -> None: ...
    def show(self, id: str, *, over: Line) -> None: ...


@runtime_checkable
class Measures(Protocol):
    def measure(self, ids: Sequence[str], *, over: Line) -> Measured: ...


@runtime_checkable
class Hands(Protocol):
    """A person is the transport. `hosts`: where its public addresses live (none: anywhere). `hand`: what to do, step by step.

    `recognise` says what a pasted address names; None when it is no post of this network.
    """

    @property
    def hosts(self) -> tuple[str, ...]: ...
    def hand(self, outgoing: Outgoing) -> tuple[str, ...]: ...
    def recognise(self, address: str) -> Seen | None: ...


ABILITIES: tuple[type, ...] = (Connects, Publishes, Replies, Settles, Edits, Deletes, Listens, Hides, Measures, Hands)


def abilities_of(connector: object) -> frozenset[str]:
    """Names of the abilities that this connector implements, in lower case (`{"publishes", "listens"}`)."""
    return frozenset(ability.__name__.lower() for ability in ABILITIES if isinstance(connector, ability))
