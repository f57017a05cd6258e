"""How long a worker's connections may keep something locked, and wait for what is locked.

A worker may be stopped (or its machine may vanish) in the middle of a transaction. What it has locked then stays locked, and all others
that want it stand in a line. So the server ends a transaction in which nothing happens; whoever is woken finds its connection gone, has
written nothing, and its fence decides what it may still do.
"""

from datetime import timedelta

IDLE = timedelta(
    seconds=30
)  # without a word within a transaction: none of ours thinks for so long, or speaks to a network
WAIT = timedelta(
    seconds=40
)  # for a lock: longer than IDLE, so that who ends something gets its turn; a call and it fit a lease
are_set = False  # once, by the process that works, before its threads open connections


def limit() -> None:
    """From now on connections of this process keep nothing locked without end, and wait for nothing without end."""
    global are_set
    are_set = True


def wanted() -> dict[str, str]:
    """What is said to the server when a connection is opened, in milliseconds."""
    if not are_set:
        return {}
    told = {"idle_in_transaction_session_timeout": IDLE, "lock_timeout": WAIT}
    return {name: str(round(time.total_seconds() * 1000)) for name, time in told.items()}
