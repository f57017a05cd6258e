"""Days as people choose them, in the organisation's zone, and the instants that they mean."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as date_format

from stoa.base.shell import kept_site


def end_of(day: date) -> datetime:
    """The instant at which a day is over."""
    return datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(kept_site().zone))


def start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(kept_site().zone))


def last_day(until: datetime) -> date:
    """The last day that lies wholly or partly before this instant."""
    return (until - timedelta(microseconds=1)).astimezone(ZoneInfo(kept_site().zone)).date()


def shown_day(until: datetime) -> str:
    """That day as people read it."""
    return date_format(last_day(until), "j M Y")
