"""Answering an event: yes (or waiting, when all seats are taken), and no."""

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.community.gather import policy
from stoa.community.gather.actions.reminders import skip_what_is_past
from stoa.community.gather.actions.seats import fill_seats, locked, recount
from stoa.community.gather.facts import Answer, RsvpGiven
from stoa.community.gather.models import Event, Rsvp


def say_yes(event: Event, *, by: Actor) -> Rsvp:
    """Takes a seat, or a place among those who wait. Saying it twice changes nothing."""
    with transaction.atomic():
        event = locked(event)
        if not policy.may_say_yes(by, event):
            raise NotAllowed(_("You cannot come to this event."), _("It is for members who read its space."))
        open_for_answers(event)
        rsvp = Rsvp.objects.filter(event=event, person_id=by.own_id).first()
        if rsvp and (rsvp.is_going or rsvp.is_waiting):
            return rsvp
        rsvp = rsvp or Rsvp(event=event, person_id=by.own_id)
        answer = Answer.YES if event.has_free_seat else Answer.WAITING
        rsvp.answer, rsvp.answered_at, rsvp.moved_up_at = answer.value, clock.now(), None
        skip_what_is_past(rsvp, event)
        rsvp.save()
        recount(event)
        announce(RsvpGiven(event.id, by.own_id, answer), by=by)
    return rsvp


def say_no(event: Event, *, by: Actor) -> Rsvp:
    """Gives a seat or a place among those who wait back; who waits longest has the seat in the same moment."""
    with transaction.atomic():
        event = locked(event)
        rsvp = Rsvp.objects.filter(event=event, person_id=by.person_id or 0).first()
        if rsvp is None and policy.may_say_yes(by, event):
            rsvp = Rsvp(event=event, person_id=by.own_id)
        elif rsvp is None or not policy.may_say_no(by, rsvp):
            raise NotAllowed(_("You have not answered this event."))
        open_for_answers(event)
        if rsvp.answer != Answer.NO.value:
            give_back(rsvp, event, by=by)
    return rsvp


def give_up_seats(person_id: int, *, by: Actor, space_id: int | None = None) -> None:
    """Frees the seats of somebody who can come no more: they left the community, or a closed space."""
    coming = Rsvp.objects.filter(person_id=person_id, event__ends_at__gt=clock.now()).exclude(answer=Answer.NO.value)
    if space_id:
        coming = coming.filter(event__space_id=space_id)
    for rsvp in coming.select_related("event").order_by("event_id"):
        with transaction.atomic():
            give_back(rsvp, locked(rsvp.event), by=by)


def give_back(rsvp: Rsvp, event: Event, *, by: Actor) -> None:
    """The event must be locked."""
    rsvp.answer, rsvp.answered_at, rsvp.moved_up_at = Answer.NO.value, clock.now(), None
    rsvp.save()
    announce(RsvpGiven(event.id, rsvp.person_id, Answer.NO), by=by)
    fill_seats(event, by=by)


def open_for_answers(event: Event) -> None:
    """Refuses what is cancelled or over."""
    if event.is_cancelled or not event.is_here:
        raise NotPossible(_("This event was cancelled."), _("Look for another one under Events."))
    if event.is_over_at(clock.now()):
        raise NotPossible(_("This event is over."), _("Look for the next one under Events."))
