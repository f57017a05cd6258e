"""Due rows are claimed once, leases run out, and an older fence may write nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from stoa.base import clock
from stoa.base.models import Tick
from stoa.base.work import claim, kinds, ticks
from stoa.base.work.claim import waiting
from stoa.base.work.drain import drain

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 1, tzinfo=UTC)


def kind() -> kinds.Kind:
    return next(each for each in kinds.all_kinds() if each.key == "base.tick")


def test_a_row_is_claimed_once_until_its_lease_runs_out() -> None:
    with clock.pinned(NOW):
        Tick.objects.create(name="x", instant=NOW, due_at=NOW)
        first = claim(kind())
        assert [each.fence for each in first] == [1]
        assert claim(kind()) == []
        Tick.objects.update(lease_until=clock.db_now() - timedelta(seconds=1))
        assert [each.fence for each in claim(kind())] == [2]


def test_what_is_not_yet_due_is_left_alone() -> None:
    with clock.pinned(NOW):
        Tick.objects.create(name="x", instant=NOW, due_at=NOW + timedelta(seconds=1))
        assert claim(kind()) == []


def test_one_look_says_of_which_kinds_a_row_is_due() -> None:
    with clock.pinned(NOW):
        assert waiting(kinds.all_kinds()) == []
        Tick.objects.create(name="x", instant=NOW, due_at=NOW)
        Tick.objects.create(name="later", instant=NOW, due_at=NOW + timedelta(seconds=1))
        assert waiting(kinds.all_kinds()) == [kind()]
        claim(kind())
        assert waiting(kinds.all_kinds()) == []
        Tick.objects.update(lease_until=clock.db_now() - timedelta(seconds=1))
        assert waiting(kinds.all_kinds()) == [kind()]
        assert waiting([]) == []


def test_a_look_takes_one_statement_beside_the_clock(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1 if connection.vendor == "sqlite" else 2):
        waiting(kinds.all_kinds())


def test_clock_work_runs_once_in_a_period() -> None:
    runs: list[datetime] = []
    ticks.every(timedelta(minutes=5), name="test.bell")(lambda: runs.append(clock.now()))
    try:
        for minute in (0, 1, 4, 5, 23):
            with clock.pinned(NOW + timedelta(minutes=minute)):
                ticks.plan()
                drain()
    finally:
        ticks._rhythms.pop("test.bell")
    assert runs == [NOW, NOW + timedelta(minutes=5), NOW + timedelta(minutes=23)]
