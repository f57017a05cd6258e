"""Breaking glass: an owner looks into a closed space, for a reason, before everybody's eyes.

First the names of the closed spaces (itself a fact and a notice to each of them), then one space, for a day.
"""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.people.actions.notice import tell
from stoa.people.models import Person
from stoa.spaces.actions.roles import role
from stoa.spaces.facts import GlassBroken, NamesListed
from stoa.spaces.models import BreakGlass, Grant, Space
from stoa.spaces.policy import may_break_glass

LASTS = timedelta(hours=24)


def list_closed_names(reason: str, *, by: Actor) -> list[Space]:
    """The names of all private and secret spaces, after telling each of them."""
    person = _owner_with_reason(reason, by)
    spaces = list(Space.objects.filter(visibility__in=("private", "secret")).order_by("name"))
    with transaction.atomic():
        glass = BreakGlass.objects.create(person=person, reason=reason.strip(), ends_at=clock.now() + LASTS)
        for space in spaces:
            announce(NamesListed(space.id, glass.id), by=by)
            _tell_space(space, "spaces.names_listed", by=by)
    return spaces


def break_glass(space: Space, reason: str, *, by: Actor) -> BreakGlass:
    """Sight of one closed space for a day. The names must have been listed within the last day."""
    person = _owner_with_reason(reason, by)
    now = clock.now()
    if not BreakGlass.objects.filter(person=person, space=None, ends_at__gt=now).exists():
        raise NotPossible(_("List the names of the closed spaces first: they are told that you look."))
    if not space.is_closed or Grant.objects.standing().within(space.scope).filter(person=person).exists():
        raise NotPossible(_("You can read this space already."))
    with transaction.atomic():
        glass = BreakGlass.objects.create(person=person, space=space, reason=reason.strip(), ends_at=now + LASTS)
        Grant.objects.within(space.scope).filter(person=person).delete()
        Grant.objects.create(
            person=person, role=role("space.witness"), scope_kind="space", scope_id=space.id,
            ends_at=glass.ends_at, by_id=by.person_id,
        )  # fmt: skip
        announce(GlassBroken(space.id, glass.id, glass.ends_at), by=by)
        _tell_space(space, "spaces.glass_broken", by=by)
    return glass


def _owner_with_reason(reason: str, by: Actor) -> Person:
    if not may_break_glass(by) or by.person_id is None:
        raise NotAllowed(_("Only an owner may do this."))
    if len(reason.strip()) < 20:
        raise Invalid(_("Say why, in a sentence: the space will read it."), field="reason")
    return Person.objects.get(id=by.person_id)


def _tell_space(space: Space, kind: str, *, by: Actor) -> None:
    members = Grant.objects.standing().within(space.scope).values_list("person_id", flat=True)
    tell(list(members), kind, ("spaces.space", space.id), by=by)
