"""Rules by which something comes again: on which wall times it falls, and its k-th time.

Every time is computed from the rule and from where it begins, never from the time before: a time that the clocks skip or that a month
does not have shifts nothing after it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from dateutil.rrule import MONTHLY as EACH_MONTH
from dateutil.rrule import WEEKLY as EACH_WEEK
from dateutil.rrule import rrule, weekday

from stoa.base.walltime import Moment, instant_of, resolve, zone

WEEKLY, MONTHLY, WEEKDAY = "weekly", "monthly", "weekday"
RHYTHMS = (WEEKLY, MONTHLY, WEEKDAY)
PLACES = (1, 2, 3, 4, -1)  # which such weekday of a month; -1 is the last
MARGIN = timedelta(days=2)  # more than any zone's clocks jump


@dataclass(frozen=True)
class Rule:
    """*weekly*: on `weekdays` (0 = Monday) of every `every`-th week, the week of `since` being the first. *monthly*: on the day `day` of
    every `every`-th month; a month that is shorter has its last day. *weekday*: on the `place`-th of `weekdays` of such a month. `at` is
    a wall time in `zone`; no day before `since` counts."""

    rhythm: str
    at: time
    zone: str
    since: date
    every: int = 1
    weekdays: tuple[int, ...] = (0,)
    place: int = 1
    day: int = 1

    def instants(self, after: datetime) -> Iterator[datetime]:
        """Those that come after an instant, without end. The wall time stays what it is when clocks are changed: in an hour that is
        skipped it is the next valid minute, in one that comes twice the first."""
        there = zone(self.zone)
        wall = after.astimezone(there).replace(tzinfo=None) - MARGIN
        for moment in self._days().xafter(wall, inc=True):
            instant = instant_of(moment, there)
            if instant > after:
                yield instant

    def moments(self) -> Iterator[tuple[int, Moment]]:
        """(k, its moment), from the first, without end."""
        return ((number, self.moment_of(wall)) for number, wall in self.walls())

    def moment(self, number: int) -> Moment:
        """The k-th time, k from 1."""
        return self.moment_of(next(islice(self._days(), number - 1, None)))

    def moment_of(self, wall: datetime) -> Moment:
        """What one of its wall times means."""
        return resolve(wall, self.zone)

    def walls(self) -> Iterator[tuple[int, datetime]]:
        """(k, its wall time without a zone), from the first, without end."""
        return enumerate(self._days(), start=1)

    def _days(self) -> rrule:
        start = datetime.combine(self.since, self.at)
        if self.rhythm == MONTHLY:
            days = [self.day, -1]
            return rrule(EACH_MONTH, dtstart=start, interval=self.every, bymonthday=days, bysetpos=1)
        if self.rhythm == WEEKDAY:
            day = weekday(self.weekdays[0])(self.place)
            return rrule(EACH_MONTH, dtstart=start, interval=self.every, byweekday=day)
        return rrule(EACH_WEEK, dtstart=start, interval=self.every, byweekday=list(self.weekdays))
