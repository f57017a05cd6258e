"""How somebody stands: suspended, reinstated, trusted. Moderation's decisions and talk's levels come through here."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.people.actions.devices import forget_devices
from stoa.people.facts import LevelChanged, LevelLocked, LevelUnlocked, PersonReinstated, PersonSuspended
from stoa.people.models import LevelChange, LevelLock, Person
from stoa.people.models.level import HIGHEST_EARNED, LEVELS
from stoa.people.policy import may_give_level, may_set_level, may_suspend


def suspend_person(person: Person, until: datetime | None, *, by: Actor) -> None:
    """Takes all rights away until the instant (None: until reinstated). They still read, and are told why by the decision; their devices
    are told nothing any more."""
    if not may_suspend(by) or by.person_id == person.id:
        raise NotAllowed(_("You may not suspend this person."))
    if person.standing not in ("member", "suspended"):
        raise NotPossible(_("Only a member can be suspended."))
    if until is not None and until <= clock.now():
        raise NotPossible(_("A suspension ends in the future."))
    with transaction.atomic():
        person.standing, person.suspended_until = "suspended", until
        person.save(update_fields=["standing", "suspended_until"])
        forget_devices(person.id)
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
    """Writes the trust level that another room computed, and why it changed."""
    if not may_set_level(by):
        raise NotAllowed(_("Trust levels are counted, not given."))
    with transaction.atomic():
        counted = Person.objects.select_for_update(of=("self",)).filter(level__lte=HIGHEST_EARNED, level_lock=None)
        found = counted.filter(id=person.id, standing="member").first()
        if found is None:  # given by hand for good, or kept as it is by the team
            return
        person.level = found.level
        change_level(person, level, LevelChange.Why.EARNED if level > person.level else LevelChange.Why.LOST, by=by)


def give_level(person: Person, level: int, *, reason: str, keep: bool, by: Actor) -> None:
    """Somebody of the team gives a level by hand. `keep`: nothing that is counted changes it from now on."""
    if not may_give_level(by, person):
        raise NotAllowed(_("You may not set this person's trust level."))
    reason = " ".join(reason.split())
    if level not in LEVELS:
        raise Invalid(_("Choose one of the levels."), field="level")
    if not reason:
        raise Invalid(_("Say why: the person reads it, and so does the team."), field="reason")
    with transaction.atomic():
        person = Person.objects.select_for_update().get(id=person.id)
        if person.standing != "member":
            raise NotPossible(_("Only a member has a trust level."))
        change_level(person, level, LevelChange.Why.GIVEN, reason[:300], by=by)
        lock_level(person, keep, by=by)


def change_level(person: Person, level: int, why: str, reason: str = "", *, by: Actor) -> None:
    """The row, its history and the fact together; what is unchanged leaves none."""
    if level == person.level:
        return
    before, person.level = person.level, level
    person.save(update_fields=["level"])
    LevelChange.objects.create(
        person=person, before=before, after=level, why=why, reason=reason, by_id=by.person_id, at=clock.now()
    )
    announce(LevelChanged(person.id, before, level), by=by)


def lock_level(person: Person, keep: bool, *, by: Actor) -> None:
    """Keeps a level as it is, or lets it be counted again."""
    if keep:
        _row, is_new = LevelLock.objects.get_or_create(person=person, defaults={"by_id": by.person_id})
        if is_new:
            announce(LevelLocked(person.id), by=by)
    elif LevelLock.objects.filter(person=person).delete()[0]:
        announce(LevelUnlocked(person.id), by=by)
