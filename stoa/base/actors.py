"""The Actor: who asks, with all that policies need, loaded once, so that policies query nothing.

The socket: the room that knows people plugs in how an Actor is loaded (`plug`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import cached_property
from typing import Any

Scope = tuple[str, int]
SITE: Scope = ("site", 0)
EVERYBODY: Scope = ("member", 0)  # what every member may do, whatever else they hold


class Standing(Enum):
    """How somebody stands here."""

    VISITOR = "visitor"
    PENDING = "pending"  # signed up, not yet through the door
    MEMBER = "member"
    SUSPENDED = "suspended"
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """A person (or a visitor, or a named part of the system) as policies and `visible_to` see them. `told_of`: the kinds of
    things that unread notices spoke of when the Actor was loaded (None: not asked), for the bell alone. `restricted`: scopes where
    they only read for a while, whatever they hold elsewhere. `address`: where they are written to; `proven`: the same once it is
    known to be theirs, by a letter that they opened where they joined or an invitation made out to it: what is made out to an address asks
    for this."""

    person_id: int | None = None
    name: str = ""
    standing: Standing = Standing.VISITOR
    rights: Mapping[Scope, frozenset[str]] = field(default_factory=dict, hash=False)
    level: int = 0
    blocked: frozenset[int] = frozenset()
    language: str = "en"
    zone: str = "UTC"
    address: str = ""
    proven: str = ""
    joined_at: datetime | None = None
    told_of: frozenset[str] | None = field(default=None, compare=False)
    restricted: frozenset[Scope] = frozenset()

    @property
    def own_id(self) -> int:
        """The person's id, where policy has made sure that there is one."""
        if self.person_id is None:
            raise ValueError("a visitor has no id")
        return self.person_id

    def may(self, right: str, *scopes: Scope) -> bool:
        """Whether `right` is held by every member, in the whole site or in one of `scopes`. A suspended person holds none,
        nor one who is restricted in all the scopes that are asked about."""
        if self.standing is Standing.SUSPENDED or (scopes and self.restricted and self.restricted.issuperset(scopes)):
            return False
        return right in self._held_everywhere or any(right in self.rights.get(scope, ()) for scope in scopes)

    @cached_property
    def _held_everywhere(self) -> frozenset[str]:
        """What every member holds, and what this one holds in the whole site."""
        return frozenset((*self.rights.get(EVERYBODY, ()), *self.rights.get(SITE, ())))

    def holds(self, right: str, scope: Scope) -> bool:
        """Whether `right` is held in exactly this scope (the site's roles do not count). Reading rights are asked this way."""
        return right in self.rights.get(scope, ())

    def scope_ids(self, kind: str, right: str) -> frozenset[int]:
        """The ids of all scopes of one kind in which `right` is held directly."""
        return frozenset(number for (name, number), rights in self.rights.items() if name == kind and right in rights)

    @cached_property
    def is_visitor(self) -> bool:
        return self.standing is Standing.VISITOR

    @cached_property
    def is_member(self) -> bool:
        """A member reads what members may read; a suspended one still does."""
        return self.standing in (Standing.MEMBER, Standing.SUSPENDED)

    @cached_property
    def is_system(self) -> bool:
        return self.standing is Standing.SYSTEM

    @cached_property
    def is_staff(self) -> bool:
        """Any grant over the whole site beyond what every member has."""
        return self.standing is Standing.MEMBER and SITE in self.rights


VISITOR = Actor()


def system(name: str) -> Actor:
    """A named part of the system, for jobs. Holds no rights: actions that the system takes say so in their policy."""
    return Actor(name=name, standing=Standing.SYSTEM)


@dataclass(frozen=True)
class Loader:
    """What the plug brings: the Actor of an account that signed in, and of a person by their id."""

    of_account: Callable[[Any], Actor]
    of_person: Callable[[int], Actor]


_loader: Loader | None = None


def plug(loader: Loader) -> None:
    global _loader
    _loader = loader


def of_account(account: Any) -> Actor:
    """The Actor of a signed-in account; a visitor if nobody stands behind it. At most two queries."""
    return _loader.of_account(account) if _loader else VISITOR


def of_person(person_id: int) -> Actor:
    """The Actor of a person, for mail, streams and jobs; a visitor if they are gone. At most two queries."""
    return _loader.of_person(person_id) if _loader else VISITOR
