"""On which day a format comes round again. Days are days in the organisation's zone."""

from datetime import date, timedelta

from stoa.community.gather.models import Format

WEEK = timedelta(days=7)


def next_day(format: Format, last: date | None, today: date) -> date:
    """Its next day, from today on, after the `last` on which it took place."""
    if format.rhythm == Format.Rhythm.MONTHLY:
        return first_of_months(format.weekday, today if last is None else max(today, month_after(last)))
    step = WEEK if format.rhythm == Format.Rhythm.WEEKLY else 2 * WEEK
    day = coming(format.weekday, today)
    return day if last is None or last + step <= day else coming(format.weekday, last + step)


def coming(weekday: int, day: date) -> date:
    """That weekday, on or after the day."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def first_of_months(weekday: int, day: date) -> date:
    """The first such weekday of a month, on or after the day."""
    found = coming(weekday, day.replace(day=1))
    return found if found >= day else coming(weekday, month_after(day))


def month_after(day: date) -> date:
    """The first day of the next month."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
