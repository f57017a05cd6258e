"""What this room brings to Today: events that take place today."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.desk import Section, WorkRow
from stoa.community.gather.days import start_of, today_here, zone_here
from stoa.community.gather.models import Event
from stoa.community.gather.policy import may_plan_event

MOST = 20


def rows(actor: Actor) -> Iterable[WorkRow]:
    """For those who look after events. One query."""
    if not actor.is_staff or not actor.may("gather.plan"):
        return
    yield from taking_place(actor)


def taking_place(actor: Actor) -> Iterator[WorkRow]:
    start = start_of(today_here())
    today = Event.objects.visible_to(actor).here().planned().select_related("space")
    today = today.filter(starts_at__gte=start, starts_at__lt=start + timedelta(days=1), ends_at__gt=clock.now())
    for event in today.order_by("starts_at", "id")[:MOST]:
        if may_plan_event(actor, event.space):
            yield WorkRow(
                f"gather.event:{event.shown_id}", Section.GOING_OUT, event.title, why(event), _("Look at it"),
                event.get_absolute_url(), event.starts_at, wing="community",
            )  # fmt: skip


def why(event: Event) -> str:
    """ "Event at 19:00 · 14 of 20 seats"."""
    at = date_format(event.starts_at.astimezone(zone_here()), "H:i")
    if event.seats is None:
        return _("Event at %(at)s · %(going)s come") % {"at": at, "going": event.going_count}
    words = _("Event at %(at)s · %(going)s of %(seats)s seats")
    return words % {"at": at, "going": event.going_count, "seats": event.seats}
