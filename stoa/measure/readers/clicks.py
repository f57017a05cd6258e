"""Clicks and visits of tracked links, counted by day and link."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import TruncDate

from stoa.measure.days import Days
from stoa.social.publish.models import Click
from stoa.social.publish.models.boost import boosted


@dataclass(frozen=True)
class Opened:
    """How often one link was opened on one day, by itself or while its post was boosted: `clicks` in all, by `visits` different visitor
    keys. Whoever came by itself and while it was boosted is counted where they came first."""

    day: date
    link_id: int
    clicks: int
    visits: int
    boosted: bool


def opened(days: Days) -> Iterator[Opened]:
    """Every link that was opened in these days. A visitor key lives for one day (UTC), so nobody is followed from day to day."""
    period = days.period
    day = TruncDate("at", tzinfo=ZoneInfo(days.zone))
    rows = Click.objects.filter(at__gte=period.start, at__lt=period.end).annotate(day=day)
    before = Q(at__lt=OuterRef("at")) | Q(at=OuterRef("at"), id__lt=OuterRef("id"))
    same = Click.objects.annotate(day=day).filter(
        link=OuterRef("link"), visitor=OuterRef("visitor"), day=OuterRef("day")
    )
    rows = rows.annotate(boosted=boosted("link__delivery"), came_before=Exists(same.filter(before)))
    counted = rows.values("day", "link_id", "boosted").annotate(
        clicks=Count("id"), visits=Count("id", filter=Q(came_before=False))
    )
    for row in counted.order_by():
        yield Opened(row["day"], row["link_id"], row["clicks"], row["visits"], row["boosted"])
