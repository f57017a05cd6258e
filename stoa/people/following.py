"""What the page of what one follows reads."""

from dataclasses import dataclass

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from stoa.base import cursors, things
from stoa.base.actors import Actor
from stoa.base.things import Card
from stoa.people.models import Follow

PAGE = 50


def followed_at(actor: Actor, key: str) -> Coalesce:
    """For rows of things of this kind: the level at which the actor follows each, "" for none, in the rows' own query."""
    mine = Follow.objects.visible_to(actor).filter(thing_key=key, thing_id=OuterRef("pk")).values("level")
    return Coalesce(Subquery(mine), Value(""), output_field=CharField())


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
