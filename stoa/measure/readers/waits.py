"""How long topics that ask for an answer waited for a first one: opened in the period, in spaces that every member may read."""

from datetime import datetime, timedelta

from stoa.community.talk.models import Presence, Split, Topic
from stoa.measure.days import Days
from stoa.measure.formulas.survival import Wait, wait_of
from stoa.measure.readers.joined import OPEN

HOUR = timedelta(hours=1)


def topic_waits(days: Days, now: datetime) -> list[Wait]:
    """In hours. A topic is watched until its first reply by somebody else, else until it was closed, else until now. What was split off
    (its first words were an answer already) and what a decision hid or its author took back are in none of the numbers."""
    period = days.period
    rows = Topic.objects.filter(opened_at__gte=period.start, opened_at__lt=period.end, space__visibility__in=OPEN)
    rows = rows.filter(presence=Presence.HERE, opened_at__lte=now, kind__in=Topic.Kind.that_wait())
    rows = rows.exclude(id__in=Split.objects.values("into"))
    waits = []
    for opened, answered, closed in rows.values_list("opened_at", "answered_at", "closed_at"):
        until = now if answered or not closed else min(closed, now)
        waits.append(wait_of(opened, answered, watched_until=max(until, opened), unit=HOUR))
    return waits
