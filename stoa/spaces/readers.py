"""Sight of spaces seen from other sides: which rows somebody tends, what their search may find, who among some people may read."""

from collections.abc import Collection

from django.db.models import Q

from stoa.base.actors import SITE, Actor, Scope
from stoa.base.search import Readable
from stoa.people.membership import members_among
from stoa.people.models import Person
from stoa.spaces.models import Grant, Space, SpaceRestriction
from stoa.spaces.visibility import READ, SEE_QUESTIONS


def tended(actor: Actor, right: str, prefix: str = "space") -> Q:
    """The condition on rows in spaces where the actor holds `right`: by a grant there, or over the site where the space is open."""
    at = f"{prefix}__" if prefix else ""
    found = Q(**{f"{at}id__in": actor.scope_ids("space", right)})
    if actor.holds(right, SITE):
        found |= Q(**{f"{at}visibility__in": ("public", "members")})
    return found


def search_readable(actor: Actor) -> Readable:
    """What `base.search` may find for this actor."""
    if not actor.is_member:
        return Readable(person_id=actor.person_id)
    return Readable(
        members=True,
        scope_ids=actor.scope_ids("space", READ),
        whole_scope_ids=actor.scope_ids("space", SEE_QUESTIONS),
        person_id=actor.person_id,
        without_by=actor.blocked,
    )


def holders_of(right: str, *scopes: Scope) -> set[int]:
    """The members who hold `right` in one of these scopes, in their full standing: who could act; not those who are restricted in a space
    among them. One query a scope, and one."""
    people: set[int] = set()
    spaces = [number for kind, number in scopes if kind == "space"]
    restricted = SpaceRestriction.objects.holding().filter(space_id__in=spaces).values("person_id")
    for scope in scopes:
        grants = Grant.objects.standing().within(scope).select_related("role")
        people |= {grant.person_id for grant in grants if right in grant.role.rights}
    able = Person.objects.filter(id__in=people, standing="member").exclude(id__in=restricted)
    return set(able.values_list("id", flat=True))


def tenders_of(space: Space, right: str) -> set[int]:
    """Who holds `right` where this space's content is looked after: there, and over the site where the space is open."""
    return holders_of(right, space.scope, *([] if space.is_closed else [SITE]))


def readers_among(space: Space, people: Collection[int], *, all_questions: bool = False) -> set[int]:
    """Of these people the members who may read the space (or, where each sees only their own topics, everybody's). One or two queries."""
    if not people:
        return set()
    there = members_among(people)
    if not space.is_closed and not all_questions:
        return there
    right = SEE_QUESTIONS if all_questions else READ
    grants = Grant.objects.standing().within(space.scope).filter(person_id__in=there).select_related("role")
    return {grant.person_id for grant in grants if right in grant.role.rights}
