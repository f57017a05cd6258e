"""The metrics that are kept by the day: joins, where they came from, how far they went, and what came through links."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from stoa.base import clock
from stoa.measure.days import DAY, OLD_ENOUGH, WEEK, Days, start_of
from stoa.measure.models.day import SITE
from stoa.measure.readers.clicks import opened
from stoa.measure.readers.joined import came
from stoa.measure.readers.links import places
from stoa.measure.registry import Counted, counts


@counts("bridge.joins", "bridge.origin_coverage", "bridge.first_words", "bridge.first_answer", "bridge.still_here")
def count_people(days: Days) -> Iterator[Counted]:
    """By the day on which they joined. How far they came is said of a day when everybody who joined in it is old enough."""
    known, wrote, answered, here, everybody = (Counter[date]() for _ in range(5))
    for one in came(days):
        everybody[one.day] += one.n
        for reached, of in ((one.via, known), (one.wrote, wrote), (one.answered, answered), (one.here, here)):
            of[one.day] += one.n if reached else 0
    for day, n in everybody.items():
        yield Counted("bridge.joins", SITE, day, n, None, n)
        yield Counted("bridge.origin_coverage", SITE, day, known[day], n, n)
        if _is_past(day, days.zone, WEEK):
            yield Counted("bridge.first_words", SITE, day, wrote[day], n, n)
            yield Counted("bridge.first_answer", SITE, day, answered[day], n, n)
        if _is_past(day, days.zone, OLD_ENOUGH):
            yield Counted("bridge.still_here", SITE, day, here[day], n, n)


@counts("bridge.clicks", "bridge.visits", "bridge.clicks_boosted", "bridge.visits_boosted")
def count_openings(days: Days) -> Iterator[Counted]:
    """Of all links, and of those on each channel; by themselves and while boosted in series of their own."""
    rows = list(opened(days))
    channels = {place.link: place.channel for place in places({row.link_id for row in rows}, ())}
    found: Counter[tuple[str, str, date]] = Counter()
    for row in rows:
        channel, mark = channels.get(row.link_id), "_boosted" if row.boosted else ""
        for scope in (SITE, *([f"channel:{channel}"] if channel else [])):
            found[f"bridge.clicks{mark}", scope, row.day] += row.clicks
            found[f"bridge.visits{mark}", scope, row.day] += row.visits
    for (metric, scope, day), n in found.items():
        yield Counted(metric, scope, day, n, None, n)


def _is_past(day: date, zone: str, length: timedelta) -> bool:
    """Whether everybody who joined that day has been here for so long."""
    return start_of(day + DAY, zone) + length <= clock.now()
