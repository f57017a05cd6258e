"""No reader of a folded table can work out a row of fewer than five people."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.measure.formulas.absent import NOBODY_COUNTED, Withheld
from stoa.measure.formulas.ratio import share_figure
from stoa.measure.formulas.suppression import Guarded, guard, guard_nested, guard_steps, guarded_share

tables = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 60) | st.integers(0, 8), max_size=8)


def test_small_rows_are_folded_into_other() -> None:
    assert guard({"a": 64, "b": 18, "c": 4, "d": 2, "e": 3}) == Guarded(
        {"a": 64, "b": 18}, frozenset("cde"), other=9, total=91
    )


def test_one_small_row_takes_the_next_smallest_with_it() -> None:
    assert guard({"a": 64, "b": 18, "c": 3}) == Guarded({"a": 64}, frozenset("bc"), other=21, total=85)


def test_small_rows_under_five_together_take_the_next_smallest_with_them() -> None:
    assert guard({"a": 64, "b": 18, "c": 1, "d": 2}) == Guarded({"a": 64}, frozenset("bcd"), other=21, total=85)


def test_two_fours_would_give_themselves_away() -> None:
    assert guard({"a": 64, "b": 18, "c": 4, "d": 4}).folded == frozenset("bcd")


def test_five_ones_would_give_themselves_away() -> None:
    rows = {"a": 64, "b": 18, "c": 1, "d": 1, "e": 1, "f": 1, "g": 1}
    assert guard(rows).folded == frozenset("bcdefg")


def test_rows_of_one_size_share_one_fate() -> None:
    assert guard({"a": 64, "b": 18, "c": 18, "d": 3}).folded == frozenset("bcd")


def test_an_empty_row_protects_nobody() -> None:
    assert guard({"a": 64, "b": 18, "c": 0, "d": 3}).folded == frozenset("bcd")


def test_a_total_under_five_is_withheld_with_all_its_rows() -> None:
    guarded = guard({"a": 3, "b": 1})
    assert guarded == Guarded({}, frozenset("ab"), other=None, total=None)
    assert guarded.is_withheld


def test_where_all_is_folded_only_the_total_is_shown() -> None:
    assert guard({"a": 4, "b": 3}) == Guarded({}, frozenset("ab"), other=7, total=7)


def test_without_small_rows_all_is_shown_and_zeros_stay_zeros() -> None:
    assert guard({"a": 5, "b": 0}) == Guarded({"a": 5, "b": 0}, frozenset(), other=0, total=5)
    assert guard({}) == Guarded({}, frozenset(), other=0, total=0)


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        guard({"a": -1})


def test_rows_are_folded_inside_their_group() -> None:
    tree = guard_nested({"plaza": {"p1": 10, "p2": 6, "p3": 4}, "harbour": {"p4": 2}, "market": {"p5": 30, "p6": 9}})
    assert tree.groups == Guarded({"market": 39}, frozenset({"plaza", "harbour"}), other=22, total=61)
    assert tree.inside == {"market": Guarded({"p5": 30, "p6": 9}, frozenset(), other=0, total=39)}
    alone = guard_nested({"plaza": {"p1": 10, "p2": 6, "p3": 4}})
    assert alone.inside["plaza"] == Guarded({"p1": 10}, frozenset({"p2", "p3"}), other=10, total=20)


@given(tables)
def test_what_is_shown_is_never_small_and_adds_up(rows: dict[str, int]) -> None:
    guarded = guard(rows)
    assert all(n == rows[key] and (n == 0 or n >= 5) for key, n in guarded.shown.items())
    assert guarded.shown.keys() | guarded.folded == rows.keys()
    assert not guarded.shown.keys() & guarded.folded
    if guarded.other is None or guarded.total is None:
        assert 0 < sum(rows.values()) < 5
        return
    assert sum(guarded.shown.values()) + guarded.other == guarded.total == sum(rows.values())
    assert guarded.other == 0 or guarded.other >= 5


@given(tables)
def test_total_less_shown_never_leaves_one_row(rows: dict[str, int]) -> None:
    guarded = guard(rows)
    assert len(guarded.folded) != 1 or guarded.is_withheld


@given(tables, st.permutations("abcdefgh"))
def test_names_do_not_decide_what_is_folded(rows: dict[str, int], names: list[str]) -> None:
    renamed = dict(zip("abcdefgh", names, strict=True))
    again = guard({renamed[key]: n for key, n in rows.items()})
    assert again.folded == {renamed[key] for key in guard(rows).folded}


def splits(total: int, rows: int) -> Iterator[tuple[int, ...]]:
    if rows == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in splits(total - first, rows - 1):
            yield first, *rest


def recovered(rows: int, largest: int, *, knows_which_are_small: bool) -> list[tuple[int, ...]]:
    """Tables in which one who has the rule, the names and the output is left one possible size for a small row."""
    worlds: defaultdict[object, list[tuple[int, ...]]] = defaultdict(list)
    for total in range(largest + 1):
        for sizes in splits(total, rows):
            guarded = guard(dict(zip("abcde", sizes, strict=False)))
            seen = (tuple(guarded.shown.items()), guarded.folded, guarded.other, guarded.total)
            known = tuple(0 < n < 5 for n in sizes) if knows_which_are_small and guarded.shown else None
            worlds[seen, known].append(sizes)
    return [
        alike[0]
        for alike in worlds.values()
        if any(len(sizes) == 1 and 0 < min(sizes) < 5 for sizes in map(set, zip(*alike, strict=True)))
    ]


@pytest.mark.parametrize("knows_which_are_small", [False, True])
@pytest.mark.parametrize(("rows", "largest"), [(1, 30), (2, 40), (3, 36), (4, 28), (5, 18)])
def test_no_table_of_any_size_gives_a_small_row_away(rows: int, largest: int, knows_which_are_small: bool) -> None:
    assert recovered(rows, largest, knows_which_are_small=knows_which_are_small) == []


def test_a_row_folded_at_one_step_stays_folded() -> None:
    joined, wrote = guard_steps({"a": (64, 40), "b": (18, 18), "c": (3, 2)})
    assert joined == Guarded({"a": 64}, frozenset("bc"), other=21, total=85)
    assert wrote == Guarded({"a": 40}, frozenset("bc"), other=20, total=60)


def test_a_row_that_shrinks_is_folded_from_there_on() -> None:
    joined, wrote, answered = guard_steps({"a": (64, 40, 20), "b": (18, 16, 9), "c": (9, 3, 0)})
    assert joined == Guarded({"a": 64, "b": 18, "c": 9}, frozenset(), other=0, total=91)
    assert wrote == Guarded({"a": 40}, frozenset("bc"), other=19, total=59)
    assert answered == Guarded({"a": 20}, frozenset("bc"), other=9, total=29)


def test_a_step_that_its_forerunner_would_unmask_is_withheld() -> None:
    joined, wrote = guard_steps({"a": (5, 4), "b": (6, 6)})
    assert joined.shown == {"a": 5, "b": 6}
    assert wrote.is_withheld
    assert guard_steps({"a": (5, 4, 4), "b": (6, 6, 6)})[2].is_withheld


def test_no_steps_or_no_rows_need_no_guard() -> None:
    assert guard_steps({}) == ()
    assert guard_steps({"a": (), "b": ()}) == ()


@pytest.mark.parametrize(("rows", "largest", "k"), [(2, 16, 5), (3, 10, 3), (4, 7, 3)])
def test_no_funnel_gives_a_small_cell_away(rows: int, largest: int, k: int) -> None:
    worlds: defaultdict[object, list[tuple[int, ...]]] = defaultdict(list)
    for total in range(largest + 1):
        for first in splits(total, rows):
            for second in product(*(range(n + 1) for n in first)):
                steps = guard_steps(dict(zip("abcd", zip(first, second, strict=True), strict=False)), k=k)
                seen = tuple((tuple(step.shown.items()), step.folded, step.other, step.total) for step in steps)
                worlds[seen].append((*first, *second))
    for alike in worlds.values():
        assert not any(len(sizes) == 1 and 0 < min(sizes) < k for sizes in map(set, zip(*alike, strict=True)))


@pytest.mark.parametrize(("successes", "n"), [(3, 64), (61, 64), (2, 4), (0, 4), (4, 4)])
def test_a_share_of_a_few_or_of_all_but_a_few_is_withheld(successes: int, n: int) -> None:
    figure = guarded_share("bridge.still_here", successes, n)
    assert (figure.value, figure.n, figure.terms, figure.interval) == (Withheld(5), 0, None, None)


@pytest.mark.parametrize(("successes", "n"), [(23, 64), (5, 10), (0, 5), (5, 5)])
def test_other_shares_are_shown(successes: int, n: int) -> None:
    assert guarded_share("bridge.still_here", successes, n) == share_figure("bridge.still_here", successes, n)


def test_a_share_of_nobody_is_not_available() -> None:
    assert guarded_share("bridge.still_here", 0, 0).value == NOBODY_COUNTED
