"""How long things may take and how long we wait: the numbers of the engine, each with its reason."""

import zlib
from datetime import timedelta

CALL = timedelta(seconds=60)  # the whole of one attempt, however many requests a connector makes of it
LEASE = timedelta(seconds=120)  # longer than CALL, so that a living worker is never taken for a dead one
GRACE = timedelta(minutes=15)  # later than this nothing goes out without being asked
SETTLING = timedelta(seconds=60)  # a request that timed out here may still be worked on there: no absence counts before
PATIENCE = timedelta(seconds=60)  # when a network asks for patience and does not say how much
LONGEST_PATIENCE = timedelta(hours=6)
FORGOTTEN = timedelta(hours=3)  # after which a person who was handed something is asked what became of it
NOT_NOW = timedelta(hours=1)  # what somebody who cannot post just now is given
IN_LINE = timedelta(
    seconds=2
)  # for each delivery of the same channel that goes first; whoever is through calls the next
LONGEST_IN_LINE = timedelta(seconds=40)  # until somebody who was not called looks again
IN_A_ROW = timedelta(minutes=2)  # what of a thread is due so soon still goes before other posts of its channel
LOOKS = tuple(timedelta(seconds=seconds) for seconds in (5, 60, 120, 300, 600, 1200, 2400, 4800, 9600))
SPREAD = 0.2  # of a pause: by so much at most it is longer
AHEAD = timedelta(
    days=7
)  # how long before its time a repeated post is planned: calendar, risks and people see it by then
AGAIN_SOON = timedelta(hours=1)  # when a schedule looks again while all sending is stopped
NOT_SENT = tuple(timedelta(seconds=seconds) for seconds in (5, 15, 30, 60, 120, 240))


def pause(steps: tuple[timedelta, ...], number: int, whose: int = 0) -> timedelta:
    """The pause before try `number` (from 0); the last one again and again. `whose`: those that failed together come back apart, each
    later by a part of its own."""
    step = steps[min(max(number, 0), len(steps) - 1)]
    return step + step * SPREAD * (zlib.crc32(f"{whose} {number}".encode()) / 2**32 if whose else 0)


def patience(seconds: object) -> timedelta:
    """What a network asked for, between one second and six hours; a minute when it makes no sense."""
    if not isinstance(seconds, int | float) or isinstance(seconds, bool) or not seconds >= 0:
        return PATIENCE
    asked = min(float(seconds), LONGEST_PATIENCE.total_seconds())
    return timedelta(seconds=max(asked, 1.0))
