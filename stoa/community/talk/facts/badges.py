"""Badges: for acts that helped others."""

from dataclasses import dataclass
from enum import StrEnum

from stoa.base.facts import Fact, fact


class BadgeKey(StrEnum):
    """Those that are earned by what happened."""

    SETTLED_FIRST = "settled_first"
    SETTLED_TEN = "settled_ten"
    WITHIN_A_DAY = "within_a_day"
    NEWCOMERS_HEARD = "newcomers_heard"
    WELCOMED_TEN = "welcomed_ten"
    RITUAL_SEASON = "ritual_season"


@fact("talk.badge_earned", about=("people.person", "person"))
@dataclass(frozen=True)
class BadgeEarned(Fact):
    """What somebody did for others stands for a badge now."""

    badge: int
    person: int
    key: BadgeKey


@fact("talk.badge_lost", about=("people.person", "person"))
@dataclass(frozen=True)
class BadgeLost(Fact):
    """What a badge was for is not there any more: taken back, withdrawn, hidden, or moved to where others do not see it."""

    person: int
    key: BadgeKey


@fact("talk.badge_given", about=("people.person", "person"))
@dataclass(frozen=True)
class BadgeGiven(Fact):
    """Somebody who looks after this place, or after one space, gave a badge with words of their own."""

    badge: int
    person: int
    space: int | None


@fact("talk.badge_taken_back", about=("people.person", "person"))
@dataclass(frozen=True)
class BadgeTakenBack(Fact):
    """A badge that was given by hand is there no more."""

    person: int
    space: int | None


@fact("talk.badges_shown", about=("people.person", "person"))
@dataclass(frozen=True)
class BadgesShown(Fact):
    """Somebody chose whether others see a badge of theirs, or any."""

    person: int
    is_shown: bool
