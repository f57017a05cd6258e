"""Organic and boosted on the Impact page: series of their own, rows of their own, never added."""

from datetime import UTC, date, datetime, timedelta

import pytest

from stoa.base import clock
from stoa.measure.actions import count_days, recount
from stoa.measure.check import check
from stoa.measure.days import Days
from stoa.measure.impact import funnel
from stoa.measure.impact.page import _numbers_rows, _social, boosted_visits
from stoa.measure.metrics import count_openings
from stoa.measure.models import DirtyDay
from stoa.measure.readers.clicks import opened
from stoa.measure.readers.numbers import channel_numbers
from stoa.measure.subscribers import mark_boosted
from stoa.social.listen.models import Reading
from stoa.social.networks.models import Channel
from stoa.social.publish.actions import Boosting, boost_delivery
from stoa.social.publish.facts import BoostChanged
from stoa.social.publish.models import Click, Delivery
from stoa.social.publish.tests.conftest import channel, network
from stoa.social.publish.tests.makers import START, make_delivery, run
from stoa.spaces.tests.makers import make_staff

__all__ = ["channel", "network"]
pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
MAY = Days(date(2026, 5, 1), date(2026, 6, 1), "UTC")


@pytest.fixture
def delivery(channel: Channel) -> Delivery:
    """Out on 4 May; 7 visits by themselves, 4 while boosted from 11:00 to 15:00; reach 100, then 400, then 450."""
    manager = make_staff("social_media_manager")
    made = make_delivery(channel, by=manager)
    run(START, hours=1)
    made.refresh_from_db()
    with clock.pinned(START + 8 * HOUR):
        wall = (START + 2 * HOUR).replace(tzinfo=None)
        boost_delivery(made, Boosting(starts=wall, ends=wall + 4 * HOUR), by=manager)
    for number in range(11):
        at = START + (HOUR if number < 7 else 3 * HOUR)
        Click.objects.create(link=made.link, visitor=f"{number}", hour=at, at=at)
    for hours, reach, likes in ((2, 100, 10), (6, 400, 25), (24, 450, 27)):
        for measure, value in (("reach", reach), ("likes", likes)):
            Reading.objects.create(delivery=made, measure=measure, value=value, at=START + hours * HOUR)
    return made


def test_reach_and_interactions_stand_apart(delivery: Delivery) -> None:
    (one,) = channel_numbers(MAY)
    assert (one.reach, one.interactions, one.engaged) == (150, 12, 12)
    assert (one.boosted, one.boosted_reach, one.boosted_interactions) == (1, 300, 15)
    assert [(row[0], row[2], row[3]) for row in _numbers_rows(one)] == [
        ("Porch", "150", "12"),
        ("Porch, while boosted", "300", "15"),
    ]
    assert [(stat.label, stat.figure) for stat in _social([one])] == [
        ("Reach", "150"),
        ("Interactions", "12"),
        ("Engagement by reach", "8 %"),
        ("Reach while boosted", "300"),
        ("Interactions while boosted", "15"),
    ]


def test_clicks_and_visits_are_series_of_their_own(delivery: Delivery) -> None:
    assert {(row.boosted, row.clicks, row.visits) for row in opened(MAY)} == {(False, 7, 7), (True, 4, 4)}
    counted = {each.metric: each.numerator for each in count_openings(MAY) if each.scope == "site"}
    assert counted == {
        "bridge.clicks": 7,
        "bridge.visits": 7,
        "bridge.clicks_boosted": 4,
        "bridge.visits_boosted": 4,
    }


def test_the_thread_has_a_row_for_each(delivery: Delivery) -> None:
    found = funnel.read(MAY, now=datetime(2026, 9, 1, tzinfo=UTC))
    assert (found.all_visits, found.boosted_visits, found.said_visits) == (11, 4, "11 (4 of them while boosted)")
    rows = {row[0]: row[1] for row in funnel.table(found, "channel")}
    assert rows["All"] == "11 (4 of them while boosted)"
    assert [stat.figure for stat in boosted_visits(found)] == ["4"]
    assert {"Porch", "Porch, while boosted"} <= set(found.ways.words.values())


def test_the_days_of_a_boost_are_counted_anew(delivery: Delivery) -> None:
    with clock.pinned(START + 30 * HOUR):
        recount(MAY)
        assert list(check()) == []
        DirtyDay.objects.all().delete()
        boost = delivery.boosts.get()
        fact = BoostChanged(boost.id, delivery.id, delivery.channel_id, boost.starts_at, boost.ends_at)
        mark_boosted(type("Told", (), {"fact": fact})())  # type: ignore[arg-type]
        assert list(DirtyDay.objects.values_list("day", flat=True)) == [date(2026, 5, 4)]
        assert count_days(MAY)


def test_a_visitor_is_counted_once_a_day_where_they_came_first(delivery: Delivery) -> None:
    """The first came before and during the boost, another during and after it."""
    for visitor, hours in (("0", 3), ("10", 8)):
        at = START + hours * HOUR
        Click.objects.create(link=delivery.link, visitor=visitor, hour=at, at=at)
    assert {(row.boosted, row.clicks, row.visits) for row in opened(MAY)} == {(False, 8, 7), (True, 5, 4)}
    marked = funnel.read(MAY, now=datetime(2026, 9, 1, tzinfo=UTC))
    delivery.boosts.all().delete()
    assert {(row.boosted, row.clicks, row.visits) for row in opened(MAY)} == {(False, 13, 11)}
    assert marked.all_visits == funnel.read(MAY, now=datetime(2026, 9, 1, tzinfo=UTC)).all_visits == 11


def test_a_boost_after_the_first_week_is_not_told_as_nothing(delivery: Delivery) -> None:
    start = START + 200 * HOUR
    delivery.boosts.update(starts_at=start, ends_at=start + HOUR)
    (one,) = channel_numbers(MAY)
    assert (one.boosted, one.boosted_reached, one.reach) == (0, 0, 450)
