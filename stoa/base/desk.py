"""What rooms bring to the desk: rows of Today's worklist (`today.py`), items of the one calendar (`agenda.py`).

Each room's `today.py` has `rows(actor) -> Iterable[WorkRow]`, its `agenda.py` has `items(actor, start, end) -> Iterable[AgendaItem]`;
both start from what the actor may see. The front collects them by name.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
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


@dataclass(frozen=True)
class WorkRow:
    """One thing to do. `since` is when the wait began (or when it is due, in GOING_OUT); `weight` sorts within a section, heavier
    first (harm 1 to 5 × hours waited); `minutes` is how long it takes; `key` names it for snoozing, stable over time; `icon` stands
    where it is about nobody."""

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
