"""The roles that every installation starts with, and the grants of a person as the Actor's loader wants them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from stoa.base import clock
from stoa.base.actors import EVERYBODY, Scope
from stoa.base.standing_queries import standing
from stoa.people.loading import Joined
from stoa.people.rights import Granted
from stoa.spaces.models import Role, SpaceRestriction


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


def grants_of(person_id: int) -> tuple[list[Granted], frozenset[Scope]]:
    """Scopes and rights of one person, with what every member holds, and the spaces where they are restricted; one query."""
    granted: list[Granted] = []
    spaces = ""
    for key, rights, kind, number, restricted in standing(roles_held, person_id=person_id, now=clock.now()):
        spaces = restricted or ""
        if kind is not None:
            granted.append(((kind, number), frozenset(rights)))
        elif key == MEMBER:
            granted.append((EVERYBODY, frozenset(rights)))
    return granted, frozenset(("space", int(each)) for each in spaces.split(",") if each)


def roles_held(person_id: int, now: datetime) -> "QuerySet[Role, Any]":
    """Each role of the person with where they hold it, and what every member holds; in each row the spaces where they are restricted."""
    holds = Q(grants__person_id=person_id) & (Q(grants__ends_at=None) | Q(grants__ends_at__gt=now))
    spaces = SpaceRestriction.objects.holding_at(now).filter(person_id=person_id).order_by().values("person")
    return (
        Role.objects.order_by()
        .alias(held=FilteredRelation("grants", condition=holds))
        .annotate(restricted=Subquery(spaces.annotate(ids=Joined(Cast("space_id", TextField()))).values("ids")))
        .filter(Q(held__isnull=False) | Q(key=MEMBER))
        .values_list("key", "rights", "held__scope_kind", "held__scope_id", "restricted")
    )
