"""Who looks after an event."""

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.community.gather import policy
from stoa.community.gather.actions.events import hosts_of
from stoa.community.gather.actions.seats import locked
from stoa.community.gather.models import Event, Host
from stoa.people.actions.notice import tell
from stoa.people.models import Person
from stoa.spaces.readers import readers_among


def add_host(event: Event, person: Person, *, by: Actor) -> None:
    """Makes somebody who reads the space a host; they are told."""
    with transaction.atomic():
        event = locked(event)
        if not policy.may_change_event(by, event, hosts_of(event)):
            raise NotAllowed(_("You cannot choose this event's hosts."), _("Its hosts can."))
        if person.id not in readers_among(event.space, {person.id}):
            raise Invalid(_("A host must be able to read the space."), field="person")
        if Host.objects.get_or_create(event=event, person=person)[1]:
            tell([person.id], "gather.host", ("gather.event", event.id), by=by)


def remove_host(event: Event, person: Person, *, by: Actor) -> None:
    """Somebody looks after the event no more; the last host stays."""
    with transaction.atomic():
        event = locked(event)
        hosts = hosts_of(event)
        if not policy.may_change_event(by, event, hosts):
            raise NotAllowed(_("You cannot choose this event's hosts."), _("Its hosts can."))
        if hosts == {person.id}:
            raise NotPossible(_("An event needs a host."), _("Choose another one first."))
        Host.objects.filter(event=event, person=person).delete()
