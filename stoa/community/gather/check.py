"""What is counted on events is what their answers say, and no event has more people than seats."""

from collections.abc import Iterator

from django.db.models import Count, F, Q

from stoa.base.ids import shown
from stoa.community.gather.facts import Answer
from stoa.community.gather.models import Event


def check() -> Iterator[str]:
    """Complaints, one an event."""
    going = Count("rsvps", filter=Q(rsvps__answer=Answer.YES.value))
    waiting = Count("rsvps", filter=Q(rsvps__answer=Answer.WAITING.value))
    counted = Event.objects.annotate(going=going, waiting=waiting)
    wrong = counted.exclude(going=F("going_count"), waiting=F("waiting_count"))
    for number, come, wait in wrong.order_by("id").values_list("id", "going", "waiting"):
        yield f"event {shown(number)}: {come} come and {wait} wait, but others are counted"
    for event in counted.filter(seats__lt=F("going")).order_by("id"):
        yield f"event {event.shown_id}: more people than seats"
