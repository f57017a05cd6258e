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
rows says nothing about their sizes. Numerator and denominator of a share are guarded by `guarded_share`: who is in it,
and who is not, are two rows.
Side by side over the same people: a funnel's steps by `guard_steps`, where each count bounds the next; a table cut
inside another by `guard_nested`. Two tables that cut the same people across each other are not safe together. How many
stopped between two shown steps is a difference that a reader may take; it names no row and is not guarded. For steps
the reader is one who has the rule, the rows' names and all that is shown, but not which of the folded rows are small.
Source: complementary cell suppression, Hundepool et al., "Statistical Disclosure Control", 2012, chapter 4.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from stoa.measure.formulas.absent import Withheld
from stoa.measure.formulas.ratio import Figure, absent_figure, share_figure

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
    return _guard(rows, _Known(k))


def guard_nested(groups: Mapping[str, Mapping[str, int]], *, k: int = K) -> GuardedTree:
    """Groups and, for the groups that are shown, their rows: no subtraction of a table from another unfolds a row."""
    guarded = guard({group: sum(rows.values()) for group, rows in groups.items()}, k=k)
    return GuardedTree(guarded, {group: guard(groups[group], k=k) for group in guarded.shown})


def guard_steps(rows: Mapping[str, Sequence[int]], *, k: int = K) -> tuple[Guarded, ...]:
    """A funnel's rows, step by step (each count at most the one before).

    What is folded at a step stays folded; what is withheld at a step stays withheld.
    """
    steps: list[Guarded] = []
    known = _Known(k)
    for column in zip(*rows.values(), strict=True):
        if steps and steps[-1].is_withheld:
            steps.append(steps[-1])
            continue
        guarded = _guard(dict(zip(rows, column, strict=True)), known)
        steps.append(guarded)
        known = _Known(k, guarded.shown, guarded.folded, guarded.other or 0, is_first=False)
    return tuple(steps)


def guarded_share(formula: str, successes: int, n: int, *, k: int = K) -> Figure:
    """A share, withheld when it counts a few of the people, or all but a few."""
    if any(0 < part < k for part in (n, successes, n - successes)):
        return absent_figure(formula, Withheld(k))
    return share_figure(formula, successes, n)


@dataclass(frozen=True)
class _Known:
    """What a reader has from the step before: shown rows bound theirs from above, folded ones are bound by *other*."""

    k: int
    ceilings: Mapping[str, int] = field(default_factory=dict)
    folded: frozenset[str] = frozenset()
    other: int = 0
    is_first: bool = True


def _guard(rows: Mapping[str, int], known: _Known) -> Guarded:
    if any(n < 0 for n in rows.values()):
        raise ValueError("a count is never negative")
    k, total = known.k, sum(rows.values())
    withheld = Guarded({}, frozenset(rows), None, None, k)
    if not known.folded and not any(0 < n < k for n in rows.values()):
        return Guarded(dict(rows), frozenset(), 0, total, k)
    if total < k:
        return withheld
    folded, shown = _cut(rows, k, known)
    while shown and _gives_away(folded, min(shown.values()), known):
        folded, shown = _cut(rows, min(shown.values()) + 1, known)
    if not shown and not known.is_first and _gives_away(folded, total + 1, known):
        return withheld
    return Guarded(shown, frozenset(folded), sum(folded.values()), total, k)


def _cut(rows: Mapping[str, int], edge: int, known: _Known) -> tuple[dict[str, int], dict[str, int]]:
    folded = {key: n for key, n in rows.items() if n < edge or key in known.folded}
    return folded, {key: n for key, n in rows.items() if key not in folded}


def _gives_away(folded: Mapping[str, int], smallest_shown: int, known: _Known) -> bool:
    small = [key for key, n in folded.items() if 0 < n < known.k]
    if not small:
        return False
    held = sum(folded.values())
    if len(folded) < 2 or held < known.k:
        return True
    bounds = {key: _bounds(key, n, smallest_shown, known) for key, n in folded.items()}
    return any(_possible_sizes(key, bounds, held, known) < POSSIBLE_SIZES for key in small)


def _possible_sizes(key: str, bounds: Mapping[str, tuple[int, int]], held: int, known: _Known) -> int:
    """How many sizes of this row fit the sum of *other*, and the sum of what was folded at the step before."""
    low, high = bounds[key]
    before = [bounds[one] for one in bounds if one != key and one in known.folded]
    fresh = [bounds[one] for one in bounds if one != key and one not in known.folded]
    least_before, most_before = sum(one for one, _ in before), sum(one for _, one in before)
    if key in known.folded:
        high = min(high, known.other - least_before)
    else:
        most_before = min(most_before, known.other)
    least, most = least_before + sum(one for one, _ in fresh), most_before + sum(one for _, one in fresh)
    return min(high, held - least) - max(low, held - most) + 1


def _bounds(key: str, n: int, smallest_shown: int, known: _Known) -> tuple[int, int]:
    """What a reader knows of a folded row: that it is empty, or small, or lies under every shown row."""
    if n == 0:
        return 0, 0
    highest = known.other if key in known.folded else known.ceilings.get(key, n + smallest_shown)
    if n < known.k:
        return 1, min(known.k - 1, highest)
    return known.k, highest if key in known.folded else min(smallest_shown - 1, highest)
