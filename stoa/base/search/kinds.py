"""The socket: the kinds of things by which a search can be narrowed, as people call them.

search.offer(Kind("questions", lambda: _("Questions"), keys=("talk.topic",), facets=("kind:question",), order=20))
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """`name` stands in addresses; documents are of it whose thing is one of `keys` and that have all of `facets`."""

    name: str
    label: Callable[[], str]
    keys: tuple[str, ...]
    facets: tuple[str, ...] = ()
    order: int = 50


_kinds: dict[str, Kind] = {}


def offer(kind: Kind) -> None:
    _kinds[kind.name] = kind


def kinds() -> list[Kind]:
    """All kinds, in order."""
    return sorted(_kinds.values(), key=lambda kind: (kind.order, kind.name))


def kind_of(name: str) -> Kind | None:
    return _kinds.get(name)
