"""The one calendar: stretches of days in the organisation's zone, with the reader's hours where they differ."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.desk import AgendaItem
from stoa.base.models import Site
from stoa.front import calendar as reading

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ITEMS = [
    AgendaItem("post", datetime(2026, 11, 23, 23, 30, tzinfo=UTC), None, "A post", "/p/", "social"),
    AgendaItem("event", datetime(2026, 11, 26, 19, tzinfo=UTC), None, "Repair evening", "/e/", "community"),
]
pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[datetime, datetime]]:
    spans: list[tuple[datetime, datetime]] = []

    def agenda(actor: Actor, start: datetime, end: datetime) -> list[AgendaItem]:
        spans.append((start, end))
        return [item for item in ITEMS if start <= item.at < end]

    monkeypatch.setattr(reading, "agenda", agenda)
    Site.objects.create(zone="Europe/Berlin")
    return spans


def shown(found: reading.Calendar) -> dict[date, list[Any]]:
    return {
        day.date: [(entry.item.key, entry.hour, entry.own_hour) for entry in day.entries]
        for day in found.days
        if day.entries
    }


def test_a_month_begins_on_monday_and_shows_whole_weeks(asked: list[Any]) -> None:
    with clock.pinned(NOON):
        found = reading.calendar(Actor(zone="Europe/Berlin"), "month", "")
    assert (found.title, found.days[0].date, len(found.days)) == ("November 2026", date(2026, 10, 26), 42)
    assert (found.earlier, found.later) == ("2026-10-31", "2026-12-01")
    assert asked[0] == (datetime(2026, 10, 25, 23, tzinfo=UTC), datetime(2026, 12, 6, 23, tzinfo=UTC))
    assert [day.date for day in found.days if day.is_today] == [date(2026, 11, 23)]


def test_hours_are_the_organisations_and_the_readers_stand_behind(asked: list[Any]) -> None:
    with clock.pinned(NOON):
        found = reading.calendar(Actor(zone="America/Halifax"), "week", "2026-11-23")
    assert shown(found) == {
        date(2026, 11, 24): [("post", "00:30", "Mon 19:30")],
        date(2026, 11, 26): [("event", "20:00", "15:00")],
    }
    assert (found.zone, found.own_zone) == ("Europe/Berlin", "America/Halifax")


def test_a_reader_in_the_same_zone_sees_one_hour(asked: list[Any]) -> None:
    with clock.pinned(NOON):
        found = reading.calendar(replace(Actor(), zone="Europe/Paris"), "list", "2026-11-25")
    assert shown(found) == {date(2026, 11, 26): [("event", "20:00", "")]}
    assert found.own_zone == ""
    assert len(found.days) == 28


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01", "9999-01-01"])
def test_what_is_no_day_means_today(asked: list[Any], text: str) -> None:
    with clock.pinned(NOON):
        assert reading.calendar(Actor(), "week", text).anchor == date(2026, 11, 23)
