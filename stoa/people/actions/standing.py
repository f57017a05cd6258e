"""How somebody stands: suspended, reinstated, trusted. Moderation's decisions and talk's levels come through here."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.people.facts import LevelChanged, PersonReinstated, PersonSuspended
from stoa.people.models import Person
from stoa.people.policy import may_set_level, may_suspend


def suspend_person(person: Person, until: datetime | None, *, by: Actor) -> None:
    """Takes all rights away until the instant (None: until reinstated). They still read, and are told why by the decision."""
    if not may_suspend(by) or by.person_id == person.id:
        raise NotAllowed(_("You may not suspend this person."))
    if person.standing not in ("member", "suspended"):
        raise NotPossible(_("Only a member can be suspended."))
    if until is not None and until <= clock.now():
        raise NotPossible(_("A suspension ends in the future."))
    with transaction.atomic():
        person.standing, person.suspended_until = "suspended", until
        person.save(update_fields=["standing", "suspended_until"])
        announce(PersonSuspended(person.id, until), by=by)


def reinstate_person(person: Person, *, by: Actor) -> None:
    """Ends a suspension."""
    if not may_suspend(by):
        raise NotAllowed(_("You may not reinstate this person."))
    if person.standing != "suspended":
        raise NotPossible(_("This person is not suspended."))
    with transaction.atomic():
        person.standing, person.suspended_until = "member", None
        person.save(update_fields=["standing", "suspended_until"])
        announce(PersonReinstated(person.id), by=by)


def set_level(person: Person, level: int, *, by: Actor) -> None:
    """Writes the trust level that another room computed; the history is the facts."""
    if not may_set_level(by):
        raise NotAllowed(_("Trust levels are counted, not given."))
    if level == person.level:
        return
    with transaction.atomic():
        before, person.level = person.level, level
        person.save(update_fields=["level"])
        announce(LevelChanged(person.id, before, level), by=by)
