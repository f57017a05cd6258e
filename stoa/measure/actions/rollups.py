"""Rollups: a day is marked when its rows may have changed, and counted anew from the rows; nothing is ever added to a number."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from stoa.base import clock, work
from stoa.measure.days import DAY, OLD_ENOUGH, WEEK, Days, day_of, house_zone
from stoa.measure.models import DirtyDay, MetricDay
from stoa.measure.models.day import SITE
from stoa.measure.registry import all_metrics, count_all

Key = tuple[str, int, str, date]
Value = tuple[int, int | None, int]


def mark(days: Collection[date], *, scope: str = SITE) -> None:
    """These days are to be counted anew."""
    rows = [DirtyDay(scope=scope, day=day, due_at=clock.now()) for day in sorted(set(days))]
    DirtyDay.objects.bulk_create(rows, update_conflicts=True, unique_fields=["scope", "day"], update_fields=["due_at"])


def days_that_stand() -> set[date]:
    """The days for which anything is kept."""
    return set(MetricDay.objects.filter(zone=house_zone()).values_list("day", flat=True))


def ripened(now: datetime) -> set[date]:
    """Today and those since the last that was counted (clicks announce nothing), and the days whose people are now old enough to be
    judged and are not yet."""
    zone = house_zone()
    today = day_of(now, zone)
    kept = MetricDay.objects.filter(zone=zone, scope=SITE)
    newest = kept.order_by("-day").values_list("day", flat=True).first() or today
    found = {today - DAY * number for number in range(max(1, (today - newest).days) + 1)}
    joined = kept.filter(metric="bridge.joins")
    for metric, age in (("bridge.first_answer", WEEK), ("bridge.still_here", OLD_ENOUGH)):
        judged = kept.filter(metric=metric).values("day")
        old_enough = joined.filter(day__lt=day_of(now - age, zone))
        found |= set(old_enough.exclude(day__in=judged).values_list("day", flat=True))
    return found


def settle(dirty_id: int, fence: int) -> None:
    """Counts one marked day. Marked again since it was claimed, it stays marked."""
    dirty = DirtyDay.objects.get(id=dirty_id)
    with transaction.atomic():
        recount(Days(dirty.day, dirty.day + DAY, house_zone()))
        claimed = DirtyDay.objects.filter(id=dirty_id, fence=fence)
        if not claimed.filter(due_at=dirty.due_at).delete()[0] and not claimed.update(lease_until=None):
            raise work.Fenced


def recount(days: Days) -> None:
    """What stands for these days is what counting their rows gives."""
    counted = count_days(days)
    with transaction.atomic():
        MetricDay.objects.filter(zone=days.zone, day__gte=days.first, day__lt=days.end).delete()
        MetricDay.objects.bulk_create([_row(key, value, days.zone) for key, value in counted.items()], batch_size=2000)


def count_days(days: Days) -> dict[Key, Value]:
    """Every metric's figures for these days, from the rows."""
    versions = {key: definition.version for key, definition in all_metrics().items()}
    return {
        (each.metric, versions[each.metric], each.scope, each.day): (each.numerator, each.denominator, each.n)
        for each in count_all(days)
    }


def _row(key: Key, value: Value, zone: str) -> MetricDay:
    metric, version, scope, day = key
    numerator, denominator, n = value
    return MetricDay(
        metric=metric,
        version=version,
        zone=zone,
        scope=scope,
        day=day,
        numerator=numerator,
        denominator=denominator,
        n=n,
    )
