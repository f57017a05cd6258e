"""Small cells are folded, so that no shown number points at fewer than k = 5 people.

Given rows (key → how many people), of which each person is in one:
    1. a row with 0 < n < k is small. Where no row is small, everything is shown as it is, zeros too;
    2. a total under k is withheld, and every row with it;
    3. otherwise the rows under k are folded into *other*; while *other* gives one of them away, the rows of the next
       smallest size are folded too. Where no row is left to fold, only the total is shown.
*Other* gives a row away when it holds fewer than two rows or fewer than k people, or when its sum leaves some small
row fewer than three possible sizes to a reader who knows which rows are small (1…k-1 each) and that every other folded
row lies between k and the smallest shown row, less one.
Unit: people. Nothing is rounded: Σ shown + other = total. Rows of the same size share one fate, so that the choice of
rows says nothing about their sizes. Columns of a table (joined, wrote, was answered) are guarded one by one.
Two tables over the same people are safe side by side only when one is cut inside the other: `guard_nested`.
Source: complementary cell suppression, Hundepool et al., "Statistical Disclosure Control", 2012, chapter 4.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

K: Final = 5
POSSIBLE_SIZES: Final = 3


@dataclass(frozen=True)
class Guarded:
    """What may be shown. `folded` are the keys behind `other`; a withheld sum is `None`."""

    shown: Mapping[str, int]
    folded: frozenset[str]
    other: int | None
    total: int | None
    k: int = K

    @property
    def is_withheld(self) -> bool:
        return self.total is None


@dataclass(frozen=True)
class GuardedTree:
    """Groups, and inside each shown group its own rows."""

    groups: Guarded
    inside: Mapping[str, Guarded]


def guard(rows: Mapping[str, int], *, k: int = K) -> Guarded:
    """These rows with the small ones folded."""
    if any(n < 0 for n in rows.values()):
        raise ValueError("a count is never negative")
    total = sum(rows.values())
    if not any(0 < n < k for n in rows.values()):
        return Guarded(dict(rows), frozenset(), 0, total, k)
    if total < k:
        return Guarded({}, frozenset(rows), None, None, k)
    edge = k
    folded, shown = _cut(rows, edge)
    while shown and _gives_away(list(folded.values()), min(shown.values()), k):
        edge = min(shown.values()) + 1
        folded, shown = _cut(rows, edge)
    return Guarded(shown, frozenset(folded), sum(folded.values()), total, k)


def guard_nested(groups: Mapping[str, Mapping[str, int]], *, k: int = K) -> GuardedTree:
    """Groups and, for the groups that are shown, their rows: no subtraction of a table from another unfolds a row."""
    guarded = guard({group: sum(rows.values()) for group, rows in groups.items()}, k=k)
    return GuardedTree(guarded, {group: guard(groups[group], k=k) for group in guarded.shown})


def _cut(rows: Mapping[str, int], edge: int) -> tuple[dict[str, int], dict[str, int]]:
    folded = {key: n for key, n in rows.items() if n < edge}
    return folded, {key: n for key, n in rows.items() if n >= edge}


def _gives_away(folded: list[int], smallest_shown: int, k: int) -> bool:
    held = sum(folded)
    if len(folded) < 2 or held < k:
        return True
    bounds = [_bounds(n, smallest_shown, k) for n in folded]
    least, most = sum(low for low, _ in bounds), sum(high for _, high in bounds)
    return any(
        min(high, held - least + low) - max(low, held - most + high) + 1 < POSSIBLE_SIZES
        for n, (low, high) in zip(folded, bounds, strict=True)
        if 0 < n < k
    )


def _bounds(n: int, smallest_shown: int, k: int) -> tuple[int, int]:
    """What a reader knows of a folded row: that it is empty, or small, or lies under every shown row."""
    if n == 0:
        return 0, 0
    return (1, k - 1) if n < k else (k, smallest_shown - 1)
