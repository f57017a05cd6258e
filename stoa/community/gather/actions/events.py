"""Planning, changing and cancelling an event."""

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock, files
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.facts import announce
from stoa.base.text import Written
from stoa.community.gather import finding, policy
from stoa.community.gather.actions.seats import fill_seats, locked
from stoa.community.gather.facts import EventCancelled, EventChanged, EventPlanned
from stoa.community.gather.models import Event, Host
from stoa.community.gather.planning import WALL, EventPlan, checked, moment_of
from stoa.spaces.models import Space


def plan_event(space: Space, plan: EventPlan, *, by: Actor) -> Event:
    """Plans an event; who plans it is its first host."""
    written = checked(plan)
    with transaction.atomic():
        if not policy.may_plan_event(by, space):
            raise NotAllowed(_("You cannot plan events in this space."), _("Its stewards and moderators can."))
        event = Event(space=space, made_by_id=by.own_id, made_at=clock.now())
        take(event, plan, written, by=by)
        if event.has_begun_at(clock.now()):
            raise Invalid(_("That is in the past."), _("Choose a time to come."), field="starts")
        event.save(force_insert=True)
        Host.objects.create(event=event, person_id=by.own_id)
        finding.keep_event(event)
        announce(EventPlanned(event.id, space.id), by=by)
    return event


def change_event(event: Event, plan: EventPlan, *, by: Actor) -> Event:
    """Changes an event. More seats move up who waits; fewer than are taken is refused."""
    written = checked(plan)
    with transaction.atomic():
        event = locked(event)
        if not policy.may_change_event(by, event, hosts_of(event)):
            raise NotAllowed(_("You cannot change this event."), _("Its hosts can, while it is planned."))
        if plan.seats is not None and plan.seats < event.going_count:
            reason = _("%(count)s people have a seat already.") % {"count": event.going_count}
            raise Invalid(reason, _("Give at least as many."), field="seats")
        before = where_and_when(event)
        take(event, plan, written, by=by)
        event.changes += 1
        event.save()
        finding.keep_event(event)
        announce(EventChanged(event.id, event.space_id, moved=where_and_when(event) != before), by=by)
        fill_seats(event, by=by)
    return event


def cancel_event(event: Event, *, reason: str, by: Actor) -> Event:
    """Cancels an event; all who come or wait are told, with the reason."""
    if not reason.strip():
        raise Invalid(_("Say why, so that people understand."), field="reason")
    with transaction.atomic():
        event = locked(event)
        if not policy.may_change_event(by, event, hosts_of(event)):
            raise NotAllowed(_("You cannot cancel this event."), _("Its hosts can, while it is planned."))
        event.state, event.cancelled_at = Event.State.CANCELLED, clock.now()
        event.cancel_reason, event.changes = reason.strip()[:500], event.changes + 1
        event.save(update_fields=["state", "cancelled_at", "cancel_reason", "changes"])
        announce(EventCancelled(event.id, event.space_id), by=by)
    return event


def take(event: Event, plan: EventPlan, written: Written, *, by: Actor) -> None:
    """Takes a checked plan into the row."""
    event.title = " ".join(plan.title.split())
    event.set_text(files.take_pictures(written, ("gather.event", event.id), by=by))
    starts, ends = moment_of(plan.starts, plan.zone, "starts"), moment_of(plan.ends, plan.zone, "ends")
    event.starts_wall, event.ends_wall = starts.wall.strftime(WALL), ends.wall.strftime(WALL)
    event.zone, event.zone_rules = starts.zone, starts.tzdata
    event.starts_at, event.ends_at = starts.at, ends.at
    event.place, event.online_address = plan.place.strip(), plan.online_address.strip()
    event.online_for_going, event.seats = plan.online_for_going, plan.seats


def where_and_when(event: Event) -> tuple[object, ...]:
    return (event.starts_at, event.ends_at, event.place, event.online_address)


def hosts_of(event: Event) -> set[int]:
    """The ids of those who look after it."""
    return set(event.hosts.values_list("person_id", flat=True))
