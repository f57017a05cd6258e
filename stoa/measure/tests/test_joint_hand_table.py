"""The hand table, cell by cell: funnel, coverage, five models, the wait for a first answer."""

from datetime import timedelta

import pytest

from stoa.measure.formulas.attribution import MODELS, attribute, coverage
from stoa.measure.formulas.funnel import Period, ordered_funnel
from stoa.measure.formulas.ratio import Ratio
from stoa.measure.formulas.survival import kaplan_meier, wait_of
from stoa.measure.tests.hand_table import DAY, NOW, POSTS, REPLIES, STEPS, conversions, day, journeys


def test_within_seven_days_five_enter_and_one_is_answered() -> None:
    funnel = ordered_funnel(journeys(), STEPS, window=timedelta(days=7), now=NOW)
    assert funnel.reached == (5, 2, 1, 1)
    assert funnel.reached_mature == (5, 2, 1, 1)
    assert funnel.immature == 0
    assert funnel.of_first("join") == Ratio(2, 5)
    assert funnel.of_previous("post") == Ratio(1, 2)
    assert funnel.of_previous("click") == Ratio(5, 5)


def test_counting_the_last_instant_adds_the_join_at_exactly_seven_days() -> None:
    funnel = ordered_funnel(journeys(), STEPS, window=timedelta(days=7), now=NOW, last_instant_counts=True)
    assert funnel.reached == (5, 3, 1, 1)


def test_within_thirty_days_nobody_is_mature_yet() -> None:
    funnel = ordered_funnel(journeys(), STEPS, window=timedelta(days=30), now=NOW)
    assert funnel.reached == (5, 4, 3, 1)
    assert funnel.immature == 5
    assert funnel.reached_mature == (0, 0, 0, 0)
    assert funnel.of_first("join").value is None


def test_within_thirty_days_seen_later_all_are_mature() -> None:
    assert ordered_funnel(journeys(), STEPS, window=timedelta(days=30), now=day(35)).reached_mature == (5, 4, 3, 1)
    assert ordered_funnel(journeys(), STEPS, window=timedelta(days=30), now=day(30)).reached_mature == (2, 2, 1, 1)


def test_an_entry_period_takes_its_start_and_leaves_its_end() -> None:
    funnel = ordered_funnel(journeys(), STEPS, window=timedelta(days=30), now=NOW, entered=Period(day(1), day(5)))
    assert funnel.reached[0] == 4  # P1 by its second click, P2, P3, P5 by its second; P6 clicks on day 5
    assert funnel.reached == (4, 3, 2, 1)


def test_four_of_five_joins_have_a_known_touch() -> None:
    assert coverage(conversions()) == Ratio(4, 5)
    assert coverage(conversions()).value == 0.8


@pytest.mark.parametrize(
    ("model", "l1", "l2", "l3"),
    [
        ("first", 2, 1, 1),
        ("last", 1, 2, 1),
        ("linear", 1.8333, 1.5, 0.6667),
        ("position", 1.7, 1.5, 0.8),
        ("time_decay", 1.7083, 1.5737, 0.7180),
    ],
)
def test_each_model_credits_the_links(model: str, l1: float, l2: float, l3: float) -> None:
    credits = attribute(conversions(), MODELS[model])
    assert {link: round(credit, 4) for link, credit in credits.by_link.items()} == {"L1": l1, "L2": l2, "L3": l3}
    assert credits.unknown == 1
    assert credits.total == pytest.approx(5, abs=1e-12)


def test_the_wait_for_a_first_answer_has_a_median_of_one_day() -> None:
    waits = [
        wait_of(day(at), day(REPLIES[person]) if person in REPLIES else None, watched_until=NOW, unit=DAY)
        for person, at in POSTS.items()
    ]
    assert sorted((wait.length, wait.answered) for wait in waits) == [(0.5, True), (1, True), (6, False), (11, False)]
    curve = kaplan_meier(waits)
    assert curve.share_waiting(0.5) == 0.75
    assert curve.share_waiting(1) == pytest.approx(0.5, abs=1e-15)
    assert curve.median() == 1
    assert sum(wait.length for wait in waits if wait.answered) / 2 == 0.75
