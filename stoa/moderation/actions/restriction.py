"""Suspensions, and restrictions within a space: they begin with a decision, end by themselves, or are undone by an appeal."""

from datetime import datetime

from django.db import transaction

from stoa.base import clock
from stoa.base.actors import Actor, system
from stoa.base.facts import announce
from stoa.moderation.facts import RestrictionEnded
from stoa.moderation.models import Decision, Restriction
from stoa.people.actions.standing import reinstate_person, suspend_person
from stoa.people.models import Person
from stoa.spaces.actions.restriction import lift_space_restriction, restrict_in_space
from stoa.spaces.facts import RestrictionKind


def restrict(person: Person, decision: Decision, *, by: Actor) -> Restriction:
    """Restricts the author until the decision's end: suspended, or within the space of the case alone."""
    if decision.until is None:
        raise ValueError("a restriction has an end")
    if decision.is_within:
        return _restrict_within(person, decision, decision.until, by)
    return _suspend(person, decision, decision.until, by)


def _restrict_within(person: Person, decision: Decision, until: datetime, by: Actor) -> Restriction:
    space = decision.case.space
    if space is None:
        raise ValueError("a case of no space restricts nobody within one")
    kept = restrict_in_space(person, space, RestrictionKind(decision.outcome), until, by=by)
    return Restriction.objects.create(
        decision=decision, person=person, starts_at=decision.at, ends_at=until, due_at=until, within=kept
    )


def _suspend(person: Person, decision: Decision, until: datetime, by: Actor) -> Restriction:
    """A longer suspension that holds already is not shortened."""
    now = clock.now()
    before = person.suspended_until
    row = Restriction.objects.create(
        decision=decision, person=person, starts_at=decision.at, ends_at=until, due_at=until,
        was_suspended=person.is_suspended_at(now), before_until=before if person.is_suspended_at(now) else None,
    )  # fmt: skip
    if not (row.was_suspended and (before is None or before >= until)):
        suspend_person(person, until, by=by)
    return row


def end_restriction(row: Restriction, *, fence: int | None = None) -> None:
    """Its time has come: the person stands as the restrictions that still hold say."""
    with transaction.atomic():
        mine = Restriction.objects.filter(id=row.id, ended_at=None)
        if fence is not None:
            mine = mine.filter(fence=fence)
        if mine.update(ended_at=clock.now(), due_at=None, lease_until=None, trouble=""):
            _lift(row, undone=False)
            announce(RestrictionEnded(row.id, row.person_id, by_appeal=False), by=system("moderation"))


def undo_restriction(row: Restriction) -> None:
    """An appeal was upheld: the person stands as they would have stood without it."""
    if Restriction.objects.filter(id=row.id, ended_at=None).update(ended_at=clock.now(), due_at=None, lease_until=None):
        _lift(row, undone=True)
        announce(RestrictionEnded(row.id, row.person_id, by_appeal=True), by=system("moderation"))


def _lift(row: Restriction, *, undone: bool) -> None:
    if row.within is not None:
        lift_space_restriction(row.within, undone=undone, by=system("moderation"))
    else:
        _stand_without(row)


def _stand_without(row: Restriction) -> None:
    """Gives the person the latest end that still holds: of other restrictions, and of how they stood before."""
    person, now = Person.objects.get(id=row.person_id), clock.now()
    if person.standing != "suspended" or (person.suspended_until is None and not row.was_suspended):
        return
    if row.was_suspended and row.before_until is None:
        _stand(person, None, suspended=True)
        return
    suspended = Restriction.objects.filter(person=person, within=None)
    others = suspended.filter(ended_at=None, ends_at__gt=now).exclude(id=row.id)
    ends = list(others.values_list("ends_at", flat=True))
    ends += [row.before_until] if row.before_until and row.before_until > now else []
    _stand(person, max(ends, default=None), suspended=bool(ends))


def _stand(person: Person, until: datetime | None, *, suspended: bool) -> None:
    by = system("moderation")
    if not suspended:
        reinstate_person(person, by=by)
    elif person.suspended_until != until:
        suspend_person(person, until, by=by)
