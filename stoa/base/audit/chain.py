"""Sealing: new facts, in order of their ids, a moment after they were written (ids and commits are not in the same order)."""

import hashlib
import json
from datetime import UTC, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from stoa.base import clock, ids
from stoa.base.models.audit import AuditEntry
from stoa.base.models.fact import FactRow

BEGINNING = "0" * 64
SETTLED = timedelta(seconds=10)  # after which a fact's transaction has committed, or is late and sealed later
BATCH = 500


def seal_new() -> int:
    """Seals every settled fact that has no seal yet. Gives how many."""
    sealed = 0
    while batch := _seal_batch():
        sealed += batch
    return sealed


def unsealed() -> "QuerySet[FactRow]":
    """Settled facts without a seal, in order."""
    before = ids.at(clock.now() - SETTLED)
    return FactRow.objects.filter(~Exists(AuditEntry.objects.filter(fact_id=OuterRef("id"))), id__lt=before).order_by(
        "id"
    )


def seal_of(previous: str, fact: FactRow) -> str:
    """SHA-256, in hex, of the seal before and all that the fact's row holds."""
    content = json.dumps(fact.content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    at = fact.at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = [previous, fact.id, fact.name, fact.version, at, fact.by_id, fact.about_key, fact.about_id, content]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _seal_batch() -> int:
    with transaction.atomic():
        last = AuditEntry.objects.select_for_update().order_by("-position").first()
        position, previous = (last.position, last.seal) if last else (0, BEGINNING)
        entries = []
        for fact in unsealed()[:BATCH]:
            position, previous = position + 1, seal_of(previous, fact)
            entries.append(AuditEntry(position=position, fact_id=fact.id, seal=previous))
        AuditEntry.objects.bulk_create(entries)
        return len(entries)
