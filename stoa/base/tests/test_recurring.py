"""Rules by which something comes again, against a table made by hand and against days counted one after the other."""

import calendar
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from stoa.base.recurring import MONTHLY, RHYTHMS, WEEKDAY, WEEKLY, Rule
from stoa.base.tests.recurring_cases import APIA, BERLIN, CASES, HOWE, MONDAYS, YORK

rules = some.builds(
    Rule,
    rhythm=some.sampled_from(RHYTHMS),
    at=some.times(time(0, 1)).map(lambda at: at.replace(second=0, microsecond=0)),
    zone=some.sampled_from((BERLIN, YORK, HOWE, APIA, "UTC")),
    since=some.dates(date(2009, 1, 1), date(2032, 1, 1)),
    every=some.integers(1, 12),
    weekdays=some.sets(some.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    place=some.sampled_from((1, 2, 3, 4, -1)),
    day=some.integers(1, 31),
)


@pytest.mark.parametrize(("rule", "number", "expected"), CASES)
def test_the_kth_time_is_what_a_calendar_says(rule: Rule, number: int, expected: str) -> None:
    assert rule.moment(number).at == datetime.fromisoformat(expected).astimezone(UTC)


def test_the_table_holds_more_than_sixty_cases() -> None:
    assert len(CASES) == len({(each[0], each[1]) for each in CASES}) > 60


def days_one_by_one(rule: Rule, count: int) -> list[date]:
    """The same days, found by walking through the calendar and asking of each whether it counts."""
    found: list[date] = []
    day = rule.since
    while len(found) < count:
        if counts(rule, day):
            found.append(day)
        day += timedelta(days=1)
    return found


def counts(rule: Rule, day: date) -> bool:
    if rule.rhythm == WEEKLY:
        weeks = (monday(day) - monday(rule.since)).days // 7
        return day.weekday() in rule.weekdays and weeks % rule.every == 0
    months = (day.year - rule.since.year) * 12 + day.month - rule.since.month
    last = calendar.monthrange(day.year, day.month)[1]
    if months % rule.every:
        return False
    if rule.rhythm == MONTHLY:
        return day.day == min(rule.day, last)
    assert rule.rhythm == WEEKDAY
    same = [each for each in range(1, last + 1) if day.replace(day=each).weekday() == rule.weekdays[0]]
    return day.day == (same[-1] if rule.place == -1 else same[rule.place - 1])


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@settings(max_examples=120, deadline=None)
@given(rules)
def test_its_days_are_those_found_one_by_one(rule: Rule) -> None:
    walls = [wall for _number, wall in islice(rule.walls(), 15)]
    assert walls == [datetime.combine(day, rule.at) for day in days_one_by_one(rule, 15)]


@settings(max_examples=60, deadline=None)
@given(rules, some.integers(1, 30))
def test_times_rise_and_the_kth_is_the_same_however_it_is_asked_for(rule: Rule, number: int) -> None:
    moments = list(islice(rule.moments(), number + 1))
    assert [each for each, _moment in moments] == list(range(1, number + 2))
    assert all(one.at < two.at for (_a, one), (_b, two) in pairwise(moments))
    assert rule.moment(number) == moments[number - 1][1]
    assert next(rule.instants(moments[number - 1][1].at)) == moments[number][1].at


def test_what_comes_after_an_instant_does_not_hold_it() -> None:
    third = MONDAYS.moment(3).at
    assert list(islice(MONDAYS.instants(third), 2)) == [MONDAYS.moment(4).at, MONDAYS.moment(5).at]
    assert next(MONDAYS.instants(third - timedelta(seconds=1))) == third


def test_a_skipped_time_shifts_nothing_after_it() -> None:
    rule = Rule(WEEKLY, time(2, 30), BERLIN, date(2026, 3, 22), weekdays=(6,))
    assert [moment.shown.time() for _number, moment in islice(rule.moments(), 3)] == [time(2, 30), time(3), time(2, 30)]
