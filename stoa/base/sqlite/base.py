"""Django's SQLite engine with three differences: a transaction waits for its turn before it begins, the process that serves pages
leaves the write-ahead log to the worker, and what Django does anew for each query and each instant is done once. Reads wait for nothing."""

import sqlite3
from collections import defaultdict
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base, operations
from django.utils.dateparse import parse_datetime

from stoa.base.sqlite.turns import Turns

TEXTS = 1000  # queries whose text is kept as SQLite wants it
LONGEST = 8000  # characters of such a text: a long list that is written at once comes in no other length again
SECONDS = 20.0  # as long as SQLite itself would wait for another process
turns: defaultdict[str, Turns] = defaultdict(Turns)
leaves_log = False  # set once, by the process that serves, before its threads open connections


def leave_log() -> None:
    """From now on connections of this process never move the log into the file: the worker does."""
    global leaves_log
    leaves_log = True


def instant(kept: bytes) -> datetime | None:
    """What a column of instants holds: without a zone, in UTC."""
    try:
        return datetime.fromisoformat(f"{kept.decode()}+00:00")
    except ValueError:  # not written by us
        return parse_datetime(kept.decode())


sqlite3.register_converter("datetime", instant)


class Cursor(base.SQLiteCursorWrapper):
    """A cursor that turns Django's places into SQLite's once per text: a page asks the same ones again and again."""

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        if param_names is not None or len(query) > LONGEST:
            return super().convert_query(query, param_names=param_names)
        return _with_places(query)


@lru_cache(TEXTS)
def _with_places(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class DatabaseOperations(operations.DatabaseOperations):
    """Django's, with the shortest way from what SQLite keeps to an instant: a page reads a hundred of them."""

    def convert_datetimefield_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """`instant` has said already in which zone they are kept."""
        if type(value) is datetime and value.tzinfo is UTC and self.connection.timezone is UTC:
            return value
        return super().convert_datetimefield_value(value, expression, connection)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection. It holds its turn from the beginning of a transaction to its end, however that comes."""

    ops_class = DatabaseOperations

    def create_cursor(self, name: Any = None) -> Any:
        return self.connection.cursor(factory=Cursor)

    def get_new_connection(self, conn_params: Any) -> Any:
        """A connection that leaves the log alone where that was said."""
        made = super().get_new_connection(conn_params)
        if leaves_log:
            made.execute("PRAGMA wal_autocheckpoint=0").close()
        return made

    def _start_transaction_under_autocommit(self) -> None:
        if not self._turns.take(self, SECONDS):
            raise OperationalError("database is locked: other writers of this process did not finish")
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._turns.give(self)
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._turns.give(self)

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._turns.give(self)

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._turns.give(self)

    @property
    def _turns(self) -> Turns:
        return turns[str(self.settings_dict["NAME"])]
