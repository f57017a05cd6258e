"""Intervals for shares and for ratios of shares.

Wilson score interval of a share x/n (unit: share, 0 to 1):
    centre = (p + z²/2n) / (1 + z²/n), half = z/(1 + z²/n) · sqrt(p(1-p)/n + z²/4n²).
    Source: Wilson 1927, "Probable inference, the law of succession, and statistical inference".
Katz log interval of a ratio of two shares (unit: times):
    exp(ln(p1/p0) ± z · sqrt(1/x1 - 1/n1 + 1/x0 - 1/n0)).
    Source: Katz, Baptista, Azen, Pike 1978, "Obtaining confidence intervals for the risk ratio in cohort studies".
Both have no value where their formula has none (n = 0; for Katz also x = 0).
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

from stoa.measure.formulas.absent import NOBODY_COUNTED, NotAvailable

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Interval:
    """A range that would hold the true value in `confidence` of all repetitions."""

    low: float
    high: float
    confidence: float = CONFIDENCE


def z_of(confidence: float) -> float:
    """The number of standard deviations on each side of a two-sided interval: 1.96 for 0.95."""
    if not 0 < confidence < 1:
        raise ValueError("confidence lies between 0 and 1")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def wilson(successes: int, n: int, *, confidence: float = CONFIDENCE) -> Interval | NotAvailable:
    """Wilson's interval of `successes` among `n`."""
    if not 0 <= successes <= max(n, 0):
        raise ValueError("successes lie between 0 and n")
    if n == 0:
        return NOBODY_COUNTED
    z = z_of(confidence)
    share = successes / n
    stretch = 1 + z * z / n
    centre = (share + z * z / (2 * n)) / stretch
    half = z / stretch * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low = 0.0 if successes == 0 else max(0.0, centre - half)
    high = 1.0 if successes == n else min(1.0, centre + half)
    return Interval(low, high, confidence)


@dataclass(frozen=True)
class RatioOfShares:
    """p1/p0 with its interval; `lift` is that ratio less one."""

    times: float
    interval: Interval

    @property
    def lift(self) -> float:
        return self.times - 1


def katz(x1: int, n1: int, x0: int, n0: int, *, confidence: float = CONFIDENCE) -> RatioOfShares | NotAvailable:
    """How many times the share x1/n1 is the share x0/n0, with Katz's log interval."""
    if not (0 <= x1 <= n1 and 0 <= x0 <= n0):
        raise ValueError("each count lies between 0 and its group's size")
    if n1 == 0 or n0 == 0:
        return NOBODY_COUNTED
    if x1 == 0 or x0 == 0:
        return NotAvailable("a_group_without_events")
    times = (x1 / n1) / (x0 / n0)
    spread = z_of(confidence) * math.sqrt(max(0.0, 1 / x1 - 1 / n1 + 1 / x0 - 1 / n0))
    return RatioOfShares(times, Interval(times * math.exp(-spread), times * math.exp(spread), confidence))
