"""Seats: given under the event's lock, so that two people never get the last one."""

from django.db.models import Count, Q

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.facts import announce
from stoa.community.gather.facts import Answer, RsvpMovedUp
from stoa.community.gather.models import Event, Rsvp


def locked(event: Event) -> Event:
    """The event's row as it is now, held until the transaction ends (on SQLite the transaction itself holds everything)."""
    return Event.objects.select_for_update(of=("self",)).select_related("space").get(id=event.id)


def fill_seats(event: Event, *, by: Actor) -> None:
    """Gives every free seat to who waits longest, and counts anew. The event must be locked; it moves nobody up once it is over."""
    recount(event)
    if event.is_cancelled or event.is_over_at(clock.now()):
        return
    free = event.waiting_count if event.seats is None else max(event.seats - event.going_count, 0)
    moving = list(Rsvp.objects.filter(event=event).waiting()[:free]) if event.waiting_count else []
    for rsvp in moving:
        move_up(rsvp, by=by)
    if moving:
        recount(event)


def move_up(rsvp: Rsvp, *, by: Actor) -> None:
    rsvp.answer, rsvp.moved_up_at = Answer.YES.value, clock.now()
    rsvp.save(update_fields=["answer", "moved_up_at"])
    announce(RsvpMovedUp(rsvp.event_id, rsvp.person_id), by=by)


def recount(event: Event) -> None:
    """Brings the event's counts in line with the answers."""
    counted = Rsvp.objects.filter(event_id=event.id).aggregate(
        going=Count("id", filter=Q(answer=Answer.YES.value)), waiting=Count("id", filter=Q(answer=Answer.WAITING.value))
    )
    event.going_count, event.waiting_count = counted["going"], counted["waiting"]
    event.save(update_fields=["going_count", "waiting_count"])
