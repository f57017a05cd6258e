"""The roles that every installation starts with, and the grants of a person as the Actor's loader wants them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet

from stoa.base import clock
from stoa.base.actors import EVERYBODY
from stoa.base.standing_queries import standing
from stoa.people.rights import Granted
from stoa.spaces.models import Role


@dataclass(frozen=True)
class Shipped:
    """A role before its rights: those are named by the rooms that own them."""

    key: str
    name: str
    scope_kind: str
    rank: int


MEMBER = "member"
OWNER = "owner"
GUEST = "space.guest"
LADDER = ["space.guest", "space.member", "space.moderator", "space.steward"]  # each holds what those before it hold
ROLES = [
    Shipped(OWNER, "Owner", "site", 90),
    Shipped("community_manager", "Community manager", "site", 60),
    Shipped("moderator", "Moderator", "site", 50),
    Shipped("social_media_manager", "Social media manager", "site", 50),
    Shipped("operator", "Operator", "site", 50),
    Shipped("lead", "Lead", "site", 40),
    Shipped(MEMBER, "Member", "site", 0),
    Shipped("space.steward", "Steward", "space", 40),
    Shipped("space.moderator", "Moderator", "space", 30),
    Shipped("space.member", "Member", "space", 20),
    Shipped("space.guest", "Guest", "space", 10),
    Shipped("space.witness", "Witness", "space", 0),
]


def grants_of(person_id: int) -> Iterator[Granted]:
    """Scopes and rights of one person, with what every member holds; one query."""
    for key, rights, kind, number in standing(roles_held, person_id=person_id, now=clock.now()):
        if kind is not None:
            yield (kind, number), frozenset(rights)
        elif key == MEMBER:
            yield EVERYBODY, frozenset(rights)


def roles_held(person_id: int, now: datetime) -> "QuerySet[Role, Any]":
    """Each role of the person with where they hold it, and what every member holds."""
    holds = Q(grants__person_id=person_id) & (Q(grants__ends_at=None) | Q(grants__ends_at__gt=now))
    return (
        Role.objects.order_by()
        .alias(held=FilteredRelation("grants", condition=holds))
        .filter(Q(held__isnull=False) | Q(key=MEMBER))
        .values_list("key", "rights", "held__scope_kind", "held__scope_id")
    )
