"""The socket `measure.metrics`: a metric is a definition of the catalogue with the way to count its days."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from stoa.measure.days import Days
from stoa.measure.formulas.catalogue import CATALOGUE
from stoa.measure.formulas.definition import Definition


@dataclass(frozen=True)
class Counted:
    """What one day of one scope came to: `denominator` None for a plain count, `n` how many were counted."""

    metric: str
    scope: str
    day: date
    numerator: int
    denominator: int | None
    n: int


Count = Callable[[Days], Iterable[Counted]]
_counts: dict[Count, list[Definition]] = {}


def counts(*keys: str) -> Callable[[Count], Count]:
    """Registers the decorated function as the way to count the days of the definitions with these keys, all in one reading of the rows.
    It gives every day of the period that has something to count; a day that it leaves out has no row."""

    def register(count: Count) -> Count:
        _counts[count] = [CATALOGUE[key] for key in keys]
        return count

    return register


def all_metrics() -> dict[str, Definition]:
    """Every metric that is kept by the day."""
    return {definition.key: definition for known in _counts.values() for definition in known}


def count_all(days: Days) -> Iterator[Counted]:
    for count in _counts:
        yield from count(days)
