"""What the pages about invitations read: each with its maker, what is left of it, and who came by it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from stoa.base import clock, cursors
from stoa.base.actors import EVERYBODY, VISITOR, Actor, Scope, Standing
from stoa.people import rights
from stoa.people.models import Person
from stoa.spaces.models import Grant, Invitation, InvitationUse, Role, Space
from stoa.spaces.options import FROM_LEVEL
from stoa.spaces.policy import may_invite_to_site, may_invite_with, may_make_again
from stoa.spaces.shipped import MEMBER

SIZE, NAMES = 30, 8


@dataclass(frozen=True)
class Shown:
    """An invitation as those who may invite see it: its code only if they made it themselves."""

    invitation: Invitation
    state: str  # open, used, over, revoked, or resting: open, but its maker may not invite any more
    maker: Person | None
    code: str
    came: list[Person | None]
    place: Space | None = None  # where it leads to, as far as its maker may still know of it


def invitations_page(space: Space | None, actor: Actor, before: str) -> dict[str, Any]:
    """One page of the invitations of a space, or of those to the community (None): the newest first. Seven queries at most."""
    found = Invitation.objects.visible_to(actor).filter(space=space).select_related("role")
    page = cursors.page(found, "made_at", before, size=SIZE)
    people = {person.id: person for person in Person.objects.filter(id__in={each.by_id for each in page.rows})}
    makers, from_level = actors_of(list(people.values()), space), FROM_LEVEL.get()
    came = came_by([each.id for each in page.rows])
    for each in page.rows:
        each.space = space
    rows = [
        Shown(
            each, state_of(each, makers.get(each.by_id or 0, VISITOR), from_level), people.get(each.by_id or 0),
            each.code if each.by_id == actor.person_id else "", came[each.id],
        )
        for each in page.rows
    ]  # fmt: skip
    return {"space": space, "rows": rows, "next": page.next, "most_names": NAMES, "is_own": False}


def own_invitations(actor: Actor, before: str) -> dict[str, Any]:
    """One page of the links that the actor made as a member: the newest first. Five queries."""
    found = Invitation.objects.made_as_member(actor).select_related("space", "role")
    page = cursors.page(found, "made_at", before, size=SIZE)
    me = Person.objects.filter(id=actor.person_id or 0).first()
    from_level, came = FROM_LEVEL.get(), came_by([each.id for each in page.rows])
    known = Space.objects.visible_to(actor).in_bulk({each.space_id for each in page.rows if each.space_id})
    rows = [
        Shown(each, state_of(each, actor, from_level), me, each.code, came[each.id], known.get(each.space_id or 0))
        for each in page.rows
    ]
    return {"rows": rows, "next": page.next, "most_names": NAMES}


def places_to_invite_to(actor: Actor) -> list[Space]:
    """The open spaces that the actor is in, into which their links may lead on. One query."""
    spaces = Space.objects.joined_by(actor).filter(visibility__in=("public", "members"), joining="open", state="active")
    return [each for each in spaces.order_by("name", "id") if each.scope not in actor.restricted]


def came_through(person: Person, actor: Actor) -> Person | None:
    """By whose invitation somebody came to the community, for those who look after people. One query."""
    if not may_invite_to_site(actor):
        return None
    uses = InvitationUse.objects.filter(person=person).order_by("id").values_list("invitation__by_id", flat=True)[:1]
    return Person.objects.visible_to(actor).filter(id__in=uses).first()


def state_of(invitation: Invitation, maker: Actor, from_level: int) -> str:
    if invitation.revoked_at:
        return "revoked"
    if invitation.used >= invitation.uses:
        return "used"
    if invitation.ends_at <= clock.now():
        return "over"
    return "open" if may_make_again(maker, invitation, from_level) else "resting"


def actors_of(people: Collection[Person], space: Space | None) -> dict[int, Actor]:
    """Their Actors as far as inviting goes here: what they hold over the site and in this space. Two queries for all of them."""
    everybody = frozenset(Role.objects.filter(key=MEMBER).values_list("rights", flat=True).first() or ())
    held: dict[int, dict[Scope, frozenset[str]]] = {
        each.id: {EVERYBODY: everybody | rights.of_level(each.level)} for each in people
    }
    places = [scope for scope in (("site", 0), space.scope if space else None) if scope]
    grants = Grant.objects.standing().filter(
        person_id__in=held, scope_kind__in=[kind for kind, _ in places], scope_id__in=[number for _, number in places]
    )
    for grant in grants.select_related("role"):
        own = held[grant.person_id]
        own[grant.scope] = own.get(grant.scope, frozenset()) | frozenset(grant.role.rights)
    return {
        each.id: Actor(person_id=each.id, standing=Standing.MEMBER, rights=held[each.id], level=each.level)
        for each in people
        if each.standing in ("member", "suspended") and not each.is_suspended_at(clock.now())
    }


def came_by(invitations: Collection[int]) -> dict[int, list[Person | None]]:
    """The first who came by each, one more than is named. Nobody (None) for who has left the community. One query."""
    uses = InvitationUse.objects.filter(invitation_id__in=invitations).select_related("person")
    place = Window(RowNumber(), partition_by=F("invitation_id"), order_by=F("id").asc())
    found: dict[int, list[Person | None]] = defaultdict(list)
    for use in uses.annotate(place=place).filter(place__lte=NAMES + 1).order_by("id"):
        found[use.invitation_id].append(use.person)
    return found


def givable_roles(space: Space, actor: Actor) -> list[Role]:
    """The roles that the actor may invite to here. One query."""
    roles = Role.objects.filter(scope_kind="space").exclude(key="space.witness").order_by("rank", "name")
    return [role for role in roles if may_invite_with(actor, space, role)]
