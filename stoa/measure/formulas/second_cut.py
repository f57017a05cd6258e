"""A second cut of the same people beside a first: first touch beside last touch, in one table.

Two tables that cut the same people across each other tell, row by row, how many stand in another row than before: one
person who came by two links would be a difference of 1. So a row's second count is told only where it differs from its
first by at least k people and is itself 0 or at least k; and only as long as what is left over (the rows that are not
told, together) moved by 0 or at least k people and holds 0 or at least k. Otherwise the told row that moved least is
kept back too, until that holds.
Unit: people. `moved` is by how many the second cut's rows sum up to more than the first's: 0 where both hold everybody.
Source: the rule of `suppression`, for the flows between two partitions instead of the cells of one.
"""

from collections.abc import Collection, Mapping

from stoa.measure.formulas.suppression import K


def second_counts(
    first: Mapping[str, int], second: Mapping[str, int], *, shown: Collection[str], k: int = K
) -> dict[str, int]:
    """The second counts that may be told, of the rows whose first count is shown."""
    moved = {key: second.get(key, 0) - first.get(key, 0) for key in {*first, *second}}
    told = {key for key in shown if abs(moved.get(key, 0)) >= k and not 0 < second.get(key, 0) < k}
    while told and _gives_away(set(moved) - told, moved, second, k):
        told.remove(min(told, key=lambda key: (abs(moved[key]), key)))
    return {key: second.get(key, 0) for key in told}


def _gives_away(kept_back: set[str], moved: Mapping[str, int], second: Mapping[str, int], k: int) -> bool:
    """What a reader gets by subtracting the told rows from both wholes."""
    left, held = sum(moved[key] for key in kept_back), sum(second.get(key, 0) for key in kept_back)
    return 0 < abs(left) < k or 0 < held < k
