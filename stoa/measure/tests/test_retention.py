"""Coming back: published matrices, the boundary of thirty days, the laws of the lifecycle."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.measure.formulas.activity import (
    Lifecycle,
    active_people,
    lifecycle,
    stickiness_mean_of_days,
    stickiness_ratio_of_sums,
)
from stoa.measure.formulas.ratio import Ratio
from stoa.measure.formulas.retention import (
    Stay,
    StillHere,
    bracket_row,
    calendar_day_number,
    first_time_matrix,
    period_over_period,
    recurring_matrix,
    rolling_day_number,
    stay_of,
    still_here,
    unbounded_matrix,
)

TWO_PEOPLE = [{0, 1, 2, 5, 6}, {1, 2, 3, 6}]
JOINED = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
some_people = st.lists(st.sets(st.integers(0, 12)), max_size=12)
groups = st.sets(st.integers(0, 9))


def test_the_published_recurring_matrix() -> None:
    zeros = (0,) * 11
    assert recurring_matrix(TWO_PEOPLE, rows=11, columns=11, last=99) == (
        (1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0),
        (2, 2, 1, 0, 1, 2, 0, 0, 0, 0, 0),
        (2, 1, 0, 1, 2, 0, 0, 0, 0, 0, 0),
        (1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0),
        zeros,
        (1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        (2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        *[zeros] * 4,
    )


def test_unbounded_rows_of_the_same_people() -> None:
    rows = unbounded_matrix(TWO_PEOPLE, rows=2, columns=8, last=99)
    assert rows == ((1, 1, 1, 1, 1, 1, 1, 0), (2, 2, 2, 2, 2, 2, 0, 0))


def test_first_time_rows_and_brackets_of_the_same_people() -> None:
    rows = first_time_matrix(TWO_PEOPLE, rows=3, columns=8, last=99)
    assert rows == ((1, 1, 1, 0, 0, 1, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0), (0,) * 8)
    for cohort in (0, 1):
        assert bracket_row(TWO_PEOPLE, [(0, 0), (1, 2), (3, 6)], cohort=cohort, last=99) == (1, 1, 1)


def test_a_period_that_has_not_ended_is_unknown_not_zero() -> None:
    assert recurring_matrix(TWO_PEOPLE, rows=2, columns=4, last=2) == ((1, 1, 1, None), (2, 2, None, None))
    assert bracket_row(TWO_PEOPLE, [(0, 0), (1, 2), (3, 6)], cohort=0, last=5) == (1, 1, None)


def test_brackets_do_not_overlap() -> None:
    with pytest.raises(ValueError, match="overlap"):
        bracket_row(TWO_PEOPLE, [(0, 2), (2, 4)], cohort=0, last=9)


def test_two_of_three_came_back_in_the_next_period() -> None:
    assert period_over_period(set("abc"), set("bcdef")) == Ratio(2, 3)
    assert period_over_period(set(), set("a")).value is None


@pytest.mark.parametrize(
    ("active", "stay"),
    [
        (30 * DAY - timedelta(seconds=1), Stay.GONE),
        (30 * DAY, Stay.HERE),
        (37 * DAY - timedelta(seconds=1), Stay.HERE),
        (37 * DAY, Stay.GONE),
    ],
)
def test_still_here_is_activity_from_day_30_to_before_day_37(active: timedelta, stay: Stay) -> None:
    assert stay_of(JOINED, [JOINED + active], now=JOINED + 40 * DAY) is stay


def test_nothing_is_said_before_day_37_is_reached() -> None:
    seen = [JOINED + 31 * DAY]
    assert stay_of(JOINED, seen, now=JOINED + 37 * DAY - timedelta(seconds=1)) is Stay.TOO_YOUNG
    assert stay_of(JOINED, seen, now=JOINED + 37 * DAY) is Stay.HERE
    assert stay_of(JOINED, [], now=JOINED + 37 * DAY) is Stay.GONE


def test_the_too_young_stand_in_neither_term() -> None:
    assert still_here([Stay.HERE, Stay.GONE, Stay.GONE, Stay.TOO_YOUNG]) == StillHere(Ratio(1, 3), too_young=1)
    assert still_here([Stay.TOO_YOUNG]).share.value is None


def test_the_two_clocks_number_the_same_return_differently() -> None:
    start, back = datetime(2026, 3, 1, 17, 59, tzinfo=UTC), datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
    assert back - start == timedelta(hours=23, minutes=1)
    assert rolling_day_number(start, back) == 1
    assert rolling_day_number(start, back - timedelta(seconds=1)) == 0
    late, early = datetime(2026, 3, 1, 23, 59, tzinfo=UTC), datetime(2026, 3, 2, 0, 1, tzinfo=UTC)
    assert (calendar_day_number(late, early, zone=UTC), rolling_day_number(late, early)) == (1, 0)


def test_the_calendar_is_that_of_the_zone() -> None:
    late, early = datetime(2026, 3, 1, 23, 59, tzinfo=UTC), datetime(2026, 3, 2, 0, 1, tzinfo=UTC)
    assert calendar_day_number(late, early, zone=ZoneInfo("Europe/Berlin")) == 0
    spring = datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert calendar_day_number(spring, spring + DAY, zone=ZoneInfo("Europe/Berlin")) == 1


@given(some_people)
def test_a_cohorts_first_cell_is_its_size(people: list[set[int]]) -> None:
    rows = recurring_matrix(people, rows=13, columns=3, last=99)
    assert [row[0] for row in rows] == [sum(day in active for active in people) for day in range(13)]
    firsts = first_time_matrix(people, rows=13, columns=1, last=99)
    assert sum(row[0] or 0 for row in firsts) == sum(bool(active) for active in people)


@given(some_people)
def test_an_unbounded_row_never_rises(people: list[set[int]]) -> None:
    for row in unbounded_matrix(people, rows=13, columns=13, last=99):
        known = [cell for cell in row if cell is not None]
        assert known == sorted(known, reverse=True)


@given(groups, groups, groups)
def test_new_returning_and_resurrecting_people_are_the_active_ones(
    earlier: set[int], before: set[int], now: set[int]
) -> None:
    cycle = lifecycle(earlier, before, now)
    assert cycle.active == len(now)
    assert cycle.dormant + cycle.returning == len(before)


def test_each_kind_of_person_in_the_lifecycle() -> None:
    assert lifecycle({1, 2}, {2, 3}, {1, 3, 4}) == Lifecycle(new=1, returning=1, resurrecting=1, dormant=1)


DAYS = {1: {"a", "b"}, 2: {"a"}, 4: {"c"}}


def test_active_people_are_distinct_over_the_trailing_days() -> None:
    assert [active_people(DAYS, day=day, window=2) for day in (0, 1, 2, 3, 4, 5, 6)] == [0, 2, 2, 1, 1, 1, 0]
    assert active_people(DAYS, day=4, window=28) == 3


def test_the_two_sticky_numbers_differ() -> None:
    assert stickiness_mean_of_days(DAYS, range(5)) == pytest.approx((1 + 1 / 2 + 0 + 1 / 3) / 4)
    assert stickiness_ratio_of_sums(DAYS, range(5)) == Ratio(4, 9)
    assert stickiness_mean_of_days({}, range(3)) is None


@given(st.dictionaries(st.integers(0, 30), groups), groups, st.integers(0, 9))
def test_joining_two_people_never_raises_the_monthly_count(
    days: dict[int, set[int]], aliases: set[int], person: int
) -> None:
    joined = {day: {person if one in aliases else one for one in people} for day, people in days.items()}
    assert active_people(joined, day=30, window=28) <= active_people(days, day=30, window=28)
