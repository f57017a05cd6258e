"""Spaces as they stand under their headings: what lists of spaces and the page that arranges them read."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from stoa.base import clock, cursors
from stoa.base.actors import Actor
from stoa.spaces.models import Heading, Space
from stoa.spaces.policy import may_arrange, may_manage
from stoa.spaces.reading import Listed, known_spaces

PAGE = 50
BESIDE = 8


@dataclass(frozen=True)
class Part:
    """Some spaces under one heading, or (None) under none."""

    heading: Heading | None
    spaces: list[Listed]


def parted(listed: Iterable[Listed]) -> list[Part]:
    """Those under no heading first, then the headings in their order. Only what is listed stands in it, so that no heading is shown
    whose spaces the reader may not know of. No query: the headings come with their spaces."""
    ordered = sorted(listed, key=_heading_first)  # stable: within a heading they keep their order
    return [
        Part(found[0].space.heading, found) for _key, rows in groupby(ordered, _heading_first) if (found := list(rows))
    ]


def _heading_first(each: Listed) -> tuple[int, int]:
    heading = each.space.heading
    return (heading.place, heading.id) if heading else (-1, 0)


def beside(space: Space, actor: Actor) -> list[Space]:
    """Other spaces under the same heading that the actor may know of, by name. One query, none where there is no heading."""
    if space.heading_id is None:
        return []
    others = Space.objects.visible_to(actor).living().filter(heading_id=space.heading_id).exclude(id=space.id)
    return list(others.order_by("name", "id")[:BESIDE])


def arranging_page(actor: Actor, after: str) -> dict[str, Any]:
    """All headings, and the spaces that the actor may put under one, by name. Two queries."""
    known = known_spaces(actor, bool(actor.proven), clock.now(), actor.proven)
    found = cursors.page(known, "name", after, size=PAGE, ascending=True)
    return {
        "headings": list(Heading.objects.visible_to(actor).in_order()),
        "spaces": [space for space in found.rows if may_manage(actor, space)],
        "after": found.next,
        "may_arrange": may_arrange(actor),
    }
