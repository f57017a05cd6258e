"""The write-ahead log: moved into the file by one process alone, which also keeps clear of a rare fault of SQLite before 3.51.3 that
two processes doing so at once can meet."""

from pathlib import Path

from django.db import connection

LARGE = 64 * 1024 * 1024  # bytes of log after which it is cut, for which readers are waited for


def move() -> None:
    """Moves into the file what no reader needs in the log any more; cuts a log that has grown large. Not within a transaction; nothing
    on PostgreSQL."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    how = "TRUNCATE" if size() > LARGE else "PASSIVE"
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA wal_checkpoint({how})").fetchone()


def size() -> int:
    """Bytes of the log now; 0 where there is none."""
    log = Path(f"{connection.settings_dict['NAME']}-wal")
    return log.stat().st_size if log.exists() else 0
