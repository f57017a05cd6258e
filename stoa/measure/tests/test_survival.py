"""Waiting times against published tables and, as a second opinion, lifelines."""

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.measure.formulas.absent import FOLLOW_UP_TOO_SHORT, NOBODY_COUNTED, NOT_REACHED, NotAvailable
from stoa.measure.formulas.intervals import Interval
from stoa.measure.formulas.survival import Curve, Wait, kaplan_meier, median_figure, wait_of

HOURS = [(1, True), (2, True), (2, True), (4, True), (6, True)]
HOURS += [(10, False), (24, True), (48, False), (72, False), (72, False)]
MP6 = [(6, 1), (6, 1), (6, 1), (6, 0), (7, 1), (9, 0), (10, 1), (10, 0), (11, 0), (13, 1), (16, 1)]
MP6 += [(17, 0), (19, 0), (20, 0), (22, 1), (23, 1), (25, 0), (32, 0), (32, 0), (34, 0), (35, 0)]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]

waits = st.lists(st.builds(Wait, st.integers(0, 40).map(float), st.booleans()), min_size=1, max_size=40)


def curve_of(rows: Any) -> Curve:
    return kaplan_meier(Wait(float(length), bool(answered)) for length, answered in rows)


def known(value: object) -> float:
    assert isinstance(value, float | int)
    return value


def test_the_hand_table_of_ten_waits() -> None:
    curve = curve_of(HOURS)
    shares = {t: round(known(curve.share_waiting(t)), 12) for t in (0, 1, 2, 4, 6, 24)}
    assert shares == {0: 1.0, 1: 0.9, 2: 0.7, 4: 0.6, 6: 0.5, 24: 0.375}
    assert curve.median() == 6
    assert known(curve.mean_within(72)) == pytest.approx(31.5, abs=1e-9)
    assert (curve.n, curve.ended, curve.still_open) == (10, 6, 4)


def test_the_log_log_interval_at_a_day() -> None:
    interval = curve_of(HOURS).interval(24)
    assert isinstance(interval, Interval)
    assert (round(interval.low, 4), round(interval.high, 4)) == (0.0995, 0.6591)


def test_answers_alone_would_look_better_than_they_are() -> None:
    answered = sorted(length for length, is_answered in HOURS if is_answered)
    assert sum(answered) / len(answered) == 6.5
    assert (answered[2] + answered[3]) / 2 == 3
    assert known(curve_of(HOURS).attained(24)) == pytest.approx(0.625)


def test_freireich_6_mp() -> None:
    curve = curve_of(MP6)
    expected = {6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482}
    assert {step.at: round(step.share, 4) for step in curve.steps} == expected
    assert curve.median() == 23
    assert (curve.n, curve.ended) == (21, 9)


def test_freireich_placebo_ends_at_zero() -> None:
    curve = curve_of((length, True) for length in PLACEBO)
    assert {t: round(known(curve.share_waiting(t)), 4) for t in (1, 8, 23)} == {1: 0.9048, 8: 0.3810, 23: 0.0}
    assert curve.median() == 8
    assert curve.share_waiting(1000) == 0
    assert known(curve.mean_within(1000)) == pytest.approx(sum(PLACEBO) / len(PLACEBO))


def test_lifelines_leukemia_and_waltons_agree_with_the_published_medians() -> None:
    datasets = pytest.importorskip("lifelines.datasets")
    leukemia = datasets.load_leukemia()
    for rx, rows in ((0, MP6), (1, [(length, 1) for length in PLACEBO])):
        arm = leukemia[leukemia.Rx == rx]
        assert sorted(zip(arm.t, arm.status, strict=True)) == sorted(rows)
    waltons = datasets.load_waltons()
    curve = curve_of(zip(waltons["T"], waltons["E"], strict=True))
    assert (curve.n, curve.ended, curve.median()) == (163, 156, 56)
    assert round(known(curve.share_waiting(30)), 4) == 0.8272
    for group, median, ended, n in (("control", 58, 122, 129), ("miR-137", 26, 34, 34)):
        part = waltons[waltons.group == group]
        curve = curve_of(zip(part["T"], part["E"], strict=True))
        assert (curve.median(), curve.ended, curve.n) == (median, ended, n)


@pytest.mark.parametrize("rows", [HOURS, MP6, [(length, True) for length in PLACEBO]])
def test_lifelines_draws_the_same_curve_band_and_median_interval(rows: list[tuple[int, int]]) -> None:
    lifelines = pytest.importorskip("lifelines")
    utils = pytest.importorskip("lifelines.utils")
    fit = lifelines.KaplanMeierFitter().fit([row[0] for row in rows], [row[1] for row in rows])
    curve = curve_of(rows)
    for step in curve.steps:
        assert step.share == pytest.approx(float(fit.predict(step.at)), abs=1e-9)
        if step.share:
            interval = curve.interval(step.at)
            assert isinstance(interval, Interval)
            low, high = fit.confidence_interval_.loc[float(step.at)]
            assert (interval.low, interval.high) == pytest.approx((low, high), abs=1e-9)
    tau = 20.0
    assert curve.mean_within(tau) == pytest.approx(utils.restricted_mean_survival_time(fit, t=tau), abs=1e-9)
    bounds = utils.median_survival_times(fit.confidence_interval_).iloc[0].tolist()
    theirs = tuple(NOT_REACHED if math.isinf(bound) else bound for bound in bounds)
    assert curve.median_interval() == theirs


def test_the_median_is_not_reached_while_more_than_half_wait() -> None:
    assert curve_of([(1, True), (5, False), (5, False)]).median() == NOT_REACHED
    assert curve_of([(5, False)]).median() == NOT_REACHED


def test_the_median_as_a_figure_carries_its_interval() -> None:
    figure = median_figure("community.topic_wait", [Wait(float(t), bool(ended)) for t, ended in MP6])
    assert (figure.value, figure.n, figure.interval) == (23, 21, Interval(13, math.inf))
    open_ones = median_figure("community.topic_wait", [Wait(5, answered=False)])
    assert (open_ones.value, open_ones.n, open_ones.interval) == (NOT_REACHED, 1, None)
    assert median_figure("community.topic_wait", []).value == NOBODY_COUNTED


def test_without_waits_nothing_is_known() -> None:
    curve = kaplan_meier([])
    answers: list[Callable[[float], object]] = [curve.share_waiting, curve.attained, curve.mean_within, curve.variance]
    assert [answer(1) for answer in answers] == [NOBODY_COUNTED] * 4
    assert curve.median() == NOBODY_COUNTED
    assert curve.median_interval() == (NOBODY_COUNTED, NOBODY_COUNTED)


def test_beyond_the_longest_open_wait_nothing_is_known() -> None:
    curve = curve_of([(1, True), (5, False)])
    assert known(curve.attained(5)) == 0.5
    assert curve.attained(5.1) == FOLLOW_UP_TOO_SHORT
    assert curve.mean_within(6) == FOLLOW_UP_TOO_SHORT
    assert curve.interval(6) == FOLLOW_UP_TOO_SHORT


def test_before_the_first_answer_there_is_no_band() -> None:
    assert isinstance(curve_of([(2, True), (5, False)]).interval(1), NotAvailable)


def test_greenwood_equals_the_binomial_variance_without_open_waits() -> None:
    curve = curve_of((length, True) for length in PLACEBO)
    share = known(curve.share_waiting(8))
    assert known(curve.variance(8)) == pytest.approx(share * (1 - share) / len(PLACEBO))
    assert curve.variance(0) == 0
    assert curve.variance(23) == 0


def test_an_answer_after_the_last_look_is_not_yet_an_answer() -> None:
    start, hour = datetime(2026, 3, 1, tzinfo=UTC), timedelta(hours=1)
    assert wait_of(start, start + 3 * hour, watched_until=start + 2 * hour, unit=hour) == Wait(2, answered=False)
    assert wait_of(start, start + 2 * hour, watched_until=start + 2 * hour, unit=hour) == Wait(2, answered=True)
    assert wait_of(start, None, watched_until=start + 2 * hour, unit=hour) == Wait(2, answered=False)


@pytest.mark.parametrize("length", [-1.0, math.nan, math.inf])
def test_a_wait_lasts_a_finite_time(length: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        Wait(length, answered=True)


@given(waits)
def test_the_share_still_waiting_never_rises(some: list[Wait]) -> None:
    shares = [1.0, *(step.share for step in kaplan_meier(some).steps)]
    assert all(0 <= after <= before <= 1 for before, after in pairwise(shares))


@given(waits, st.integers(0, 60))
def test_one_more_open_wait_never_lowers_the_median(some: list[Wait], length: int) -> None:
    def height(curve: Curve) -> float:
        median = curve.median()
        return math.inf if median == NOT_REACHED else known(median)

    assert height(kaplan_meier([*some, Wait(length, answered=False)])) >= height(kaplan_meier(some))


@given(waits)
def test_without_open_waits_the_curve_is_the_plain_share(some: list[Wait]) -> None:
    lengths = [wait.length for wait in some]
    curve = kaplan_meier(Wait(length, answered=True) for length in lengths)
    for t in {*lengths}:
        assert known(curve.share_waiting(t)) == pytest.approx(sum(length > t for length in lengths) / len(lengths))
