"""What somebody plans to open later, as values: one topic, or a ritual; and on which instants a ritual falls."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from django.utils.dateformat import format as date_format
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from stoa.base.recurring import WEEKLY, Rule
from stoa.base.walltime import zone
from stoa.community.talk.models import Ritual


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
    """The instants of a ritual that come after a moment, without end."""
    return rule_of(ritual).instants(after)


def next_instants(ritual: Ritual, after: datetime, count: int) -> list[datetime]:
    return list(islice(instants(ritual, after), count))


def rule_of(ritual: Ritual) -> Rule:
    rhythm = WEEKLY if ritual.rhythm == Ritual.Rhythm.FORTNIGHTLY else ritual.rhythm
    every = 2 if ritual.rhythm == Ritual.Rhythm.FORTNIGHTLY else 1
    return Rule(
        rhythm, ritual.at, ritual.zone, ritual.since, every, (ritual.weekday,), place=ritual.place, day=ritual.day
    )


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
