"""What must fit: the figures of days are what counting the rows gives, unless a day is still marked."""

from collections.abc import Iterator
from datetime import date, datetime

from stoa.base import clock
from stoa.measure.actions import count_days, ripened
from stoa.measure.days import DAY, Days, day_of, house_zone
from stoa.measure.models import DirtyDay, MetricDay


def check() -> Iterator[str]:
    zone = house_zone()
    kept = MetricDay.objects.filter(zone=zone)
    first = kept.order_by("day").values_list("day", flat=True).first()
    now = clock.now()
    if first is None:
        return
    counted = count_days(Days(first, day_of(now, zone) + DAY, zone))
    stands = {(row.metric, row.version, row.scope, row.day): (row.numerator, row.denominator, row.n) for row in kept}
    unsettled = _unsettled(now)
    for key in sorted(counted.keys() | stands.keys(), key=str):
        if key[3] not in unsettled and counted.get(key) != stands.get(key):
            yield f"{key[0]} of {key[2]} on {key[3]} stands as {stands.get(key)}, counting gives {counted.get(key)}"


def _unsettled(now: datetime) -> set[date]:
    """Days that are marked, or that the clock work will mark within the hour."""
    marked = set(DirtyDay.objects.filter(due_at__isnull=False).values_list("day", flat=True))
    return marked | ripened(now)
