"""Hiding by a decision, and restoring exactly. For the moderation room, which has asked its own policy and written the decision."""

from django.db import transaction

from stoa.base.actors import Actor
from stoa.base.facts import announce
from stoa.community.gather import finding
from stoa.community.gather.actions.seats import locked
from stoa.community.gather.facts import EventHidden, EventRestored
from stoa.community.gather.models import Event


def hide_event(event: Event, *, by: Actor) -> None:
    """Takes an event out of sight of all but who planned it and the space's moderators."""
    with transaction.atomic():
        event = locked(event)
        if not event.is_here:
            return
        event.presence = Event.Presence.HIDDEN
        event.save(update_fields=["presence"])
        finding.drop_event(event)
        announce(EventHidden(event.id, event.space_id), by=by)


def restore_event(event: Event, *, by: Actor) -> None:
    """Undoes `hide_event`."""
    with transaction.atomic():
        event = locked(event)
        if event.is_here:
            return
        event.presence = Event.Presence.HERE
        event.save(update_fields=["presence"])
        finding.keep_event(event)
        announce(EventRestored(event.id, event.space_id), by=by)
