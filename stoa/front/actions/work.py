"""Marking rows of Today, and taking a mark back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.facts import announce
from stoa.front.facts import WorkHandedOver, WorkNotNeeded, WorkSnoozed, WorkTakenBack
from stoa.front.models import WorkMark
from stoa.front.policy import may_be_handed_work, may_mark_work
from stoa.front.staff import staff
from stoa.people.models import Person

LONGEST_KEY = 120


def snooze_work(key: str, until: datetime, *, by: Actor) -> WorkMark:
    """Puts a row off, for whoever does it."""
    if until <= clock.now():
        raise Invalid(_("Choose a time that is still to come."), field="until")
    with transaction.atomic():
        mark = _mark(key, by, kind="snoozed", until=until)
        announce(WorkSnoozed(mark.id, until), by=by)
    return mark


def hand_over_work(key: str, to: Person, *, by: Actor) -> WorkMark:
    """Makes a row somebody else's."""
    if not may_be_handed_work(to, staff()):
        raise Invalid(_("Choose somebody of the staff."), field="to")
    with transaction.atomic():
        mark = _mark(key, by, kind="handed", to=to)
        announce(WorkHandedOver(mark.id, to.id), by=by)
    return mark


def set_work_aside(key: str, reason: str, *, by: Actor) -> WorkMark:
    """Decides that a row needs nothing, for everybody and with a reason."""
    if not reason.strip():
        raise Invalid(_("Say why it is not needed, so that others need not ask."), field="reason")
    with transaction.atomic():
        mark = _mark(key, by, kind="not_needed", reason=reason.strip()[:300])
        announce(WorkNotNeeded(mark.id), by=by)
    return mark


def take_work_back(mark: WorkMark, *, by: Actor) -> None:
    """The row is there again."""
    if not may_mark_work(by):
        raise NotAllowed(_("Only the staff uses Today."))
    with transaction.atomic():
        if WorkMark.objects.filter(id=mark.id).delete()[0]:
            announce(WorkTakenBack(mark.id), by=by)


def _mark(key: str, by: Actor, **values: object) -> WorkMark:
    """One mark each: the newer takes the older one's place."""
    if not may_mark_work(by):
        raise NotAllowed(_("Only the staff uses Today."))
    if not key or len(key) > LONGEST_KEY:
        raise Invalid(_("There is no such row on Today."))
    WorkMark.objects.filter(key=key, by_id=by.own_id).delete()
    return WorkMark.objects.create(key=key, by_id=by.own_id, **values)
