"""Days and weeks in the organisation's zone: by them contributions are counted."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from stoa.base import clock
from stoa.base.shell import kept_site


def zone_here() -> ZoneInfo:
    return ZoneInfo(kept_site().zone)


def today_here() -> date:
    """Today, where the organisation is."""
    return clock.now().astimezone(zone_here()).date()


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def start_of(day: date) -> datetime:
    """The instant at which a day begins there."""
    return datetime.combine(day, datetime.min.time(), zone_here())
