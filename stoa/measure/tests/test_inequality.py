"""Inequality against published values, and its laws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.measure.formulas.inequality import absence_factor, effective_number, gini, hhi, top_share

TEN = [0, 0, 0, 0, 0, 0, 1, 1, 3, 5]
REPEAT_PURCHASES = {0: 1411, 1: 439, 2: 214, 3: 100, 4: 62, 5: 38, 6: 29, 7: 23, 8: 7, 9: 5, 10: 5, 11: 5, 12: 4, 13: 5}
REPEAT_PURCHASES |= {14: 2, 15: 1, 17: 1, 18: 1, 19: 1, 21: 1, 25: 1, 26: 1, 29: 1}
CDNOW = [repeats for repeats, people in REPEAT_PURCHASES.items() for _ in range(people)]
counts = st.lists(st.integers(0, 1000), min_size=1, max_size=40).filter(any)


@pytest.mark.parametrize(
    ("x", "expected"), [([1, 1, 1, 1], 0), ([1, 2, 3, 4], 0.25), ([0, 0, 0, 1], 0.75), (TEN, 0.74)]
)
def test_gini_as_published(x: list[int], expected: float) -> None:
    assert gini(x, count_zeros=True) == pytest.approx(expected, abs=1e-12)


def test_a_published_sample_of_2357_customers() -> None:
    figures = [
        gini(CDNOW, count_zeros=True),
        gini(CDNOW, count_zeros=False),
        top_share(CDNOW, 0.01),
        top_share(CDNOW, 0.1),
    ]
    assert len(CDNOW) == 2357
    assert [round(figure or 0, 4) for figure in figures] == [0.7738, 0.4363, 0.149, 0.5775]


def test_the_silent_change_the_figure() -> None:
    assert gini(TEN, count_zeros=False) == pytest.approx(0.35)
    assert gini([0, 0, 0, 1], count_zeros=False) == 0


def test_concentration_as_published() -> None:
    assert hhi([5, 3, 1, 1]) == pytest.approx(0.36)
    assert round(effective_number([5, 3, 1, 1]) or 0, 2) == 2.78


def test_two_people_hold_half_as_published() -> None:
    assert absence_factor([1000, 202, 90, 33, 332, 343, 42, 433]) == 2
    assert absence_factor([1000, 202, 90, 33, 332, 343, 42, 433], part=1) == 8


def test_the_top_part_is_rounded_up_to_whole_people() -> None:
    assert top_share(TEN, 0.1) == 0.5
    assert top_share(TEN, 0.11) == 0.8
    assert top_share([1] * 10, 0.3) == pytest.approx(0.3)
    assert top_share(TEN, 1) == 1


def test_without_anything_to_share_there_is_no_figure() -> None:
    for nothing in ([], [0, 0]):
        assert gini(nothing, count_zeros=True) is None
        assert (hhi(nothing), effective_number(nothing)) == (None, None)
        assert (top_share(nothing, 0.1), absence_factor(nothing)) == (None, None)


def test_wrong_input_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        gini([1, -1], count_zeros=True)
    with pytest.raises(ValueError, match="top part"):
        top_share([1], 0)


@given(counts, st.integers(1, 50))
def test_gini_lies_under_one_and_does_not_see_scale(x: list[int], factor: int) -> None:
    value = gini(x, count_zeros=True)
    assert value is not None
    assert 0 <= value < 1
    assert gini([factor * one for one in x], count_zeros=True) == pytest.approx(value, abs=1e-9)


@given(counts)
def test_there_are_never_more_effective_voices_than_voices(x: list[int]) -> None:
    voices = effective_number(x)
    assert voices is not None
    assert 1 - 1e-9 <= voices <= sum(map(bool, x)) + 1e-9
