"""How many people are active, and how that number moves.

Active people in a trailing window of w days that ends with day d: distinct people with activity on a day of
    (d - w, d]. Unit: people; w = 1, 7, 28. Not additive over days.
Stickiness of a period: *mean of days* = mean over its days of daily / trailing-28 (days without a denominator are left
    out); *ratio of sums* = Σ daily / Σ trailing-28. Two names, two figures.
Lifecycle of a period against the one before: new (first ever), returning (also in the one before), resurrecting
    (earlier, not in the one before), dormant (in the one before, not now); active = new + returning + resurrecting.
Numerators and denominators count resolved people, so joining two records never raises a count.
Sources: Discourse's and PostHog's published definitions.
"""

from collections.abc import Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from stoa.measure.formulas.ratio import Ratio

DayPeople = Mapping[int, AbstractSet[Hashable]]
MONTH = 28


def active_people(days: DayPeople, *, day: int, window: int) -> int:
    """Distinct people active on the `window` days that end with `day`."""
    return len(set[Hashable]().union(*(days.get(at, frozenset()) for at in range(day - window + 1, day + 1))))


def stickiness_mean_of_days(days: DayPeople, period: Sequence[int], *, window: int = MONTH) -> float | None:
    """The mean of the daily ratios; `None` when no day has a denominator."""
    daily = [_daily(days, day, window).value for day in period]
    known = [value for value in daily if value is not None]
    return sum(known) / len(known) if known else None


def stickiness_ratio_of_sums(days: DayPeople, period: Sequence[int], *, window: int = MONTH) -> Ratio:
    """The sum of daily counts over the sum of trailing counts."""
    return sum((_daily(days, day, window) for day in period), start=Ratio(0, 0))


@dataclass(frozen=True)
class Lifecycle:
    """One period's people, by how they come to be here."""

    new: int
    returning: int
    resurrecting: int
    dormant: int

    @property
    def active(self) -> int:
        return self.new + self.returning + self.resurrecting


def lifecycle(earlier: AbstractSet[Hashable], before: AbstractSet[Hashable], now: AbstractSet[Hashable]) -> Lifecycle:
    """`before` is the period before `now`; `earlier` everybody active in any period before that."""
    return Lifecycle(
        new=len(now - before - earlier),
        returning=len(now & before),
        resurrecting=len((now & earlier) - before),
        dormant=len(before - now),
    )


def _daily(days: DayPeople, day: int, window: int) -> Ratio:
    return Ratio(active_people(days, day=day, window=1), active_people(days, day=day, window=window))
