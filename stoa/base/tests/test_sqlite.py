"""Writers of one process take turns in the order of asking; a turn ends with its transaction; the log is the worker's."""

import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connection

from stoa.base.sqlite import base, log
from stoa.base.sqlite.turns import Turns

THREADS = 24


@pytest.fixture
def file(tmp_path: Path, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[base.DatabaseWrapper]:
    """A connection to a new file with a table, in a process that does not serve."""
    monkeypatch.setattr(base, "leaves_log", False)
    with django_db_blocker.unblock():
        made = opened(tmp_path / "turns.sqlite3")
        made.cursor().execute("CREATE TABLE line (number integer)")
        yield made
        made.close()


def opened(path: Path) -> base.DatabaseWrapper:
    options = {"timeout": 5, "transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL;"}
    whole: dict[str, Any] = {
        "ENGINE": "stoa.base.sqlite", "NAME": str(path), "OPTIONS": options, "AUTOCOMMIT": True, "TIME_ZONE": None,
        "ATOMIC_REQUESTS": False, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": False, "TEST": {"NAME": None},
    }  # fmt: skip
    return base.DatabaseWrapper(whole, "other")


def begin(connected: base.DatabaseWrapper) -> None:
    connected.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def end(connected: base.DatabaseWrapper) -> None:
    connected.commit()
    connected.set_autocommit(True)


def test_the_turn_goes_to_whoever_has_waited_longest() -> None:
    turns, first, order = Turns(), object(), []
    assert turns.take(first, 1)

    def wait_for_turn(number: int) -> None:
        me = object()
        assert turns.take(me, 20)
        order.append(number)
        turns.give(me)

    threads = []
    for number in range(THREADS):
        thread = threading.Thread(target=wait_for_turn, args=(number,))
        thread.start()
        threads.append(thread)
        while turns.waiting() <= number:
            pass
    turns.give(first)
    for thread in threads:
        thread.join()
    assert order == list(range(THREADS))


def test_who_waits_in_vain_leaves_the_queue_and_holds_up_nobody() -> None:
    turns, one, other, third = Turns(), object(), object(), object()
    assert turns.take(one, 1)
    assert turns.take(one, 1)
    assert not turns.take(other, 0.01)
    turns.give(other)
    assert not turns.take(third, 0.01)
    turns.give(one)
    assert turns.take(third, 1)


def test_a_transaction_waits_until_the_one_before_has_ended(file: base.DatabaseWrapper) -> None:
    path = Path(str(file.settings_dict["NAME"]))
    begin(file)
    file.cursor().execute("INSERT INTO line VALUES (1)")
    seen: list[int] = []

    def write_after() -> None:
        other = opened(path)
        begin(other)
        seen.append(other.cursor().execute("SELECT count(*) FROM line").fetchone()[0])
        end(other)
        other.close()

    thread = threading.Thread(target=write_after)
    thread.start()
    while not base.turns[str(path)].waiting():
        pass
    end(file)
    thread.join()
    assert seen == [1]


@pytest.mark.parametrize("ending", ["rollback", "close"])
def test_a_turn_ends_however_the_transaction_ends(file: base.DatabaseWrapper, ending: str) -> None:
    other = opened(Path(str(file.settings_dict["NAME"])))
    begin(file)
    getattr(file, ending)()
    begin(other)
    end(other)
    other.close()


def test_a_transaction_that_cannot_begin_gives_its_turn_back(file: base.DatabaseWrapper) -> None:
    path = Path(str(file.settings_dict["NAME"]))
    stranger = sqlite3.connect(path, isolation_level=None)  # as another process
    stranger.execute("BEGIN IMMEDIATE")
    file.cursor().execute("PRAGMA busy_timeout=10")
    with pytest.raises(DatabaseError, match="locked"):
        begin(file)
    stranger.execute("COMMIT")
    stranger.close()
    other = opened(path)
    begin(other)
    end(other)
    other.close()


def test_reads_wait_for_no_writer(file: base.DatabaseWrapper) -> None:
    other = opened(Path(str(file.settings_dict["NAME"])))
    begin(file)
    file.cursor().execute("INSERT INTO line VALUES (1)")
    assert other.cursor().execute("SELECT count(*) FROM line").fetchone()[0] == 0
    end(file)
    other.close()


def test_who_waits_too_long_for_a_turn_is_told_that_the_database_is_locked(
    file: base.DatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "SECONDS", 0.01)
    other = opened(Path(str(file.settings_dict["NAME"])))
    begin(file)
    with pytest.raises(OperationalError, match="locked"):
        begin(other)
    end(file)
    other.close()


def test_a_serving_process_leaves_the_log_alone(file: base.DatabaseWrapper, monkeypatch: pytest.MonkeyPatch) -> None:
    assert file.cursor().execute("PRAGMA wal_autocheckpoint").fetchone()[0] == 1000
    monkeypatch.setattr(base, "leaves_log", True)
    made = opened(Path(str(file.settings_dict["NAME"])))
    assert made.cursor().execute("PRAGMA wal_autocheckpoint").fetchone()[0] == 0
    made.close()


@pytest.mark.parametrize(("large", "left"), [(0, 0), (10**9, None)])
def test_the_worker_moves_the_log_and_cuts_it_when_it_is_large(
    file: base.DatabaseWrapper, monkeypatch: pytest.MonkeyPatch, large: int, left: int | None
) -> None:
    monkeypatch.setattr(log, "connection", file)
    monkeypatch.setattr(log, "LARGE", large)
    begin(file)
    file.cursor().executemany("INSERT INTO line VALUES (%s)", [(number,) for number in range(2000)])
    end(file)
    before = log.size()
    assert before > 0
    log.move()
    assert log.size() == (before if left is None else left)
    assert file.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()[1] in (0, before // 4096)


@pytest.mark.django_db
def test_within_a_transaction_the_log_is_left_for_later() -> None:
    assert connection.in_atomic_block
    log.move()


def test_instants_come_back_in_utc_to_the_microsecond(file: base.DatabaseWrapper) -> None:
    cursor = file.cursor()
    cursor.execute("CREATE TABLE told (at datetime)")
    told = ["2026-11-23 10:00:00", "2026-11-23 10:00:00.000007", "2026-11-23 23:59:59.999999", None]
    cursor.executemany("INSERT INTO told VALUES (%s)", [(each,) for each in told])
    cursor.execute("SELECT at FROM told ORDER BY rowid")
    found = [at for (at,) in cursor.fetchall()]
    whole = datetime(2026, 11, 23, 10, tzinfo=UTC)
    last = datetime(2026, 11, 23, 23, 59, 59, 999999, tzinfo=UTC)
    assert found == [whole, whole.replace(microsecond=7), last, None]


def test_places_and_signs_of_a_text_are_written_as_sqlite_wants_them(file: base.DatabaseWrapper) -> None:
    cursor = file.cursor()
    for _again in range(2):
        cursor.execute("SELECT %s, 'ten %%', %s", [1, "%s"])
        assert cursor.fetchone() == (1, "ten %", "%s")
    cursor.execute("SELECT %(one)s, %(other)s", {"one": 1, "other": 2})
    assert cursor.fetchone() == (1, 2)
    cursor.execute(f"SELECT '{'x' * base.LONGEST}', %s", [1])
    assert cursor.fetchone() == ("x" * base.LONGEST, 1)
