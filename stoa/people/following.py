"""What the page of what one follows reads."""

from dataclasses import dataclass

from stoa.base import cursors, things
from stoa.base.actors import Actor
from stoa.base.things import Card
from stoa.people.models import Follow

PAGE = 50


@dataclass(frozen=True)
class FollowsPage:
    """What one follows, each with its card, as far as one may still see it; and where the list goes on."""

    rows: list[tuple[Follow, Card]]
    next: str


def follows_page(actor: Actor, before: str = "") -> FollowsPage:
    """One page, the latest first. Queries: the rows, and one a kind of thing."""
    found = cursors.page(Follow.objects.visible_to(actor), "at", before, size=PAGE)
    cards = things.cards([row.reference for row in found.rows], to=actor)
    return FollowsPage([(row, cards[row.reference]) for row in found.rows if row.reference in cards], found.next)
