"""Verifying: reads the whole chain and every fact, and says what does not fit."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from stoa.base.audit.chain import BATCH, BEGINNING, seal_of
from stoa.base.models.audit import AuditEntry
from stoa.base.models.fact import FactRow


@dataclass(frozen=True)
class Fault:
    """One place that does not fit. `position` is 0 for what is not one entry's."""

    position: int
    fact_id: int
    what: str


def head() -> str:
    """Position and seal of the last entry: what to note elsewhere."""
    last = AuditEntry.objects.order_by("-position").first()
    return f"{last.position}:{last.seal}" if last else f"0:{BEGINNING}"


def verify(noted: str = "") -> Iterator[Fault]:
    """Every fault found, in order. `noted` is a head noted before: it must still stand in the chain."""
    if noted and not _stands(noted):
        yield Fault(0, 0, "the head that was noted is not in the chain")
    expected, previous = 1, BEGINNING
    entries = AuditEntry.objects.order_by("position").iterator(BATCH)
    while batch := list(islice(entries, BATCH)):
        facts = FactRow.objects.in_bulk([entry.fact_id for entry in batch])
        for entry in batch:
            if entry.position != expected:
                yield Fault(entry.position, entry.fact_id, f"position {expected} is missing")
            fact = facts.get(entry.fact_id)
            if fact is None:
                yield Fault(entry.position, entry.fact_id, "the fact is gone")
            elif seal_of(previous, fact) != entry.seal:
                yield Fault(entry.position, entry.fact_id, "the fact, or what stands before it, was changed")
            expected, previous = entry.position + 1, entry.seal


def _stands(noted: str) -> bool:
    position, _, seal = noted.partition(":")
    if not position.isdigit():
        return False
    return position == "0" or AuditEntry.objects.filter(position=int(position), seal=seal).exists()
