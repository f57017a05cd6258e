"""Clock work: a function that runs once in every period, however many workers there are. A missed period is not made up for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from stoa.base import clock

Run = Callable[[], None]
START = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Rhythm:
    """One piece of clock work."""

    name: str
    period: timedelta
    run: Run


_rhythms: dict[str, Rhythm] = {}


def every(period: timedelta, *, name: str) -> Callable[[Run], Run]:
    """Registers the decorated function to run once in every period (counted from 2020-01-01 UTC)."""

    def register(run: Run) -> Run:
        _rhythms[name] = Rhythm(name, period, run)
        return run

    return register


def rhythms() -> dict[str, Rhythm]:
    return dict(_rhythms)


def plan() -> None:
    """Makes the tick of the current period for each rhythm that has none yet."""
    from stoa.base.models import Tick

    now = clock.now()
    wanted = {name: START + rhythm.period * ((now - START) // rhythm.period) for name, rhythm in _rhythms.items()}
    there = set(Tick.objects.filter(instant__in=wanted.values()).values_list("name", "instant"))
    missing = [Tick(name=name, instant=at, due_at=at) for name, at in wanted.items() if (name, at) not in there]
    if missing:
        Tick.objects.bulk_create(missing, ignore_conflicts=True)


def run(tick_id: int, fence: int) -> None:
    """Handles one tick: runs it, marks it done, forgets the older ones of its name."""
    from stoa.base.models import Tick

    tick = Tick.objects.get(id=tick_id)
    rhythm = _rhythms.get(tick.name)
    if rhythm:
        rhythm.run()
    Tick.objects.filter(id=tick_id, fence=fence).update(due_at=None, lease_until=None, trouble="")
    Tick.objects.filter(name=tick.name, instant__lt=tick.instant).delete()
