"""The order and the window of the funnel."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from stoa.measure.formulas.funnel import Journey, ordered_funnel
from stoa.measure.formulas.ratio import Ratio
from stoa.measure.tests.hand_table import day

WEEK = timedelta(days=7)
STEPS = ("a", "b", "c")
journey = st.dictionaries(st.sampled_from(STEPS), st.lists(st.integers(0, 15).map(day), max_size=4))


def test_a_step_out_of_order_does_not_count() -> None:
    assert ordered_funnel([{"a": [day(2)], "b": [day(1)]}], STEPS, window=WEEK, now=day(20)).reached == (1, 0, 0)


def test_a_later_event_of_the_same_step_may_stand_in() -> None:
    journeys: list[Journey] = [{"a": [day(2)], "b": [day(1), day(3)], "c": [day(2), day(4)]}]
    assert ordered_funnel(journeys, STEPS, window=WEEK, now=day(20)).reached == (1, 1, 1)


def test_a_skipped_step_ends_the_way() -> None:
    assert ordered_funnel([{"a": [day(2)], "c": [day(3)]}], STEPS, window=WEEK, now=day(20)).reached == (1, 0, 0)


def test_an_entrant_is_mature_when_the_window_has_passed() -> None:
    journeys: list[Journey] = [{"a": [day(2)], "b": [day(3)]}]
    assert ordered_funnel(journeys, STEPS, window=WEEK, now=day(8.9)).reached_mature == (0, 0, 0)
    assert ordered_funnel(journeys, STEPS, window=WEEK, now=day(9)).reached_mature == (1, 1, 0)


def test_nobody_at_all_has_no_rate() -> None:
    funnel = ordered_funnel([], STEPS, window=WEEK, now=day(20))
    assert (funnel.reached, funnel.of_first("b"), funnel.of_first("b").value) == ((0, 0, 0), Ratio(0, 0), None)


@given(st.lists(journey, max_size=12))
def test_no_step_holds_more_people_than_the_one_before(journeys: list[Journey]) -> None:
    short = ordered_funnel(journeys, STEPS, window=WEEK, now=day(12))
    long = ordered_funnel(journeys, STEPS, window=2 * WEEK, now=day(12))
    for row in (short.reached, short.reached_mature, long.reached):
        assert list(row) == sorted(row, reverse=True)
    assert all(a <= b for a, b in zip(short.reached, long.reached, strict=True))
    assert all(a <= b for a, b in zip(short.reached_mature, short.reached, strict=True))
