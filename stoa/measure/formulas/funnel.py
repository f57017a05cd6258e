"""The ordered funnel: who came how far, step after step, within one window from the first.

A person enters at t0, the first event of step 1 (in the entry period, where one is given), and counts at step j if
events 1…j occur in this order, each at or after the one before, all in [t0, t0 + W). Unit: people.
    rate of step j = n_j / n_1 (of the first) and n_j / n_(j-1) (of the one before)
Numerator: people who reached the step. Denominator: people who entered. Who entered less than W ago is *immature*:
counted in `reached`, left out of `reached_mature`, from which rates are drawn.
The inclusive variant, [t0, t0 + W], exists to compare with tools that count so. Source: ours, see docs/metrics.md.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from stoa.measure.formulas.ratio import Ratio

Journey = Mapping[str, Sequence[datetime]]


@dataclass(frozen=True)
class Period:
    """[start, end)."""

    start: datetime
    end: datetime

    def __contains__(self, at: object) -> bool:
        return isinstance(at, datetime) and self.start <= at < self.end


@dataclass(frozen=True)
class Funnel:
    """How many reached each step: everyone so far, and those whose window has passed."""

    steps: tuple[str, ...]
    reached: tuple[int, ...]
    reached_mature: tuple[int, ...]

    @property
    def immature(self) -> int:
        """How many entered too recently to be judged."""
        return self.reached[0] - self.reached_mature[0]

    def of_first(self, step: str) -> Ratio:
        """Mature people at `step` over mature entrants."""
        return Ratio(self.reached_mature[self.steps.index(step)], self.reached_mature[0])

    def of_previous(self, step: str) -> Ratio:
        """Mature people at `step` over mature people at the step before; the first step is its own base."""
        place = self.steps.index(step)
        return Ratio(self.reached_mature[place], self.reached_mature[max(0, place - 1)])


def ordered_funnel(
    journeys: Iterable[Journey],
    steps: Sequence[str],
    *,
    window: timedelta,
    now: datetime,
    entered: Period | None = None,
    last_instant_counts: bool = False,
) -> Funnel:
    """The funnel of these people, one journey (step → its instants) for each."""
    reached, mature = [0] * len(steps), [0] * len(steps)
    for journey in journeys:
        entry = _entry(journey.get(steps[0], ()), entered)
        if entry is None or entry > now:
            continue
        depth = _depth(journey, steps, entry, entry + window, last_instant_counts)
        for place in range(depth):
            reached[place] += 1
            mature[place] += entry + window <= now
    return Funnel(tuple(steps), tuple(reached), tuple(mature))


def _entry(instants: Sequence[datetime], entered: Period | None) -> datetime | None:
    return min((at for at in instants if entered is None or at in entered), default=None)


def _depth(journey: Journey, steps: Sequence[str], entry: datetime, end: datetime, last_instant_counts: bool) -> int:
    at = entry
    for place, step in enumerate(steps[1:], start=1):
        instants = sorted(journey.get(step, ()))
        following = bisect_left(instants, at)
        if following == len(instants):
            return place
        at = instants[following]
        if at > end or (at == end and not last_instant_counts):
            return place
    return len(steps)
