"""Due rows are claimed once, leases run out, and an older fence may write nothing."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from stoa.base import clock
from stoa.base.models import Tick
from stoa.base.work import Fenced, claim, kinds, ticks
from stoa.base.work import drain as draining
from stoa.base.work.claim import waiting
from stoa.base.work.drain import drain, run

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


def together(handle: Any) -> kinds.Kind:
    return kinds.Kind("test.together", Tick, handle, together=8)


def settled(number: int, fence: int) -> None:
    Tick.objects.filter(id=number, fence=fence).update(due_at=None, lease_until=None)


def due_ones(many: int) -> list[Tick]:
    return [Tick.objects.create(name=f"x{number}", instant=NOW, due_at=NOW) for number in range(many)]


def test_rows_that_are_handled_together_are_one_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draining, "SHORT", 60)
    depths: list[int] = []

    def handle(number: int, fence: int) -> None:
        depths.append(len(connection.savepoint_ids))
        settled(number, fence)

    begun = len(connection.savepoint_ids)
    with clock.pinned(NOW):
        due_ones(5)
        kind = together(handle)
        run(kind, claim(kind))
        assert (depths, claim(kind)) == ([begun + 2] * 5, [])


def test_the_trouble_of_one_undoes_nothing_of_the_others() -> None:
    def handle(number: int, fence: int) -> None:
        settled(number, fence)
        if number == rows[1].id:
            raise ValueError("not this one")
        if number == rows[2].id:
            raise Fenced

    with clock.pinned(NOW):
        rows = due_ones(4)
        kind = together(handle)
        run(kind, claim(kind))
        for row in rows:
            row.refresh_from_db()
        assert [row.due_at is None for row in rows] == [True, False, False, True]
        assert [row.trouble for row in rows] == ["", "ValueError: not this one", "", ""]
        assert [row.lease_until is None for row in rows] == [True, True, False, True]


def test_when_a_transaction_of_several_breaks_each_is_handled_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commit fails, or the connection is gone: nothing is written, and nothing is left out."""
    within = draining.run_within
    broken: list[int] = []

    def breaks(kind: kinds.Kind, claimed: Any) -> None:
        within(kind, claimed)
        if not broken:
            broken.append(claimed.id)
            raise RuntimeError("the commit failed")

    monkeypatch.setattr(draining, "run_within", breaks)
    with clock.pinned(NOW):
        due_ones(3)
        kind = together(settled)
        run(kind, claim(kind))
        assert (len(broken), Tick.objects.exclude(due_at=None).count()) == (1, 0)


def test_what_is_slow_ends_its_transaction_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draining, "SHORT", 0)
    begun: list[None] = []
    atomic = transaction.atomic
    with clock.pinned(NOW):
        due_ones(3)
        kind = together(settled)
        group = claim(kind)
        monkeypatch.setattr(draining.transaction, "atomic", lambda: begun.append(None) or atomic())
        run(kind, group)
    assert len(begun) == 6  # for each its own, and a savepoint


def test_so_many_are_claimed_as_threads_can_take(settings: Any) -> None:
    settings.STOA_WORK_THREADS = 3
    with clock.pinned(NOW):
        due_ones(30)
        plain = kinds.Kind("test.plain", Tick, settled)
        assert [len(each) for each in draining.claim_for(plain, [plain])] == [1, 1]
        assert draining.claim_for(plain, [plain] * 3) == []
        assert [len(each) for each in draining.claim_for(together(settled), [plain])] == [8, 8]
        ahead = kinds.Kind("test.ahead", Tick, settled, ahead=4)
        assert [len(each) for each in draining.claim_for(ahead, [ahead, ahead])] == [1] * 5
        few = kinds.Kind("test.few", Tick, settled, at_once=1)
        assert draining.claim_for(few, [few]) == []


def test_what_is_punctual_goes_first_and_leaves_one_thread_to_the_rest(settings: Any) -> None:
    settings.STOA_WORK_THREADS = 3
    with clock.pinned(NOW):
        due_ones(30)
        plain, punctual = (
            kinds.Kind("test.plain", Tick, settled),
            kinds.Kind("test.punctual", Tick, settled, punctual=True),
        )
        assert draining.punctual_first([plain, punctual, plain]) == [punctual, plain, plain]
        assert [len(each) for each in draining.claim_for(punctual, [])] == [1, 1]
        assert [len(each) for each in draining.claim_for(punctual, [punctual])] == [1]
        assert draining.claim_for(punctual, [punctual] * 2) == []
        assert [len(each) for each in draining.claim_for(plain, [punctual] * 2)] == [1]
        settings.STOA_WORK_THREADS = 1
        assert [len(each) for each in draining.claim_for(punctual, [])] == [1]
