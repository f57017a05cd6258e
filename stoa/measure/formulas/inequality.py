"""How evenly voices are shared out, from one count per person (posts, replies received, reach).

Gini (0 = all alike; near 1 = one has all), x ascending, i = 1…n:
    G = 2 · Σ(i · x_i) / (n · Σ x) - (n + 1) / n. With the silent (zeros) and without are two figures: say which.
HHI = Σ p_i², p_i the person's share of all; effective number of voices = 1 / HHI.
Top share (share): what the top q of people hold, the number of people rounded up: ceil(q · n).
Absence factor (people): the fewest who together hold at least half.
Unit: as named with each. Numerator and denominator are the sums above; where the total is 0 there is no value (`None`).
Sources: Gini 1912; Herfindahl 1950 and Laakso and Taagepera 1979; CHAOSS, contributor absence factor.
"""

import math
from collections.abc import Iterable

HALF = 0.5


def gini(counts: Iterable[float], *, count_zeros: bool) -> float | None:
    """Gini's coefficient; `count_zeros` says whether people with 0 are among the n."""
    x = sorted(_checked(counts, count_zeros=count_zeros))
    n, total = len(x), math.fsum(x)
    if not total:
        return None
    return max(0.0, 2 * math.fsum(i * value for i, value in enumerate(x, start=1)) / (n * total) - (n + 1) / n)


def hhi(counts: Iterable[float]) -> float | None:
    """The Herfindahl–Hirschman index."""
    x = _checked(counts)
    total = math.fsum(x)
    return math.fsum((value / total) ** 2 for value in x) if total else None


def effective_number(counts: Iterable[float]) -> float | None:
    """How many equal voices would be as concentrated."""
    index = hhi(counts)
    return 1 / index if index else None


def top_share(counts: Iterable[float], top: float) -> float | None:
    """The share held by the top part `top` (0.01 for one per cent) of people."""
    if not 0 < top <= 1:
        raise ValueError("the top part lies between 0 and 1")
    x = sorted(_checked(counts), reverse=True)
    total = math.fsum(x)
    people = math.ceil(round(top * len(x), 9))
    return math.fsum(x[:people]) / total if total else None


def absence_factor(counts: Iterable[float], *, part: float = HALF) -> int | None:
    """The fewest people who together hold at least `part` of all."""
    x = sorted(_checked(counts), reverse=True)
    total, held = math.fsum(x), 0.0
    if not total:
        return None
    for people, value in enumerate(x, start=1):
        held += value
        if held >= part * total:
            return people
    return len(x)


def _checked(counts: Iterable[float], *, count_zeros: bool = True) -> list[float]:
    x = [value for value in counts if value or count_zeros]
    if any(value < 0 for value in x):
        raise ValueError("a count is never negative")
    return x
