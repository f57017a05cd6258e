"""Facts of the past, in bulk: for the demo and for imports. Nobody hears them; they lie in the log as if they had been announced then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from stoa.base import clock, ids
from stoa.base.facts.declare import Fact

if TYPE_CHECKING:
    from stoa.base.models import FactRow

BATCH = 2000


@dataclass(frozen=True)
class Past:
    """One fact, when it happened and the person who did it."""

    fact: Fact
    at: datetime
    by_id: int | None = None


def announce_past(told: Iterable[Past]) -> int:
    """Writes the rows, in the order of their instants, each with an id of its own instant. Gives how many."""
    from stoa.base.models import FactRow

    rows = [_row(each) for each in sorted(told, key=lambda each: each.at)]
    FactRow.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def _row(past: Past) -> "FactRow":
    from stoa.base.models import FactRow

    key, about = past.fact.about_thing()
    with clock.pinned(past.at):
        number = ids.new()
    return FactRow(
        id=number, name=past.fact.name, version=past.fact.version, content=past.fact.content(), at=past.at,
        by_id=past.by_id, about_key=key, about_id=about,
    )  # fmt: skip
