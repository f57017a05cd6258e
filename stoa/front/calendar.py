"""The one calendar: what goes out and what people attend, a month, a week or a list at a time, in the organisation's zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.desk import AgendaItem, agenda
from stoa.base.shell import kept_site

VIEWS = ("month", "week", "list")
LIST_DAYS = 28
FIRST, LAST = date(2000, 1, 3), date(2199, 12, 30)


@dataclass(frozen=True)
class Entry:
    """An item with its hour in the organisation's zone, and in the reader's where that differs ("" where it does not)."""

    item: AgendaItem
    hour: str
    own_hour: str


@dataclass(frozen=True)
class Day:
    """A day with what stands on it; `is_outside` when it belongs to the month before or after."""

    date: date
    entries: list[Entry]
    is_today: bool
    is_outside: bool

    @property
    def name(self) -> str:
        return date_format(self.date, "l j F")

    @property
    def short(self) -> str:
        return date_format(self.date, "D")


@dataclass(frozen=True)
class Calendar:
    """One stretch of days, with what to ask for the stretches beside it."""

    view: str
    title: str
    days: list[Day]
    earlier: str
    later: str
    anchor: date
    zone: str
    own_zone: str

    @property
    def is_empty(self) -> bool:
        return not any(day.entries for day in self.days)


def calendar(actor: Actor, view: str, asked: str) -> Calendar:
    """The stretch that holds the day asked for ("2026-11-23"; anything else means today)."""
    zone = ZoneInfo(kept_site().zone)
    own = ZoneInfo(actor.zone)
    now = clock.now().astimezone(zone).date()
    anchor = _day(asked) or now
    first, length, title, before, after = _stretch(view, anchor)
    items = agenda(actor, _start_of(first, zone), _start_of(first + timedelta(days=length), zone))
    by_day: dict[date, list[Entry]] = {}
    for item in items:
        by_day.setdefault(item.at.astimezone(zone).date(), []).append(_entry(item, zone, own))
    days = [first + timedelta(days=number) for number in range(length)]
    rows = [
        Day(each, by_day.get(each, []), each == now, view == "month" and each.month != anchor.month) for each in days
    ]
    return Calendar(
        view, title, rows, before.isoformat(), after.isoformat(), anchor, zone.key,
        own.key if _differs(zone, own) else "",
    )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if FIRST <= found <= LAST else None


def _stretch(view: str, anchor: date) -> tuple[date, int, str, date, date]:
    """First day, number of days, title, and a day of the stretch before and after."""
    monday = anchor - timedelta(days=anchor.weekday())
    if view == "week":
        title = _("Week from %(day)s") % {"day": date_format(monday, "j F Y")}
        return monday, 7, title, monday - timedelta(days=7), monday + timedelta(days=7)
    if view == "list":
        title = _("Four weeks from %(day)s") % {"day": date_format(anchor, "j F Y")}
        return anchor, LIST_DAYS, title, anchor - timedelta(days=LIST_DAYS), anchor + timedelta(days=LIST_DAYS)
    begins = anchor.replace(day=1)
    later = (begins + timedelta(days=32)).replace(day=1)
    first = begins - timedelta(days=begins.weekday())
    weeks = -(-(later - first).days // 7)
    return first, weeks * 7, date_format(begins, "F Y"), begins - timedelta(days=1), later


def _start_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _entry(item: AgendaItem, zone: ZoneInfo, own: ZoneInfo) -> Entry:
    here, there = item.at.astimezone(zone), item.at.astimezone(own)
    same = here.utcoffset() == there.utcoffset()
    told = "" if same else date_format(there, "H:i" if here.date() == there.date() else "D H:i")
    return Entry(item, date_format(here, "H:i"), told)


def _differs(zone: ZoneInfo, own: ZoneInfo) -> bool:
    now = clock.now()
    return now.astimezone(zone).utcoffset() != now.astimezone(own).utcoffset()
