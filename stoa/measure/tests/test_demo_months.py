"""The invented season is large enough for rows to be open, whatever day it is."""

from datetime import UTC, date, datetime, timedelta

import pytest

from stoa.demo_guild.people import by_key
from stoa.demo_guild.reach import campaigns
from stoa.measure.days import last_month_old_enough
from stoa.measure.impact.thread import JOINED, Reached, thread

FIRST = date(2026, 1, 1)


def reached(today: date) -> list[Reached]:
    """Who joined through a campaign's link in the month that Impact shows on that day."""
    days = last_month_old_enough(datetime(today.year, today.month, today.day, 12, tzinfo=UTC), "Europe/London")
    members, found = by_key(), []
    for campaign in campaigns():
        for placement in campaign.placements:
            came = [today + timedelta(days=members[key].joined_day) for key in placement.joined]
            n = sum(1 for day in came if days.first <= day < days.end)
            found.append(Reached((placement.channel, campaign.key, placement.key), frozenset({JOINED}), n))
    return found


@pytest.mark.parametrize("number", range(0, 366, 12))
def test_by_campaign_three_rows_are_open_in_the_month_shown_first(number: int) -> None:
    found = thread(reached(FIRST + timedelta(days=number)), judged=(JOINED,), depth=3)
    shown = [line.path for _above, table in found.level(1) for line in table.lines if (line.counts[JOINED] or 0) >= 5]
    assert len({campaign for _channel, campaign in shown}) == 3
    assert len([line for line in found.top.lines if (line.counts[JOINED] or 0) >= 5]) >= 3


@pytest.mark.parametrize("number", range(0, 366, 12))
def test_the_month_shown_first_is_a_large_one(number: int) -> None:
    assert 45 <= sum(one.n for one in reached(FIRST + timedelta(days=number))) <= 85
