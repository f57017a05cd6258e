"""The programme: every format with its rhythm in words, when it was last, and the day on which it comes round again."""

from dataclasses import dataclass
from datetime import date

from django.utils.dateformat import format as date_format
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.community.gather import policy
from stoa.community.gather.days import today_here
from stoa.community.gather.models import Format, Occasion
from stoa.community.gather.rhythms import next_day

SHOWN = 12


@dataclass(frozen=True)
class FormatLine:
    """A format in the programme. `last` is empty before the first time; `act` is what starting it would do, "" while it rests."""

    format: Format
    rhythm: str
    last: str
    next: str
    act: str


def programme(actor: Actor) -> list[FormatLine]:
    """The formats that one may start, those that rest at the end. Two queries."""
    rows = Format.objects.visible_to(actor).select_related("space").order_by("state", "name", "id")
    formats = [each for each in rows if policy.may_plan_event(actor, each.space)]
    days: dict[int, date] = {}
    for number, day in Occasion.objects.filter(format__in=formats).order_by("day").values_list("format_id", "day"):
        days[number] = day
    return [line_of(each, days.get(each.id)) for each in formats]


def line_of(format: Format, last: date | None) -> FormatLine:
    following = next_day(format, last, today_here())
    there = date_format(following, "l j F")
    act = _("Plan the one of %(day)s") % {"day": there} if format.is_event else _("Open it now")
    if not format.is_event and last is not None and last >= today_here():
        act = ""
    words = date_format(last, "l j F") if last else ""
    return FormatLine(format, rhythm_words(format), words, there, "" if format.is_resting else act)


def rhythm_words(format: Format) -> str:
    """ "Every week on Thursday, 19:00"."""
    told = {
        Format.Rhythm.WEEKLY: _("Every week on %(day)s, %(time)s"),
        Format.Rhythm.FORTNIGHTLY: _("Every two weeks on %(day)s, %(time)s"),
        Format.Rhythm.MONTHLY: _("On the first %(day)s of the month, %(time)s"),
    }
    return told[Format.Rhythm(format.rhythm)] % {"day": WEEKDAYS[format.weekday], "time": f"{format.at:%H:%M}"}


@dataclass(frozen=True)
class FormatPage:
    """One format: its line, and its last occasions (day in words, address), newest first."""

    line: FormatLine
    occasions: list[tuple[str, str]]

    @classmethod
    def of(cls, format: Format) -> "FormatPage":
        """One query."""
        rows = format.occasions.select_related("event", "topic").order_by("-day")
        occasions = list(rows[:SHOWN])
        told = [(date_format(each.day, "l j F Y"), each.get_absolute_url()) for each in occasions]
        return cls(line_of(format, occasions[0].day if occasions else None), told)
