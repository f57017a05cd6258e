"""What a page about somebody's trust says: what they may do, what comes next and what is missing, how it came about."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from stoa.base import clock, options
from stoa.base.actors import Actor
from stoa.community.talk import levels, newcomers
from stoa.community.talk.counting_trust import counts_of, there_is
from stoa.community.talk.levels import GRACE_DAYS, Line
from stoa.community.talk.models import TrustCount
from stoa.people import rights
from stoa.people.models import LevelChange, LevelLock, Person
from stoa.people.models.level import BY_HAND, HIGHEST_EARNED

CHANGES = 20


@dataclass(frozen=True)
class TrustPage:
    """`may`: what each level up to theirs brings; `next`: what the next one asks for; `keeps`: what level 3 asks of those who have it;
    `lost_at`: when they lose it if nothing changes."""

    person: Person
    is_kept: bool
    may: list[str]
    limits: list[str]
    next: list[Line]
    brings: list[str]
    keeps: list[Line]
    lost_at: datetime | None
    changes: list[LevelChange]

    @classmethod
    def of(cls, person: Person, actor: Actor) -> "TrustPage":
        """A fixed number of queries."""
        now, values, level = clock.now(), options.values(), person.level
        counts, there = counts_of([person.id], now)[person.id], there_is(now)
        is_kept = level == BY_HAND or LevelLock.objects.filter(person=person).exists()
        count = TrustCount.objects.filter(person=person).first()
        missing = count.missing_since if count and level == HIGHEST_EARNED and not is_kept else None
        return cls(
            person,
            is_kept=is_kept,
            may=[each for number in range(1, level + 1) for each in sentences(number)],
            limits=newcomers.limits() if level == 0 else [],
            next=levels.lines(level + 1, counts, values, there) if level < HIGHEST_EARNED else [],
            brings=sentences(level + 1) if level < HIGHEST_EARNED else [],
            keeps=levels.lines(HIGHEST_EARNED, counts, values, there) if level == HIGHEST_EARNED else [],
            lost_at=missing + timedelta(days=values[GRACE_DAYS.key]) if missing else None,
            changes=list(LevelChange.objects.visible_to(actor).filter(person=person).order_by("-id")[:CHANGES]),
        )

    @property
    def name(self) -> str:
        return levels.names(self.person.level)

    @property
    def next_name(self) -> str:
        return levels.names(self.person.level + 1)

    @property
    def missing(self) -> int:
        return sum(not line.is_met for line in self.next)


def sentences(level: int) -> list[str]:
    """What a level brings, in words."""
    return [each.sentence() for each in rights.brought_by(level)]
