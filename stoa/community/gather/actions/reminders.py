"""Reminding those who come, a day and an hour before, each in their own zone and language."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone, translation

from stoa.base import actors, clock
from stoa.base.actors import Actor
from stoa.community.gather.models import Event, Rsvp
from stoa.people.actions.notice import tell

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
BEFORE = (("day_told", "gather.tomorrow", DAY), ("hour_told", "gather.soon", HOUR))
AT_ONCE = 500


def send_reminders(*, by: Actor) -> int:
    """Reminds whom it is time to remind; says how many. Each is reminded once of one beginning, however often this runs."""
    return sum(_remind(column, kind, ahead, by) for column, kind, ahead in BEFORE)


def skip_what_is_past(rsvp: Rsvp, event: Event) -> None:
    """Who says yes within the last day needs no word that it is tomorrow."""
    left = event.starts_at - clock.now()
    rsvp.day_told = event.starts_at if left <= DAY else None
    rsvp.hour_told = event.starts_at if left <= HOUR else None


def _remind(column: str, kind: str, ahead: timedelta, by: Actor) -> int:
    rows = Rsvp.objects.to_remind(column, ahead, clock.now()).select_related("event", "person").order_by("id")
    return sum(_remind_one(rsvp, column, kind, by) for rsvp in rows[:AT_ONCE])


def _remind_one(rsvp: Rsvp, column: str, kind: str, by: Actor) -> int:
    reader = actors.of_person(rsvp.person_id)
    with transaction.atomic():
        still = Rsvp.objects.filter(id=rsvp.id, answer=rsvp.answer).exclude(**{column: rsvp.event.starts_at})
        if not still.update(**{column: rsvp.event.starts_at}):
            return 0
        if not Event.objects.visible_to(reader).filter(id=rsvp.event_id).exists():
            return 0
        with timezone.override(ZoneInfo(reader.zone)), translation.override(reader.language):
            return tell([rsvp.person_id], kind, ("gather.event", rsvp.event_id), by=by)
