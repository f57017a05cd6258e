"""The one shape in which everything moves in, whatever it was called before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

OLDEST = datetime(1990, 1, 1, tzinfo=UTC).timestamp()


@dataclass(frozen=True)
class VanPerson:
    """Somebody as they were known there. `state`: "here", "away" (suspended or switched off: nobody may take them over), "program" or
    "gone". `called`: the name by which texts call them."""

    key: str
    name: str
    email: str = ""
    at: float = 0.0
    state: str = "here"
    bio: str = ""
    zone: str = ""
    language: str = ""
    level: int = 0
    interests: Sequence[str] = ()
    portrait: str = ""
    called: str = ""


@dataclass(frozen=True)
class VanPlace:
    """A channel or a category. `most_open`: the visibility that it had; it becomes no more open. `state` is a space's."""

    key: str
    name: str
    about: str = ""
    most_open: str = "private"
    state: str = "active"


@dataclass(frozen=True)
class VanTopic:
    """`closed` and `pinned` (until) are instants or 0; `accepted` the key of the message that answered it."""

    key: str
    place: str
    title: str
    kind: str = "discussion"
    closed: float = 0.0
    pinned: float = 0.0
    tags: Sequence[str] = ()
    accepted: str = ""


@dataclass(frozen=True)
class VanMessage:
    """The first of a topic is the topic's own text. `place_in`: what orders it within the topic. `also`: another old key of it."""

    key: str
    topic: str
    person: str
    at: float
    text: str
    edited: float = 0.0
    place_in: float = 0.0
    also: str = ""
    n: int = 0


@dataclass(frozen=True)
class VanSign:
    message: str
    person: str
    sign: str
    at: float
    n: int = 0


@dataclass(frozen=True)
class Noted:
    """Something that was left out, or kept in another form: how often, and the first one."""

    what: str
    is_left: bool
    count: int
    example: str


def instant(at: float) -> float:
    """Seconds since 1970, within what can be; what has no time is as old as can be."""
    return max(float(at or 0), OLDEST)
