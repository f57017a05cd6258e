"""The socket `publish.material`: where the composer finds what can be published, with the credit that goes with it.

    register(Kind("talk.topic", label=lambda: _("Member stories"), offers=granted_topics, load=granted_topic))

`offers(actor, asked, limit)` lists what this actor could use now; `load(actor, id)` gives one, or None when it may not be used (any more).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from stoa.base.actors import Actor


@dataclass(frozen=True)
class Shown:
    """A picture of the material: the id of a file, and its words for those who do not see it. `focal`: what must stay when it is cut;
    `asset`: the library's row that it is (0: none); `of`: the file that it was made of, when it was fitted to a network (0: none)."""

    file: int
    alt: str = ""
    focal: str = ""
    asset: int = 0
    of: int = 0


@dataclass(frozen=True)
class Material:
    """What the composer begins with. `credit` is fixed: whoever writes cannot remove it. `target` is the path or address to link to;
    `terms` a sentence on what the right allows; `channels` the ids of the channels that it allows (None = any)."""

    key: str
    id: int
    title: str
    text: str = ""
    credit: str = ""
    target: str = ""
    language: str = ""
    terms: str = ""
    pictures: tuple[Shown, ...] = ()
    channels: frozenset[int] | None = None


@dataclass(frozen=True)
class Kind:
    """One plug, by the key of the thing that the material is."""

    key: str
    label: Callable[[], str]
    offers: Callable[[Actor, str, int], Iterable[Material]]
    load: Callable[[Actor, int], Material | None]


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.key] = kind


def kinds() -> list[Kind]:
    return [_kinds[key] for key in sorted(_kinds)]


def find(key: str, number: int, *, by: Actor) -> Material | None:
    """The material of this reference, if this actor may use it now."""
    return _kinds[key].load(by, number) if key in _kinds else None
