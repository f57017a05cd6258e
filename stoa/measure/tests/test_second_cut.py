"""First touch beside last touch: a difference of a few people is told of nobody."""

import random

from stoa.measure.formulas.second_cut import second_counts
from stoa.measure.formulas.suppression import K


def test_what_moved_by_five_and_more_is_told() -> None:
    assert second_counts({"a": 20, "b": 15}, {"a": 12, "b": 23}, shown=["a", "b"]) == {"a": 12, "b": 23}


def test_one_person_who_came_by_two_links_is_not_told() -> None:
    assert second_counts({"a": 20, "b": 15}, {"a": 19, "b": 16}, shown=["a", "b"]) == {}


def test_a_small_second_count_is_not_told_even_by_subtraction() -> None:
    assert second_counts({"a": 9, "b": 20}, {"a": 2, "b": 27}, shown=["a", "b"]) == {}


def test_nobody_is_told_as_nobody() -> None:
    assert second_counts({"a": 9, "b": 20}, {"a": 0, "b": 29}, shown=["a", "b"]) == {"a": 0, "b": 29}


def test_the_rest_of_one_person_keeps_the_smallest_move_back_too() -> None:
    first, second = {"a": 20, "b": 20, "c": 20}, {"a": 26, "b": 15, "c": 19}
    assert second_counts(first, second, shown=["a", "b", "c"]) == {"a": 26}


def test_whatever_the_rows_no_subtraction_leaves_fewer_than_five() -> None:
    dice = random.Random(5)
    told_at_all = 0
    for _round in range(3000):
        keys = "abcdef"[: dice.randint(1, 6)]
        people = [(dice.choice(keys), dice.choice(keys)) for _person in range(dice.randint(0, 60))]
        first = {key: sum(one == key for one, _two in people) for key in keys}
        second = {key: sum(two == key for _one, two in people) for key in keys}
        told = second_counts(first, second, shown=[key for key in keys if first[key] >= K])
        rest = [key for key in keys if key not in told]
        told_at_all += bool(told)
        assert all(abs(n - first[key]) >= K and (n == 0 or n >= K) for key, n in told.items())
        assert abs(sum(second[key] - first[key] for key in rest)) not in range(1, K)
        assert not told or sum(second[key] for key in rest) not in range(1, K)
    assert told_at_all > 100
