"""All that a connector's author must read (with what it gathers: `calling`, `messages`, `limits`, `opening`, `trouble`).

A connector is one object that knows one network. It is given a `Line` (a guarded HTTP client and the channel's
credentials) and answers with the dataclasses below. It keeps no state, reads no clock, waits for nothing, retries
nothing and changes no row: all that is the caller's. What a connector can do is the set of small protocols that it
implements; what its network allows is data with a source and a date.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from stoa.social.networks.calling import Http, Line, Response
from stoa.social.networks.limits import (
    ENDLESS,
    Cost,
    Layout,
    LinkRule,
    Measure,
    PictureLimit,
    Rate,
    Rules,
    SameAgain,
    Source,
    TextLimit,
    VideoLimit,
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
    Leaving,
    Measured,
    NotOffered,
    Outgoing,
    Pending,
    Picture,
    Prepared,
    Presence,
    Published,
    Reading,
    Scope,
    Seen,
    Standing,
    TakenDown,
    Told,
    Video,
)
from stoa.social.networks.opening import Identifies, Refreshes, Revokes, Signs
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
    "ENDLESS",
    "MEANS",
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
    "Identifies",
    "Layout",
    "Leaving",
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
    "Prepared",
    "Prepares",
    "Presence",
    "Presents",
    "Published",
    "Publishes",
    "Rate",
    "Reading",
    "Reconnect",
    "Refreshes",
    "Refused",
    "Replies",
    "Response",
    "Revokes",
    "Rules",
    "SameAgain",
    "Scope",
    "Seen",
    "Settles",
    "Signs",
    "Source",
    "Standing",
    "TakenDown",
    "Tells",
    "TextLimit",
    "Told",
    "Trouble",
    "TryLater",
    "Unknown",
    "Video",
    "VideoLimit",
    "abilities_of",
]


@runtime_checkable
class Connector(Protocol):
    """What every connector says of itself. `lacks`: an ability's name and why the network has it not. `tested`: the strongest thing
    that it was tried against, as the rest of a sentence ("Tested against …")."""

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
    @property
    def tested(self) -> str: ...


@runtime_checkable
class Connects(Protocol):
    """Opens an account from the answers to `fields`; renews what opens it (single flight is the caller's)."""

    @property
    def fields(self) -> tuple[Field, ...]: ...
    def connect(self, answers: Mapping[str, str], *, http: Http) -> tuple[Account, Granted]: ...
    def refresh(self, *, over: Line) -> Granted: ...


@runtime_checkable
class Tells(Protocol):
    """Names its own limits. They stand before those of `rules`, for this account."""

    def tell(self, *, over: Line) -> Told: ...


@runtime_checkable
class Prepares(Protocol):
    """Makes ready what publishing needs and nobody sees (a container, an upload). May be done again without harm: its trouble is
    never *unknown*. `Pending.handle` is given back as `handle` when it is asked again. A connector that says
    `prepares_videos_alone = True` is asked for what has a video, and for nothing else; with `prepares_answers = False` for no answer."""

    def prepare(self, outgoing: Outgoing, *, over: Line, handle: str = "") -> Prepared | Pending: ...


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
class Presents(Protocol):
    """Reads the account as a stranger sees it: what it says of itself and its last posts."""

    def present(self, *, over: Line) -> Presence: ...


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
# How it does what it can: no lack of one needs a reason.
MEANS: tuple[type, ...] = (Signs, Refreshes, Revokes, Identifies, Tells, Prepares, Presents)


def abilities_of(connector: object) -> frozenset[str]:
    """Names of the abilities that this connector implements, in lower case (`{"publishes", "listens"}`). Its `MEANS` are none."""
    return frozenset(ability.__name__.lower() for ability in ABILITIES if isinstance(connector, ability))
