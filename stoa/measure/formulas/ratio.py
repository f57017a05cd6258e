"""A ratio that keeps both of its terms, and a figure that carries everything a page must be able to say about it.

Ratio: value = numerator / denominator; no value (`None`) when the denominator is 0. Unit: as the terms say, a share
when both count the same people. How a figure is written out (digits, percent, language) is decided elsewhere.
"""

from dataclasses import dataclass
from typing import TypeAlias

from stoa.measure.formulas.absent import NOBODY_COUNTED, Absent, NotAvailable
from stoa.measure.formulas.intervals import CONFIDENCE, Interval, wilson


@dataclass(frozen=True)
class Ratio:
    """Numerator over denominator."""

    numerator: float
    denominator: float

    def __post_init__(self) -> None:
        if self.denominator < 0:
            raise ValueError("a denominator is never negative")

    @property
    def value(self) -> float | None:
        return self.numerator / self.denominator if self.denominator else None

    def __add__(self, other: "Ratio") -> "Ratio":
        """The ratio of the sums: how ratios of parts become the ratio of the whole."""
        return Ratio(self.numerator + other.numerator, self.denominator + other.denominator)


Value: TypeAlias = float | Absent


@dataclass(frozen=True)
class Figure:
    """One number for a page.

    `formula` is the key of a definition in the catalogue, `n` how many people or things were counted, `terms` the
    numerator and denominator where the number is a ratio, `interval` how far it can be trusted.
    """

    formula: str
    value: Value
    n: int
    terms: Ratio | None = None
    interval: Interval | None = None

    @property
    def is_known(self) -> bool:
        return isinstance(self.value, int | float)

    @property
    def number(self) -> float | None:
        """The number alone, for drawing; `None` where there is none."""
        return self.value if isinstance(self.value, int | float) else None


def count_figure(formula: str, n: int) -> Figure:
    """A plain count."""
    return Figure(formula, n, n)


def share_figure(formula: str, successes: int, n: int, *, confidence: float = CONFIDENCE) -> Figure:
    """A share of `n` with Wilson's interval; not available when nobody was counted."""
    interval = wilson(successes, n, confidence=confidence)
    if isinstance(interval, NotAvailable):
        return Figure(formula, NOBODY_COUNTED, 0, Ratio(0, 0))
    return Figure(formula, successes / n, n, Ratio(successes, n), interval)


def absent_figure(formula: str, why: Absent, *, n: int = 0) -> Figure:
    """A figure without a number, saying why."""
    return Figure(formula, why, n)
