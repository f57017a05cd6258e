"""Who came, ticked by a host afterwards."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.community.gather import policy
from stoa.community.gather.actions.events import hosts_of
from stoa.community.gather.actions.seats import locked
from stoa.community.gather.facts import AttendanceTaken
from stoa.community.gather.models import Event, Rsvp


def take_attendance(event: Event, came: Collection[int], *, by: Actor, among: Collection[int] | None = None) -> Event:
    """Of those who said yes (and are `among` these), the persons in `came` came and the others did not."""
    with transaction.atomic():
        event = locked(event)
        if not policy.may_change_event(by, event, hosts_of(event)):
            raise NotAllowed(_("You cannot say who came."), _("The event's hosts can."))
        if not event.has_begun_at(clock.now()):
            raise NotPossible(_("The event has not begun."), _("Come back when it has."))
        going = Rsvp.objects.filter(event=event).going()
        if among is not None:
            going = going.filter(person_id__in=among)
        here = going.filter(person_id__in=came).update(attendance=Rsvp.Attendance.CAME)
        missed = going.exclude(person_id__in=came).update(attendance=Rsvp.Attendance.MISSED)
        announce(AttendanceTaken(event.id, here, missed), by=by)
    return event
