"""Navigation: each room's `nav.py` brings a list `ENTRIES`; every page can draw them, in the order that the words prescribe.

Besides the two faces there are the places of the frame: "door" (what a visitor may do: sign in, join), "me" (a person's menu),
"search" (whose address takes `?q=`, and whose `suggests` names the one that answers while somebody
types), "create" (what `c` opens on the community face), "desk.create" (on the desk), "foot".
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from itertools import groupby

from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.addresses import address
from stoa.rooms import ROOMS


def everybody(actor: Actor) -> bool:
    return True


@dataclass(frozen=True, eq=False)
class Entry:
    """One line of the navigation: `face` is "community", "desk" or a place of the frame,
    `group` a heading of the desk's rail ("" = top level),
    `wing` colours it ("", "community", "social", "bridge"), `route` is a URL name, `keys` what follows `g` on the keyboard,
    `count` a number beside it (what waits for this actor; nothing is drawn for 0; at most one query)."""

    face: str
    order: int
    label: Callable[[], str]
    route: str
    icon: str
    group: str = ""
    wing: str = ""
    keys: str = ""
    may: Callable[[Actor], bool] = everybody
    count: Callable[[Actor], int] | None = None
    suggests: str = ""

    @property
    def address(self) -> str:
        return address(self.route)

    @property
    def suggesting(self) -> str:
        return address(self.suggests) if self.suggests else ""


@cache
def entries() -> list[Entry]:
    """All rooms' entries, in order."""
    found: list[Entry] = []
    for room in ROOMS:
        if room.app != "stoa.base" and find_spec(f"{room.app}.nav"):
            found += import_module(f"{room.app}.nav").ENTRIES
    return sorted(found, key=lambda entry: entry.order)


@cache
def of_face(face: str) -> tuple[Entry, ...]:
    """All entries of one face, in order."""
    return tuple(entry for entry in entries() if entry.face == face)


def for_actor(face: str, actor: Actor) -> tuple[Entry, ...]:
    """What this actor may open on one face."""
    return tuple([entry for entry in of_face(face) if entry.may(actor)])


def nearest(entries: tuple[Entry, ...], path: str) -> str:
    """The address of the one entry that a page stands under: the longest that its path begins with; "" when there is none."""
    above = [address for address in addresses(entries) if path.startswith(address)]
    return max([address for address in above if address != "/" or path == "/"], key=len, default="")


def place_in(entries: tuple[Entry, ...], path: str) -> tuple[Entry | None, bool]:
    """The one entry that a page stands under, and whether it is that very page: what marks it in a navigation that is drawn once
    for all pages under it."""
    near = nearest(entries, path)
    return entries[addresses(entries).index(near)] if near else None, near == path


@lru_cache(500)
def addresses(entries: tuple[Entry, ...]) -> tuple[str, ...]:
    """Where each leads: the same for all pages."""
    return tuple(entry.address for entry in entries)


@dataclass(frozen=True)
class Group:
    """A heading of the rail with its entries; the heading is empty for the top level."""

    label: str
    wing: str
    entries: tuple[Entry, ...]


def grouped(face: str, actor: Actor) -> list[Group]:
    """What this actor may open on one face, under its headings, in order."""
    runs = [(label, tuple(run)) for label, run in groupby(for_actor(face, actor), key=lambda entry: entry.group)]
    return [Group(_(label) if label else "", run[0].wing if label else "", run) for label, run in runs]
