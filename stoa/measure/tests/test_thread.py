"""The guarded thread: no cell points at fewer than five people, and no table gives away what another one folds."""

import random

import pytest

from stoa.measure.impact.thread import ANSWERED, HERE, JOINED, UNKNOWN, WROTE, Reached, Thread, thread

ALL = (JOINED, WROTE, ANSWERED, HERE)


def people(path: tuple[str, ...], *counts: int) -> list[Reached]:
    """`counts`: how many reached each step."""
    joined, wrote, answered, here = counts
    depths = [(joined - wrote, {JOINED}), (wrote - answered, {JOINED, WROTE}), (answered, {JOINED, WROTE, ANSWERED})]
    stayed = [Reached(path, frozenset({HERE}), here)]
    return [*(Reached(path, frozenset(steps), n) for n, steps in depths if n), *stayed]


def test_rows_of_five_and_more_are_shown_as_they_are() -> None:
    found = thread([*people(("a", "p"), 20, 12, 8, 7), *people((UNKNOWN,), 9, 6, 5, 5)], judged=ALL, depth=2)
    assert [(line.path, line.counts) for line in found.top.lines] == [(("a",), (20, 12, 8, 7)), (("",), (9, 6, 5, 5))]
    assert found.top.total == (29, 18, 13, 12)
    assert found.top.apart_from((UNKNOWN,)) == (20, 12, 8, 7)
    assert found.inside["a",].lines[0].counts == (20, 12, 8, 7)


def test_a_small_row_is_folded_with_another_and_no_subtraction_tells_it() -> None:
    found = thread(
        [*people(("a", "p"), 20, 12, 8, 7), *people(("b", "q"), 3, 0, 0, 0), *people((UNKNOWN,), 9, 6, 5, 5)],
        judged=ALL,
        depth=2,
    )
    assert [line.path for line in found.top.lines] == [("a",)]
    assert found.top.other[JOINED] == 12
    assert found.top.apart_from((UNKNOWN,)) == (None,) * 4
    assert ("b",) not in found.inside


def test_a_single_path_is_never_shown() -> None:
    found = thread(people(("a", "p"), 1, 1, 1, 1), judged=ALL, depth=2)
    assert found.top.total == (None,) * 4
    assert found.top.lines == ()


def test_what_is_not_judged_yet_has_no_number() -> None:
    found = thread(people(("a", "p"), 20, 12, 8, 7), judged=(JOINED, WROTE, ANSWERED), depth=2)
    assert found.top.total == (20, 12, 8, None)
    assert found.top.lines[0].counts == (20, 12, 8, None)


@pytest.mark.parametrize("seed", range(60))
def test_tables_inside_say_nothing_that_the_table_above_folds(seed: int) -> None:
    found = thread(random_people(random.Random(seed)), judged=ALL, depth=3)
    for above, table in found.inside.items():
        row = next(line for line in table_above(found, above).lines if line.path == above)
        for step in ALL:
            if row.counts[step] is None:
                assert table.total[step] is None
                assert {line.counts[step] for line in table.lines} <= {None}
            else:
                assert table.total[step] in (row.counts[step], None)
    for table in (found.top, *found.inside.values()):
        for step in ALL:
            shown = [line.counts[step] or 0 for line in table.lines]
            if table.total[step] is not None:
                assert sum(shown) + (table.other[step] or 0) == table.total[step]
            assert not table.total[step] or table.total[step] >= 5
            assert table.other[step] is None or table.other[step] >= 5 or table.other[step] == 0


def table_above(found: Thread, path: tuple[str, ...]) -> object:
    return found.top if len(path) == 1 else found.inside[path[:-1]]


def random_people(dice: random.Random) -> list[Reached]:
    found: list[Reached] = []
    for channel in "abc":
        for campaign in "xy":
            for post in "pq":
                joined = dice.choice((0, 1, 4, 6, 9, 15, 30))
                wrote = dice.randint(0, joined)
                found += people(
                    (channel, campaign, post), joined, wrote, dice.randint(0, wrote), dice.randint(0, joined)
                )
    return [*found, *people((UNKNOWN,), 11, 6, 5, 5)]
