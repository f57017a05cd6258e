"""Intervals and ratios against published values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.measure.formulas.absent import NOBODY_COUNTED, NotAvailable, NotOffered
from stoa.measure.formulas.intervals import Interval, RatioOfShares, katz, wilson
from stoa.measure.formulas.ratio import Ratio, absent_figure, count_figure, share_figure


@pytest.mark.parametrize(("x", "n", "low", "high"), [(6, 10, 0.3127, 0.8318), (1, 2, 0.0945, 0.9055)])
def test_wilson_as_published(x: int, n: int, low: float, high: float) -> None:
    interval = wilson(x, n)
    assert isinstance(interval, Interval)
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


def test_twenty_three_of_sixty_four() -> None:
    interval = wilson(23, 64)
    assert isinstance(interval, Interval)
    assert (round(interval.low, 2), round(interval.high, 2)) == (0.25, 0.48)


def test_nobody_counted_has_no_interval() -> None:
    assert wilson(0, 0) == NOBODY_COUNTED
    assert katz(0, 0, 1, 2) == NOBODY_COUNTED


def test_a_lift_of_a_third_as_published() -> None:
    ratio = katz(120, 2000, 90, 2000)
    assert isinstance(ratio, RatioOfShares)
    bounds = (ratio.lift, ratio.interval.low - 1, ratio.interval.high - 1)
    assert [round(100 * bound, 1) for bound in bounds] == [33.3, 2.2, 74.0]


def test_a_group_without_events_has_no_ratio() -> None:
    assert katz(0, 10, 3, 10) == NotAvailable("a_group_without_events")


@given(st.integers(0, 500), st.integers(1, 500))
def test_wilson_holds_the_share_and_stays_a_share(x: int, n: int) -> None:
    x = min(x, n)
    interval = wilson(x, n)
    assert isinstance(interval, Interval)
    assert 0 <= interval.low <= x / n <= interval.high <= 1


def test_a_ratio_over_nothing_has_no_value() -> None:
    assert Ratio(0, 0).value is None
    assert Ratio(3, 0).value is None
    assert Ratio(0, 3).value == 0
    assert Ratio(1, 4) + Ratio(2, 4) == Ratio(3, 8)
    with pytest.raises(ValueError, match="negative"):
        Ratio(1, -1)


def test_a_share_carries_terms_and_interval() -> None:
    figure = share_figure("bridge.still_here", 23, 64)
    assert (figure.value, figure.n, figure.terms) == (23 / 64, 64, Ratio(23, 64))
    assert figure.interval == wilson(23, 64)
    assert figure.is_known


def test_a_missing_number_is_never_zero() -> None:
    nobody = share_figure("bridge.still_here", 0, 0)
    assert (nobody.value, nobody.number, nobody.is_known) == (NOBODY_COUNTED, None, False)
    reach = absent_figure("social.reach", NotOffered("practice"))
    assert (reach.value, reach.number) == (NotOffered("practice"), None)
    assert (count_figure("bridge.clicks", 0).number, count_figure("bridge.clicks", 0).is_known) == (0, True)
