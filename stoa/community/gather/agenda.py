"""Events on the one calendar."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.desk import AgendaItem
from stoa.community.gather.models import Event

MOST = 500


def items(actor: Actor, start: datetime, end: datetime) -> Iterable[AgendaItem]:
    """Events that begin in [start, end) and that the actor may see; cancelled ones say so."""
    rows = Event.objects.visible_to(actor).here().filter(starts_at__gte=start, starts_at__lt=end)
    for event in rows.order_by("starts_at", "id")[:MOST]:
        yield AgendaItem(
            f"gather.event:{event.shown_id}", event.starts_at, event.ends_at, event.title,
            event.get_absolute_url(), "community",
            _("Cancelled") if event.state == "cancelled" else "",
        )  # fmt: skip
