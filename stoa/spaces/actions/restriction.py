"""Restricting somebody within one space, and lifting that again. Moderation's decisions come through here."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.people.models import Person
from stoa.people.rights import held_by
from stoa.spaces.actions.roles import keep_one, write_grant
from stoa.spaces.facts import PersonRestricted, RestrictionKind, RestrictionLifted, RoleTaken
from stoa.spaces.models import Grant, Role, Space, SpaceRestriction
from stoa.spaces.policy import may_lift, may_restrict


def restrict_in_space(
    person: Person, space: Space, kind: RestrictionKind, until: datetime, *, by: Actor
) -> SpaceRestriction:
    """They do not write there until then; taken out, they give up their role too, and are not let in before."""
    check_restriction(person, space, until, by=by)
    with transaction.atomic():
        role = _take_out(person, space, by=by) if kind is RestrictionKind.OUT else None
        row = SpaceRestriction.objects.create(
            space=space, person=person, kind=kind.value, role=role, since=clock.now(), until=until
        )
        announce(PersonRestricted(space.id, person.id, row.id, kind, until), by=by)
    return row


def check_restriction(person: Person, space: Space, until: datetime, *, by: Actor) -> None:
    """Refuses what may not or cannot be, before anything is written. One query."""
    if not may_restrict(by, space, person.id, held_by(person.id)):
        raise NotAllowed(
            _("You may not restrict this person here."),
            _("A space's moderators act within it, and never on those who hold more than they do."),
        )
    if person.standing not in ("member", "suspended"):
        raise NotPossible(_("Only a member can be restricted."))
    if until <= clock.now():
        raise Invalid(_("A restriction ends in the future."), field="until")


def _take_out(person: Person, space: Space, *, by: Actor) -> Role | None:
    """The role that they held there, which they hold no more."""
    grant = Grant.objects.within(space.scope).filter(person=person).select_related("role").first()
    if grant is None:
        return None
    if grant.role.key == "space.steward":
        keep_one("space.steward", space, besides=grant)
    grant.delete()
    announce(RoleTaken(person.id, grant.role_id, space.id), by=by)
    return grant.role


def lift_space_restriction(row: SpaceRestriction, *, undone: bool, by: Actor) -> None:
    """Its time has come; or it is undone, and who was taken out is back with the role that they held."""
    if not may_lift(by, row.space):
        raise NotAllowed(_("You may not lift this restriction."))
    with transaction.atomic():
        if not SpaceRestriction.objects.filter(id=row.id, ended_at=None).update(ended_at=clock.now()):
            return
        if undone and row.role is not None:
            _put_back(row, row.role, by)
        announce(RestrictionLifted(row.space_id, row.person_id, row.id, early=undone), by=by)
    row.refresh_from_db()


def _put_back(row: SpaceRestriction, role: Role, by: Actor) -> None:
    """Not who came in again meanwhile, nor who is no member of the community any more, nor where another restriction keeps them out."""
    is_in = Grant.objects.standing().within(row.space.scope).filter(person_id=row.person_id).exists()
    others = SpaceRestriction.objects.holding().filter(space_id=row.space_id, person_id=row.person_id, kind="out")
    if is_in or row.person.standing not in ("member", "suspended"):
        return
    if (other := others.order_by("-until").first()) is not None:
        SpaceRestriction.objects.filter(id=other.id, role=None).update(role=role)
        return
    write_grant(row.person, role, row.space, by=by)
