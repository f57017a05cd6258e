"""The two wings beside each other: four numbers each, with intervals, on one axis; and the months one after the other."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from stoa.base.charts import Bar, Point, bars, line
from stoa.base.charts.figure import percent, whole
from stoa.measure.days import Days, month_before
from stoa.measure.formulas.ratio import Figure, share_figure
from stoa.measure.formulas.suppression import K, guarded_share
from stoa.measure.impact.funnel import Funnel
from stoa.measure.impact.thread import ANSWERED, HERE, JOINED, WROTE
from stoa.measure.impact.waiting import Waiting
from stoa.measure.impact.words import absent_words, month
from stoa.measure.models import MetricDay
from stoa.measure.models.day import SITE

MONTHS = 12
KEPT = ("bridge.joins", "bridge.still_here")


def wings(found: Funnel, topics: Waiting, mentions: Waiting) -> tuple[SafeString, SafeString]:
    """Social left, community right: how fast each answers, and how far those got who came by the one or without it."""
    social = [mentions.bar(_("Mentions answered within a day")), *_shares(found.known, found.judged)]
    community = [topics.bar(_("Topics answered within a day")), *_shares(found.unknown, found.judged)]
    return (
        bars(_("Social: those who came through links of ours"), social, most=1, words=percent, wing="social"),
        bars(_("Community: those of unknown origin"), community, most=1, words=percent, wing="community"),
    )


def _shares(counts: Sequence[int | None], judged: Sequence[int]) -> list[Bar]:
    names = {WROTE: _("Wrote within 7 days"), ANSWERED: _("Answered within 7 days"), HERE: _("Here after 30 days")}
    return [_bar(name, counts[step], counts[JOINED], absent_words(step in judged)) for step, name in names.items()]


def _bar(name: str, n: int | None, of: int | None, absent: str) -> Bar:
    if n is None or not of:
        return Bar(name, None, absent=absent)
    figure = share_figure("bridge.still_here", n, of)
    bounds = figure.interval
    note = _("%(n)s of %(of)s") % {"n": whole(n), "of": whole(of)}
    return Bar(name, figure.number, bounds.low if bounds else None, bounds.high if bounds else None, note)


def months(last: Days) -> tuple[SafeString, SafeString]:
    """A year of joins, and of those still here, from the figures that are kept by the day."""
    firsts = [last.first]
    while len(firsts) < MONTHS:
        firsts.append(month_before(firsts[-1]))
    kept = MetricDay.objects.filter(metric__in=KEPT, zone=last.zone, scope=SITE, day__gte=firsts[-1], day__lt=last.end)
    joined, judged, here = Counter[date](), Counter[date](), Counter[date]()
    for row in kept:
        first = row.day.replace(day=1)
        if row.metric == "bridge.joins":
            joined[first] += row.numerator
        else:
            judged[first], here[first] = judged[first] + row.n, here[first] + row.numerator
    firsts.reverse()
    return (
        line(_("Joined, month by month"), [_count_point(first, joined[first]) for first in firsts], wing="bridge"),
        line(
            _("Still here after 30 days, month by month"),
            [_share_point(first, here[first], judged[first], joined[first]) for first in firsts],
            most=1,
            words=percent,
            wing="bridge",
        ),
    )


def _count_point(first: date, n: int) -> Point:
    return Point(month(first), None if 0 < n < K else n)


def _share_point(first: date, here: int, judged: int, joined: int) -> Point:
    """Only months of which everybody is old enough: a part of one, beside the whole, would give away the rest."""
    figure: Figure = guarded_share("bridge.still_here", here, judged)
    if judged != joined or figure.number is None or figure.interval is None:
        return Point(month(first), None)
    return Point(month(first), figure.number, figure.interval.low, figure.interval.high)
