"""The socket `people.keeping`: what each room keeps of a person, given to them on request and taken away when they leave.

A room registers one `Keeping` in its `plugs.py`. `export` gives everything that the room keeps of this person as plain JSON values;
`erase` removes it: rows of theirs alone are deleted, rows that others answered stay empty, nobody else's row changes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from stoa.people.models import Person


@dataclass(frozen=True)
class Keeping:
    """`may_leave` raises a Refusal while something must be settled first (the last owner cannot go)."""

    room: str
    export: Callable[[Person], dict[str, Any]]
    erase: Callable[[Person], None]
    may_leave: Callable[[Person], None] = lambda person: None


_keepings: dict[str, Keeping] = {}


def register(keeping: Keeping) -> None:
    _keepings[keeping.room] = keeping


def all_keepings() -> list[Keeping]:
    """Highest rooms first: what stands on something goes before it."""
    return list(reversed(_keepings.values()))
