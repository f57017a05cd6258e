"""Django's SQLite engine with two differences: a transaction waits for its turn before it begins, and the process that serves pages
leaves the write-ahead log to the worker. Reads wait for nothing."""

from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base, operations

from stoa.base.sqlite.turns import Turns

SECONDS = 20.0  # as long as SQLite itself would wait for another process
turns: defaultdict[str, Turns] = defaultdict(Turns)
leaves_log = False  # set once, by the process that serves, before its threads open connections


def leave_log() -> None:
    """From now on connections of this process never move the log into the file: the worker does."""
    global leaves_log
    leaves_log = True


class DatabaseOperations(operations.DatabaseOperations):
    """Django's, with the shortest way from what SQLite keeps to an instant: a page reads a hundred of them."""

    def convert_datetimefield_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Instants are kept without a zone, in the connection's."""
        if type(value) is datetime and value.tzinfo is None and self.connection.timezone is UTC:
            return value.replace(tzinfo=UTC)
        return super().convert_datetimefield_value(value, expression, connection)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection. It holds its turn from the beginning of a transaction to its end, however that comes."""

    ops_class = DatabaseOperations

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
