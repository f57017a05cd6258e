"""What this room brings to the calendar: one's own planned topics, and when the rituals of readable spaces come next."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice, takewhile

from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.desk import AgendaItem
from stoa.community.talk import policy
from stoa.community.talk.models import PlannedTopic, Ritual
from stoa.community.talk.planning import instants, title_of

MOST, MOST_OF_ONE = 200, 40


def items(actor: Actor, start: datetime, end: datetime) -> Iterator[AgendaItem]:
    """In [start, end). What a ritual opened already is a topic, and stands here no more."""
    planned = PlannedTopic.objects.visible_to(actor).filter(at__gte=start, at__lt=end).order_by("at", "id")
    for each in planned[:MOST]:
        state = _("Not opened") if each.is_held else _("Planned")
        key, address = f"talk.planned_topic:{each.shown_id}", each.get_absolute_url()
        yield AgendaItem(key, each.at, None, each.title, address, "community", state)
    running = Ritual.objects.visible_to(actor).filter(state=Ritual.State.RUNNING).select_related("space")
    for ritual in running.order_by("id")[:MOST]:
        address = ritual.get_absolute_url() if policy.may_keep_rituals(actor, ritual.space) else ritual.space.address
        coming = takewhile(lambda each: each < end, instants(ritual, max(start, clock.now())))
        for instant in islice(coming, MOST_OF_ONE):
            key = f"talk.ritual:{ritual.shown_id}:{instant:%Y%m%d%H%M}"
            yield AgendaItem(key, instant, None, title_of(ritual, instant), address, "community", _("Ritual"))
