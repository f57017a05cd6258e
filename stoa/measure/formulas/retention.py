"""Who comes back.

*Still here after 30 days* (unit: share of people): numerator, people with any activity in [joined + 30 d,
    joined + 37 d); denominator, people who joined at least 37 days ago; who joined later is *too young* and in neither.
N-day matrix: row D, column k: how many of the cohort of period D were active in period D + k; k = 0 is its size.
    *recurring*: everybody active in D; *first time*: everybody whose first active period is D.
    *Unbounded*: active in D + k or later. *Brackets*: active in any period of D + a … D + b.
    A cell whose period has not ended is `None`, never 0. Periods are whole numbers (days, weeks or months counted from
    any origin) that the caller cuts in the reporting time zone.
Period over period: n(A_p ∩ A_(p-1)) / n(A_(p-1)).
Day numbers: *calendar* counts midnights passed in the zone; *rolling* counts 24 hours from the start's full hour.
Sources: the N-day definitions as PostHog, Amplitude and Countly document them; the last as crowd.dev documents it.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import Enum
from itertools import pairwise
from typing import Final

from stoa.measure.formulas.ratio import Ratio

STAY: Final = timedelta(days=30)
STAY_WINDOW: Final = timedelta(days=7)

Cell = int | None
Matrix = tuple[tuple[Cell, ...], ...]
ActivePeriods = Collection[AbstractSet[int]]


class Stay(Enum):
    """What can be said of one person who joined."""

    HERE = "here"
    GONE = "gone"
    TOO_YOUNG = "too_young"


def stay_of(joined: datetime, active_at: Iterable[datetime], *, now: datetime, after: timedelta = STAY) -> Stay:
    """Whether this person was active in [joined + after, joined + after + 7 d); nothing is said before it ends."""
    start = joined + after
    end = start + STAY_WINDOW
    if now < end:
        return Stay.TOO_YOUNG
    return Stay.HERE if any(start <= at < end for at in active_at) else Stay.GONE


@dataclass(frozen=True)
class StillHere:
    """The share still here, and how many joined too recently to be judged."""

    share: Ratio
    too_young: int


def still_here(stays: Iterable[Stay]) -> StillHere:
    """People still here over people old enough to be judged."""
    stays = list(stays)
    here, gone = stays.count(Stay.HERE), stays.count(Stay.GONE)
    return StillHere(Ratio(here, here + gone), len(stays) - here - gone)


def recurring_matrix(people: ActivePeriods, *, rows: int, columns: int, last: int) -> Matrix:
    """Cohort D = everybody active in D. `last` is the last period that has ended."""
    return _matrix(_cohorts_recurring(people, rows), lambda active, at: at in active, columns, last)


def first_time_matrix(people: ActivePeriods, *, rows: int, columns: int, last: int) -> Matrix:
    """Cohort D = everybody whose first active period is D."""
    return _matrix(_cohorts_first_time(people, rows), lambda active, at: at in active, columns, last)


def unbounded_matrix(people: ActivePeriods, *, rows: int, columns: int, last: int) -> Matrix:
    """Recurring cohorts, active in D + k or later."""
    return _matrix(_cohorts_recurring(people, rows), lambda active, at: max(active) >= at, columns, last)


def bracket_row(
    people: ActivePeriods, brackets: Sequence[tuple[int, int]], *, cohort: int, last: int
) -> tuple[Cell, ...]:
    """First-time cohort `cohort`: how many were active in each bracket (a, b) of periods, both ends counted."""
    if any(earlier[1] >= later[0] for earlier, later in pairwise(brackets)):
        raise ValueError("brackets stand in order and do not overlap")
    members = [active for active in people if active and min(active) == cohort]
    return tuple(
        sum(any(cohort + a <= at <= cohort + b for at in active) for active in members) if cohort + b <= last else None
        for a, b in brackets
    )


def period_over_period(previous: AbstractSet[Hashable], current: AbstractSet[Hashable]) -> Ratio:
    """Of those active in the period before, the share that is active again."""
    return Ratio(len(previous & current), len(previous))


def calendar_day_number(start: datetime, at: datetime, *, zone: tzinfo) -> int:
    """Midnights in `zone` between the two instants."""
    return (at.astimezone(zone).date() - start.astimezone(zone).date()).days


def rolling_day_number(start: datetime, at: datetime) -> int:
    """Full spans of 24 hours since the full hour in which `start` lies."""
    return (at - start.replace(minute=0, second=0, microsecond=0)) // timedelta(days=1)


def _cohorts_recurring(people: ActivePeriods, rows: int) -> Mapping[int, ActivePeriods]:
    return {row: [active for active in people if row in active] for row in range(rows)}


def _cohorts_first_time(people: ActivePeriods, rows: int) -> Mapping[int, ActivePeriods]:
    return {row: [active for active in people if active and min(active) == row] for row in range(rows)}


def _matrix(
    cohorts: Mapping[int, ActivePeriods], is_back: Callable[[AbstractSet[int], int], bool], columns: int, last: int
) -> Matrix:
    return tuple(
        tuple(
            sum(is_back(active, row + column) for active in members) if row + column <= last else None
            for column in range(columns)
        )
        for row, members in cohorts.items()
    )
