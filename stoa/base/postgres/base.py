"""Django's PostgreSQL engine with one difference: a worker's connections wait for nobody without end, and nobody for them.

A worker may be stopped (or its machine may vanish) in the middle of a transaction. What it has locked then stays locked, and all others
that want it stand in a line. So the server ends a transaction in which nothing happens; whoever is woken finds its connection gone, has
written nothing, and its fence decides what it may still do.
"""

from datetime import timedelta

from django.db.backends.postgresql import base

IDLE = timedelta(
    seconds=30
)  # without a word within a transaction: none of ours thinks for so long, or speaks to a network
WAIT = timedelta(
    seconds=40
)  # for a lock: longer than IDLE, so that who ends something gets its turn; with CALL within LEASE
is_limited = False  # set once, by the process that works, before its threads open connections


def limit() -> None:
    """From now on connections of this process keep nothing locked without end, and wait for nothing without end."""
    global is_limited
    is_limited = True


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection; said once, when it is opened, in a way that poolers between us and the server understand."""

    def init_connection_state(self) -> None:
        super().init_connection_state()
        if not is_limited:
            return
        limits = {"idle_in_transaction_session_timeout": IDLE, "lock_timeout": WAIT}
        with self.connection.cursor() as cursor:
            for name, limit in limits.items():
                cursor.execute("SELECT set_config(%s, %s, false)", [name, str(round(limit.total_seconds() * 1000))])
        if not self.get_autocommit():
            self.connection.commit()
