"""What somebody plans to open later, as values: one topic, or a ritual; and on which instants a ritual falls."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday
from django.utils.dateformat import format as date_format
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from stoa.base.walltime import instant_of, zone
from stoa.community.talk.models import Ritual

MARGIN = timedelta(days=2)  # more than any zone's clocks jump


@dataclass(frozen=True)
class TopicPlan:
    """`opens` is a wall time; `beginning` what its kind begins with, as a form holds it."""

    title: str
    source: str
    opens: datetime
    kind: str = "discussion"
    beginning: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RitualPlan:
    """All that makes a ritual but where it is."""

    title: str
    source: str
    rhythm: str
    at: time
    weekday: int = 0
    place: int = 1
    day: int = 1
    kind: str = "discussion"
    tags: str = ""


def instants(ritual: Ritual, after: datetime) -> Iterator[datetime]:
    """The instants of a ritual that come after a moment, without end. Its wall time stays what it is when clocks are changed: in an hour
    that is skipped it is the next valid minute, in one that comes twice the first."""
    there = zone(ritual.zone)
    wall = after.astimezone(there).replace(tzinfo=None) - MARGIN
    for moment in _rule(ritual).xafter(wall, inc=True):
        instant = instant_of(moment, there)
        if instant > after:
            yield instant


def next_instants(ritual: Ritual, after: datetime, count: int) -> list[datetime]:
    return list(islice(instants(ritual, after), count))


def _rule(ritual: Ritual) -> rrule:
    """The days at the ritual's wall time, without a zone."""
    start = datetime.combine(ritual.since, ritual.at)
    if ritual.rhythm == Ritual.Rhythm.MONTHLY:
        return rrule(MONTHLY, dtstart=start, bymonthday=[ritual.day, -1], bysetpos=1)
    if ritual.rhythm == Ritual.Rhythm.WEEKDAY:
        return rrule(MONTHLY, dtstart=start, byweekday=weekday(ritual.weekday)(ritual.place))
    step = 2 if ritual.rhythm == Ritual.Rhythm.FORTNIGHTLY else 1
    return rrule(WEEKLY, dtstart=start, interval=step, byweekday=weekday(ritual.weekday))


def first_day(rhythm: str, on: int, today: date) -> date:
    """From which day a ritual that is kept today counts: every second week is counted from the coming such weekday."""
    return today + timedelta(days=(on - today.weekday()) % 7) if rhythm == Ritual.Rhythm.FORTNIGHTLY else today


def title_of(ritual: Ritual, instant: datetime) -> str:
    """Its title on that day, where the ritual is."""
    day = instant.astimezone(zone(ritual.zone))
    words = {
        "{date}": date_format(day, "j F Y"),
        "{week}": str(day.isocalendar().week),
        "{month}": date_format(day, "F Y"),
    }
    title = ritual.title
    for mark, word in words.items():
        title = title.replace(mark, word)
    return title[:160]


def rhythm_words(ritual: Ritual) -> str:
    """ "Every Monday at 09:00"."""
    said = {"weekday": str(WEEKDAYS[ritual.weekday]), "clock": f"{ritual.at:%H:%M}", "day": str(ritual.day)}
    if ritual.rhythm == Ritual.Rhythm.MONTHLY:
        return _("Every month on day %(day)s at %(clock)s") % said
    if ritual.rhythm == Ritual.Rhythm.FORTNIGHTLY:
        return _("Every second %(weekday)s at %(clock)s") % said
    if ritual.rhythm == Ritual.Rhythm.WEEKLY:
        return _("Every %(weekday)s at %(clock)s") % said
    places = {1: _("first"), 2: _("second"), 3: _("third"), 4: _("fourth"), -1: _("last")}
    return _("Every month on the %(place)s %(weekday)s at %(clock)s") % {**said, "place": places[ritual.place]}
