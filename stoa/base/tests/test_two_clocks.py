"""Two clocks that differ: the product's, on the machine of a worker, and the database's, which all workers share."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from stoa.base import clock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("ahead", [timedelta(minutes=-5), timedelta(0), timedelta(hours=1), timedelta(days=1)])
def test_what_has_come_has_come_by_both(ahead: timedelta, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
    monkeypatch.setattr(clock, "db_now", lambda: shared)
    monkeypatch.setattr(clock, "now", lambda: shared + ahead)
    assert clock.surely() == min(shared, shared + ahead)
    assert clock.steady() == shared


def test_the_clock_of_sqlite_is_this_machines() -> None:
    if connection.vendor == "sqlite":
        before = clock.now()
        assert before <= clock.surely()
        assert before <= clock.db_now() <= clock.now()


def test_a_pinned_clock_counts_alone() -> None:
    instant = datetime(2040, 1, 1, tzinfo=UTC)
    with clock.pinned(instant):
        assert (clock.surely(), clock.steady()) == (instant, instant)


def test_processes_that_are_told_the_same_share_one_clock() -> None:
    since = datetime.now(UTC) - timedelta(seconds=10)
    with clock.moved():
        clock.share(since, timedelta(days=2), 60.0)
        shown = clock.now() - since - timedelta(days=2)
        assert timedelta(minutes=10) <= shown < timedelta(minutes=30)
