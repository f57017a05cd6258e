"""Days and months of the organisation's zone, as half-open periods of instants."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from stoa.base.models.site import site
from stoa.measure.formulas.funnel import Period
from stoa.measure.formulas.retention import STAY, STAY_WINDOW

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
OLD_ENOUGH = STAY + STAY_WINDOW


@dataclass(frozen=True)
class Days:
    """The days from `first` to before `end`, cut in `zone`."""

    first: date
    end: date
    zone: str

    @property
    def period(self) -> Period:
        return Period(start_of(self.first, self.zone), start_of(self.end, self.zone))

    def __iter__(self) -> Iterator[date]:
        return (self.first + DAY * number for number in range((self.end - self.first).days))

    def is_week_old(self, now: datetime) -> bool:
        """Whether everybody who joined in it has been here for 7 days."""
        return self.period.end + WEEK <= now

    def is_old_enough(self, now: datetime) -> bool:
        """Whether the whole thread can be judged: 37 days after the last instant."""
        return self.period.end + OLD_ENOUGH <= now


def start_of(day: date, zone: str) -> datetime:
    """The first instant of a day."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def day_of(instant: datetime, zone: str) -> date:
    return instant.astimezone(ZoneInfo(zone)).date()


def house_zone() -> str:
    """The zone in which this organisation counts."""
    return site().zone


def month_of(day: date, zone: str) -> Days:
    """The month that holds this day."""
    first = day.replace(day=1)
    return Days(first, next_month(first), zone)


def next_month(first: date) -> date:
    return (first + 31 * DAY).replace(day=1)


def month_before(first: date) -> date:
    return (first - DAY).replace(day=1)


def last_month_old_enough(now: datetime, zone: str) -> Days:
    """The last whole month of which everybody has been here for 37 days."""
    month = month_of(day_of(now, zone), zone)
    while not month.is_old_enough(now):
        month = month_of(month_before(month.first), zone)
    return month
