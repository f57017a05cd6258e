"""What rooms bring to the desk: rows of Today's worklist (`today.py`), items of the one calendar (`agenda.py`).

Each room's `today.py` has `rows(actor) -> Iterable[WorkRow]`, its `agenda.py` has `items(actor, start, end) -> Iterable[AgendaItem]`;
both start from what the actor may see. The front collects them by name.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from importlib import import_module
from importlib.util import find_spec

from stoa.base.actors import Actor
from stoa.rooms import ROOMS


class Section(Enum):
    """The parts of Today, in order of what hurts most when left."""

    CANNOT_WAIT = "cannot_wait"
    WAITING = "waiting"
    WELCOME = "welcome"
    DECIDE = "decide"
    GOING_OUT = "going_out"


LONGEST_SHARE = 3.0


@dataclass(frozen=True)
class WorkRow:
    """One thing to do. `since` is when the wait began (or when it is due, in GOING_OUT); `weight` sorts within a section, heavier
    first (`pressing`); `allowed` is how long it may wait; `minutes` is how long it takes; `key` names it for snoozing, stable over
    time; `icon` stands where it is about nobody."""

    key: str
    section: Section
    what: str
    why: str
    act: str
    address: str
    since: datetime
    person: str = ""
    portrait: str = ""
    wing: str = ""
    weight: float = 0.0
    minutes: int = 3
    mine: bool = False
    icon: str = "circle-dot"
    allowed: timedelta | None = None

    def is_late(self, now: datetime) -> bool:
        """Whether it has waited longer than it may."""
        return self.allowed is not None and now - self.since > self.allowed


def pressing(harm: float, waited: timedelta, allowed: timedelta) -> float:
    """How much a wait presses: harm (1 to 5) × the share of the allowed wait that has gone, three times it at most, so that
    a complaint of three hours stands before praise of two days, and nothing climbs for ever by being left."""
    return harm * min(waited / allowed, LONGEST_SHARE)


@dataclass(frozen=True)
class AgendaItem:
    """One thing on the calendar, from `at` to `until` (None = a moment), in the wing's colour."""

    key: str
    at: datetime
    until: datetime | None
    what: str
    address: str
    wing: str
    state: str = ""


def work_rows(actor: Actor) -> Iterator[WorkRow]:
    """What all rooms say waits for this actor."""
    for room in ROOMS:
        if find_spec(f"{room.app}.today"):
            yield from import_module(f"{room.app}.today").rows(actor)


def agenda(actor: Actor, start: datetime, end: datetime) -> list[AgendaItem]:
    """All rooms' items in [start, end) that this actor may see, by time."""
    found: list[AgendaItem] = []
    for room in ROOMS:
        if find_spec(f"{room.app}.agenda"):
            items: Iterable[AgendaItem] = import_module(f"{room.app}.agenda").items(actor, start, end)
            found += items
    return sorted(found, key=lambda item: (item.at, item.key))
