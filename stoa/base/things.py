"""Things: the generic reference (key, id) to anything that can be shown. There is no GenericForeignKey in this house.

The socket: a room registers each kind of thing with how to find the visible ones and how to draw one as a card.
"""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from stoa.base import ids
from stoa.base.actors import Actor
from stoa.base.standing_queries import padded, standing

Reference = tuple[str, int]


@dataclass(frozen=True)
class Card:
    """A thing in one line: `label` is its kind's word, `by` the author's name as shown, `by_id` who that is, `address` a path of ours.
    `is_open`: its words may stand where bystanders read them, as on the locked screen of a telephone; so it is only where the room
    says it."""

    title: str
    address: str
    label: str = ""
    excerpt: str = ""
    by: str = ""
    at: datetime | None = None
    by_id: int | None = None
    is_open: bool = False


@dataclass(frozen=True)
class Thing:
    """A kind of thing. `visible` gives the rows that this actor may see among ids, with all that `card` needs (no query each);
    `place` is the first word of the addresses of their pages ("topics" of /topics/ID-slug/), if they have any; `stands`: `visible` is a
    builder as `base.standing_queries` has it (it asks nothing itself, and decides by nothing but the actor)."""

    key: str
    visible: Callable[[Actor, Collection[int]], "QuerySet[Any]"]
    card: Callable[[Any], Card]
    place: str = ""
    stands: bool = False


_kinds: dict[str, Thing] = {}
_page = re.compile(rf"/([a-z]{{1,30}})/([{ids.ALPHABET}]{{{ids.LENGTH}}})(?:-[\w%.~-]*)?/?(?:[?#]\S*)?")


def register(thing: Thing) -> None:
    _kinds[thing.key] = thing


def kinds() -> dict[str, Thing]:
    """All registered kinds by key."""
    return dict(_kinds)


def rows(references: Iterable[Reference], *, to: Actor) -> dict[Reference, Any]:
    """The rows of those references that `to` may see; the others are absent. One query per kind."""
    wanted: dict[str, set[int]] = {}
    for key, number in references:
        wanted.setdefault(key, set()).add(number)
    return {
        (key, row.pk): row
        for key, numbers in wanted.items()
        if key in _kinds
        for row in _visible(_kinds[key], to, numbers)
    }


def _visible(kind: Thing, actor: Actor, numbers: set[int]) -> "QuerySet[Any]":
    if not kind.stands:
        return kind.visible(actor, numbers)
    return standing(_built, actor, (kind.key,), numbers=padded(sorted(numbers)))


def _built(actor: Actor, key: str, numbers: Collection[int]) -> "QuerySet[Any]":
    return _kinds[key].visible(actor, numbers)


def cards(references: Iterable[Reference], *, to: Actor) -> dict[Reference, Card]:
    """The cards of those references that `to` may see; the others are absent. One query per kind."""
    return {reference: _kinds[reference[0]].card(row) for reference, row in rows(references, to=to).items()}


def of_address(address: str) -> Reference | None:
    """What the page of that address, of this installation or as a path, is the page of; None for every other address."""
    path = address.removeprefix(settings.STOA_URL) if address.startswith(f"{settings.STOA_URL}/") else address
    found = _page.fullmatch(path)
    number = ids.read(found[2]) if found else None
    key = next((kind.key for kind in _kinds.values() if found and kind.place == found[1]), None)
    return (key, number) if key and number is not None else None


def visible_among(references: "QuerySet[Any]", *, to: Actor, keys: Iterable[str]) -> Q:
    """The condition on rows with `thing_key` and `thing_id`, of which `references` are some, that `to` may see what they refer to. Asks
    nothing by itself: it becomes part of the query that it narrows, with a part for each of `keys`, the kinds that these rows have."""
    found = Q(pk__in=[])
    for key in sorted(set(keys) & set(_kinds)):
        numbers: Any = references.filter(thing_key=key).values("thing_id")
        found |= Q(thing_key=key, thing_id__in=_kinds[key].visible(to, numbers).order_by().values("pk"))
    return found


def may_see(reference: Reference, *, by: Actor) -> bool:
    """Whether this actor may see this one thing."""
    return reference in rows([reference], to=by)
