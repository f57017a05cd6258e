"""When an event is, in words: in the reader's zone, and in the event's own where that shows another time."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from stoa.community.gather.models import Event


@dataclass(frozen=True)
class When:
    """`here` for the reader; `there` for those who go there, empty when clocks agree; `day` and `clock` for a list."""

    here: str
    there: str
    day: str
    clock: str
    iso: str


def when(event: Event) -> When:
    reader = timezone.get_current_timezone()
    differs = event.starts_at.astimezone(reader).utcoffset() != event.starts_there.utcoffset()
    there = _("%(when)s in %(zone)s") % {"when": spell(event, ZoneInfo(event.zone)), "zone": city_of(event.zone)}
    starts = event.starts_at.astimezone(reader)
    return When(
        spell(event, reader), there if differs else "", date_format(starts, "l j F"), date_format(starts, "H:i"),
        event.starts_at.isoformat(timespec="seconds"),
    )  # fmt: skip


def spell(event: Event, zone: tzinfo) -> str:
    """ "Thursday 26 November 2026, 19:00–21:30"; the second day too when it ends on another."""
    starts, ends = event.starts_at.astimezone(zone), event.ends_at.astimezone(zone)
    if starts.date() == ends.date():
        return f"{long(starts)}–{date_format(ends, 'H:i')}"
    return f"{long(starts)} – {long(ends)}"


def long(moment: datetime) -> str:
    return date_format(moment, "l j F Y, H:i")


def city_of(zone: str) -> str:
    """ "America/Argentina/Buenos_Aires" → "Buenos Aires"."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")
