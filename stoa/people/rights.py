"""The socket `people.rights`: every right by name with a sentence, and the shipped roles that hold it from the start.

    rights.register("talk.close_topic", lambda: _("Close topics"), "moderator", "space.moderator", "space.steward")

Roles: site: owner (holds every right), community_manager, moderator, social_media_manager, lead, operator, and member (what every
member holds); space: space.guest, space.member, space.moderator, space.steward. Sight of a space is never a right of the site:
register such rights with `only_in_spaces=True`. The room that keeps grants, and the restrictions of single scopes, plugs in `plug_grants`.

`from_level=1`: every member from that trust level on holds the right too, as every member holds those of the role member (so not in
closed spaces, where a grant counts). Which level brings what is docs/decisions/34-levels.md.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from stoa.base.actors import Scope

Granted = tuple[Scope, frozenset[str]]


@dataclass(frozen=True)
class Held:
    """What somebody holds by scope, all their roles together, and the scopes where for now they only read."""

    granted: dict[Scope, frozenset[str]]
    restricted: frozenset[Scope] = frozenset()

    def left(self) -> dict[Scope, frozenset[str]]:
        """What is left while the restrictions hold: sight."""
        sight = of_sight() if self.restricted else frozenset()
        return {scope: held & sight if scope in self.restricted else held for scope, held in self.granted.items()}


@dataclass(frozen=True)
class Right:
    """`sentence` completes "may …" in words that a member understands."""

    key: str
    sentence: Callable[[], str]
    roles: frozenset[str]
    only_in_spaces: bool = False
    from_level: int | None = None


_rights: dict[str, Right] = {}
_grants: Callable[[int], tuple[Iterable[Granted], frozenset[Scope]]] | None = None


def register(
    key: str, sentence: Callable[[], str], *roles: str, only_in_spaces: bool = False, from_level: int | None = None
) -> None:
    """Names a right. `roles` are the shipped roles that hold it from the start (the owner always does)."""
    _rights[key] = Right(key, sentence, frozenset(roles), only_in_spaces, from_level)
    of_level.cache_clear()


@cache
def of_level(level: int) -> frozenset[str]:
    """What a trust level brings, with all that those below it bring."""
    return frozenset(each.key for each in _rights.values() if each.from_level is not None and each.from_level <= level)


def brought_by(level: int) -> list[Right]:
    """The rights that begin with this level."""
    return [each for each in all_rights().values() if each.from_level == level]


def all_rights() -> dict[str, Right]:
    """All rights by key."""
    return dict(sorted(_rights.items()))


def of_sight() -> frozenset[str]:
    """The rights of sight of a space: all that is left to somebody who is suspended."""
    return frozenset(right.key for right in _rights.values() if right.only_in_spaces)


def plug_grants(grants: Callable[[int], tuple[Iterable[Granted], frozenset[Scope]]]) -> None:
    """`grants(person_id)` gives scopes with the rights held there, and the scopes where they are restricted, in one query."""
    global _grants
    _grants = grants


def held_by(person_id: int) -> Held:
    """What a person holds. One query."""
    grants, restricted = _grants(person_id) if _grants else ((), frozenset())
    found: dict[Scope, frozenset[str]] = {}
    for scope, rights in grants:
        found[scope] = found.get(scope, frozenset()) | rights
    return Held(found, restricted)
