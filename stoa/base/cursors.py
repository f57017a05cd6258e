"""Where a list goes on: a moment and an id, exact to the microsecond, as `?before=` carries it."""

from datetime import UTC, datetime, timedelta

from stoa.base import ids

START = datetime(2020, 1, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def mark(moment: datetime, number: int) -> str:
    """The place just after this row, for an address."""
    return f"{(moment - START) // TICK}-{ids.shown(number)}"


def read(text: str) -> tuple[datetime, int] | None:
    """The moment and id of a mark; None for anything else, which begins at the beginning."""
    ticks, _, shown = text.partition("-")
    try:
        return START + int(ticks) * TICK, ids.parse(shown)
    except (ValueError, OverflowError):
        return None
