"""What each trust level asks for. Discourse's thresholds are the floor (docs/decisions/34-levels.md); each is an option of the desk.

Levels 1 and 2 are earned once and kept. Level 3 looks back over a hundred days and is lost by whoever falls below nine tenths of what it
asks for, and stays there for the days of grace. Level 4 is given by hand.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Any

from django.utils.translation import gettext as _

from stoa.base.options import Option, option

LATELY = timedelta(days=100)
SUSPENDED_LATELY = timedelta(days=180)
KEEPS = 0.9  # of what level 3 asks for

Counts = Mapping[str, int]

SHARE = option(
    "talk.level_share",
    25,
    "Trust levels: of all that there is (topics, replies), the share in percent beyond which no number asks, so that a small place "
    "asks for less.",
    least=1,
    most=100,
)
GRACE_DAYS = option(
    "talk.level_grace_days",
    14,
    "For how many days somebody of level 3 may lack what it asks for before they lose it.",
    least=0,
    most=365,
)


def _asks(level: int, what: str, default: int, most: int, sentence: str) -> Option[int]:
    return option(
        f"talk.level_{level}_{what}", default, f"Trust level {level} asks for so many {sentence}.", least=0, most=most
    )


@dataclass(frozen=True)
class Requirement:
    """`count` names what somebody has of it, `there` what there is of it altogether, of which no more than a share is asked for; `divides`:
    so much of what is asked is needed. `is_limit`: at most so many."""

    level: int
    count: str
    label: Callable[[], str]
    asks: Option[int]
    there: str = ""
    divides: int = 1
    is_limit: bool = False

    def needed(self, values: Mapping[str, Any], there: Counts) -> int:
        wanted = int(values[self.asks.key])
        if self.there:
            wanted = min(wanted, ceil(there[self.there] * values[SHARE.key] / 100))
        return ceil(wanted / self.divides)


@dataclass(frozen=True)
class Line:
    """One requirement with what somebody has and what is needed here."""

    requirement: Requirement
    have: int
    needed: int

    @property
    def is_met(self) -> bool:
        return self.have <= self.needed if self.requirement.is_limit else self.have >= self.needed

    @property
    def is_kept(self) -> bool:
        """A level is kept with a little less than what it was earned by; a limit is a limit."""
        return self.is_met or (not self.requirement.is_limit and self.have >= self.needed * KEEPS)


def _reading(level: int, topics: int, replies: int, minutes: int) -> list[Requirement]:
    asked = [
        ("topics_entered", topics, 10_000, "topics that somebody looked into", "topics"),
        ("replies_read", replies, 100_000, "replies of others that they read", "replies"),
        ("minutes_read", minutes, 10_000, "minutes of reading", ""),
    ]
    return [
        Requirement(level, count, LABELS[count], _asks(level, count, default, most, sentence), there)
        for count, default, most, sentence, there in asked
        if default
    ]


LABELS: dict[str, Callable[[], str]] = {
    "topics_entered": lambda: _("Topics looked into, in all"),
    "replies_read": lambda: _("Replies of others read, in all"),
    "minutes_read": lambda: _("Minutes of reading"),
    "days_here": lambda: _("Days here"),
    "thanks_given": lambda: _("Times of thanking somebody, or finding a reply helpful"),
    "thanks_received": lambda: _("Times of being thanked, found helpful or accepted"),
    "topics_answered": lambda: _("Other people's topics replied in"),
    "lately_days": lambda: _("Days here, of the last hundred"),
    "lately_answered": lambda: _("Other people's topics replied in, in a hundred days"),
    "lately_topics": lambda: _("Topics looked into, in a hundred days"),
    "lately_replies": lambda: _("Replies of others read, in a hundred days"),
    "lately_thanks_given": lambda: _("Times of thanking somebody, or finding a reply helpful, in a hundred days"),
    "lately_thanks_received": lambda: _("Times of being thanked, found helpful or accepted, in a hundred days"),
    "lately_thankers": lambda: _("People whom those thanks came from"),
    "lately_thanked_days": lambda: _("Days on which those thanks came"),
    "decisions": lambda: _("Decisions against one's words, in a hundred days"),
    "suspensions": lambda: _("Suspensions, in half a year"),
}


def _other(level: int, count: str, default: int, sentence: str, there: str = "", most: int = 100_000) -> Requirement:
    return Requirement(level, count, LABELS[count], _asks(level, count, default, most, sentence), there)


def _of_level_3() -> list[Requirement]:
    thanked = _other(
        3, "lately_thanks_received", 20, "thanks, helpful or accepted answers received in 100 days", "lately_replies"
    )
    limits = [
        Requirement(3, "decisions", LABELS["decisions"], _LIMIT, is_limit=True),
        Requirement(3, "suspensions", LABELS["suspensions"], _NEVER, is_limit=True),
    ]
    return [
        _other(3, "lately_days", 50, "days here, of the last 100", most=100),
        _other(3, "lately_answered", 10, "other people's topics replied in, in 100 days", "lately_topics"),
        _other(3, "lately_topics", 500, "topics looked into in 100 days", "lately_topics"),
        _other(3, "lately_replies", 20_000, "replies of others read in 100 days", "lately_replies"),
        *_reading(3, 200, 500, 0),
        _other(3, "lately_thanks_given", 30, "thanks or helpful marks given in 100 days", "lately_replies"),
        thanked,
        Requirement(3, "lately_thankers", LABELS["lately_thankers"], thanked.asks, "lately_replies", divides=4),
        Requirement(3, "lately_thanked_days", LABELS["lately_thanked_days"], thanked.asks, "lately_replies", divides=3),
        *limits,
    ]


_LIMIT = option(
    "talk.level_3_decisions",
    5,
    "Trust level 3 is for those about whose words at most so many decisions of moderation were taken in 100 days.",
    least=0,
    most=1000,
)
_NEVER = option(
    "talk.level_3_suspensions",
    0,
    "Trust level 3 is for those who were suspended at most so often in half a year.",
    least=0,
    most=100,
)

REQUIREMENTS: tuple[Requirement, ...] = (
    *_reading(1, 5, 30, 10),
    *_reading(2, 20, 100, 60),
    _other(2, "days_here", 15, "days here"),
    _other(2, "thanks_given", 1, "thanks or helpful marks given"),
    _other(2, "thanks_received", 1, "thanks, helpful or accepted answers received"),
    _other(2, "topics_answered", 3, "other people's topics replied in"),
    *_of_level_3(),
)


def lines(level: int, counts: Counts, values: Mapping[str, Any], there: Counts) -> list[Line]:
    """What this level asks for, beside what somebody has."""
    asked = (each for each in REQUIREMENTS if each.level == level)
    return [Line(each, counts.get(each.count, 0), each.needed(values, there)) for each in asked]


def earned(counts: Counts, values: Mapping[str, Any], there: Counts) -> int:
    """The highest level whose requirements, and those of all below it, are met."""
    level = 0
    while level < 3 and all(line.is_met for line in lines(level + 1, counts, values, there)):
        level += 1
    return level


def names(level: int) -> str:
    """The level as people call it."""
    called = (_("new here"), _("settled in"), _("at home"), _("relied upon"), _("chosen by the team"))
    return called[level]
