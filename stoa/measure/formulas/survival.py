"""How long people wait, with the open waits counted (Kaplan–Meier).

A wait ends when it is answered; an open one is *censored*: it has lasted at least so long. At each length t where d of
the n waits still under watch end:
    S(t) = product over t_i ≤ t of (1 - d_i / n_i)                        the share still waiting after t
    median = min {t : S(t) ≤ 0.5}, else *not reached*
    RMST(τ) = ∫ S(t) dt from 0 to τ                                      the mean wait, counted up to τ
    Var S(t) = S(t)² · Σ d_i / (n_i (n_i - d_i))                          (Greenwood)
    interval of S(t) = exp(-exp(ln(-ln S) ± z · sqrt(Σ…) / |ln S|))      (log-log)
    attainment of a target L = 1 - S(L)
A wait censored at t is still under watch at t. Unit: that of the lengths given (one unit for all). Window: waits
that began in the period. After the longest wait, if anything is still open, nothing is known.
Sources: Kaplan and Meier 1958; Greenwood 1926; Kalbfleisch and Prentice 1980; Brookmeyer and Crowley 1982 (median).
"""

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TypeGuard

from stoa.measure.formulas.absent import (
    FOLLOW_UP_TOO_SHORT,
    NOBODY_COUNTED,
    NOT_REACHED,
    NotAvailable,
    NotReached,
)
from stoa.measure.formulas.intervals import CONFIDENCE, Interval, z_of
from stoa.measure.formulas.ratio import Figure

HALF = 0.5
ROUNDING = 1e-12


@dataclass(frozen=True)
class Wait:
    """One wait: how long it has lasted, and whether an answer ended it."""

    length: float
    answered: bool

    def __post_init__(self) -> None:
        if not (math.isfinite(self.length) and self.length >= 0):
            raise ValueError("a wait lasts a finite time, 0 or more")


def wait_of(opened: datetime, answered: datetime | None, *, watched_until: datetime, unit: timedelta) -> Wait:
    """The wait from `opened` to its answer, or, open, to `watched_until` (now, or when it was closed unanswered)."""
    if answered is not None and answered <= watched_until:
        return Wait((answered - opened) / unit, answered=True)
    return Wait((watched_until - opened) / unit, answered=False)


@dataclass(frozen=True)
class Step:
    """One drop of the curve: `ended` of `watched` waits ended at `at`; `share` is S and `greenwood` the Σ after it."""

    at: float
    ended: int
    watched: int
    share: float
    greenwood: float


@dataclass(frozen=True)
class Curve:
    """The share still waiting, as steps; `n` waits, `longest` of them all."""

    steps: tuple[Step, ...]
    n: int
    longest: float

    @property
    def ended(self) -> int:
        return sum(step.ended for step in self.steps)

    @property
    def still_open(self) -> int:
        return self.n - self.ended

    def share_waiting(self, t: float) -> float | NotAvailable:
        """S(t): the share that waits longer than `t`."""
        if not self._knows(t):
            return FOLLOW_UP_TOO_SHORT if self.n else NOBODY_COUNTED
        step = self._step_at(t)
        return step.share if step else 1.0

    def attained(self, target: float) -> float | NotAvailable:
        """1 - S(target): the share answered within `target`."""
        waiting = self.share_waiting(target)
        return waiting if isinstance(waiting, NotAvailable) else 1 - waiting

    def median(self) -> float | NotReached | NotAvailable:
        """The wait after which half are answered."""
        if not self.n:
            return NOBODY_COUNTED
        return next((step.at for step in self.steps if step.share <= HALF + ROUNDING), NOT_REACHED)

    def median_interval(
        self, *, confidence: float = CONFIDENCE
    ) -> tuple[float | NotReached | NotAvailable, float | NotReached | NotAvailable]:
        """The waits at which the lower and the upper bound of S(t) come down to one half."""
        if not self.n:
            return NOBODY_COUNTED, NOBODY_COUNTED
        bounds = [(step.at, _log_log(step, confidence)) for step in self.steps]
        low = next((at for at, bound in bounds if bound.low <= HALF + ROUNDING), NOT_REACHED)
        high = next((at for at, bound in bounds if bound.high <= HALF + ROUNDING), NOT_REACHED)
        return low, high

    def mean_within(self, tau: float) -> float | NotAvailable:
        """RMST(tau): the mean wait when every wait is counted up to `tau` only."""
        if not self._knows(tau):
            return FOLLOW_UP_TOO_SHORT if self.n else NOBODY_COUNTED
        before = [step for step in self.steps if step.at < tau]
        edges = [0.0, *(step.at for step in before), tau]
        heights = [1.0, *(step.share for step in before)]
        return math.fsum(height * (b - a) for height, (a, b) in zip(heights, pairwise(edges), strict=True))

    def variance(self, t: float) -> float | NotAvailable:
        """Greenwood's variance of S(t); 0 where nothing has ended or nothing waits any more."""
        waiting = self.share_waiting(t)
        if isinstance(waiting, NotAvailable):
            return waiting
        step = self._step_at(t)
        return waiting**2 * step.greenwood if step and waiting else 0.0

    def interval(self, t: float, *, confidence: float = CONFIDENCE) -> Interval | NotAvailable:
        """The log-log interval of S(t); not available before the first and after the last possible end."""
        waiting = self.share_waiting(t)
        if isinstance(waiting, NotAvailable):
            return waiting
        step = self._step_at(t)
        if step is None or not waiting:
            return NotAvailable("no_spread_at_the_edge")
        return _log_log(step, confidence)

    def _knows(self, t: float) -> bool:
        nothing_waits = bool(self.steps) and self.steps[-1].share == 0
        return self.n > 0 and (t <= self.longest or nothing_waits)

    def _step_at(self, t: float) -> Step | None:
        place = bisect_right([step.at for step in self.steps], t)
        return self.steps[place - 1] if place else None


def kaplan_meier(waits: Iterable[Wait]) -> Curve:
    """The curve of these waits, answered and open."""
    waits = list(waits)
    ended = Counter(wait.length for wait in waits if wait.answered)
    leaving = Counter(wait.length for wait in waits)
    watched, share, greenwood = len(waits), 1.0, 0.0
    steps: list[Step] = []
    for at in sorted(leaving):
        if d := ended[at]:
            share *= (watched - d) / watched
            greenwood += d / (watched * (watched - d)) if watched > d else math.inf
            steps.append(Step(at, d, watched, share, greenwood))
        watched -= leaving[at]
    return Curve(tuple(steps), len(waits), max(leaving, default=0.0))


def median_figure(formula: str, waits: Iterable[Wait]) -> Figure:
    """The median wait as a figure; an upper bound that is not reached stands as infinity."""
    curve = kaplan_meier(waits)
    low, high = curve.median_interval()
    interval = Interval(low, high if _is_number(high) else math.inf) if _is_number(low) else None
    return Figure(formula, curve.median(), curve.n, interval=interval)


def _is_number(value: float | NotReached | NotAvailable) -> TypeGuard[float]:
    return isinstance(value, int | float)


def _log_log(step: Step, confidence: float) -> Interval:
    if step.share == 0:
        return Interval(0.0, 0.0, confidence)
    log_share = math.log(step.share)
    spread = z_of(confidence) * math.sqrt(step.greenwood) / abs(log_share)
    return Interval(
        math.exp(log_share * math.exp(spread)),
        math.exp(log_share * math.exp(-spread)),
        confidence,
    )
