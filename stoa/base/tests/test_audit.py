"""The audit chain notices every edit, deletion and reordering."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from stoa.base import audit, clock
from stoa.base.models import AuditEntry, FactRow

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 1, tzinfo=UTC)
TAMPERINGS = 250


@pytest.fixture
def chain() -> list[FactRow]:
    rows = []
    for number in range(40):
        with clock.pinned(NOW + timedelta(seconds=number)):
            content = {"leaf": number, "share": number / 7, "at": None}
            rows.append(
                FactRow.objects.create(name="base.leaf_fell", content=content, at=clock.now(), by_id=number % 5)
            )
    with clock.pinned(NOW + timedelta(hours=1)):
        assert audit.seal_new() == 40
    return rows


def faults(noted: str = "") -> int:
    return len(list(audit.verify(noted)))


def edited(row: FactRow, chance: random.Random) -> None:
    field = chance.choice(["content", "name", "by_id", "at", "version", "about_key", "about_id"])
    values = {
        "content": {**row.content, "leaf": row.content["leaf"] + 1}, "name": "base.leaf_fell2", "by_id": 99,
        "at": row.at + timedelta(microseconds=1), "version": 2, "about_key": "base.tree", "about_id": 3,
    }  # fmt: skip
    FactRow.objects.filter(id=row.id).update(**{field: values[field]})


def deleted(row: FactRow, chance: random.Random) -> None:
    FactRow.objects.filter(id=row.id).delete()


def cut_out(row: FactRow, chance: random.Random) -> None:
    FactRow.objects.filter(id=row.id).delete()
    AuditEntry.objects.filter(fact_id=row.id).delete()


def closed_up(row: FactRow, chance: random.Random) -> None:
    entry = AuditEntry.objects.get(fact_id=row.id)
    cut_out(row, chance)
    for later in AuditEntry.objects.filter(position__gt=entry.position).order_by("position"):
        AuditEntry.objects.filter(id=later.id).update(position=later.position - 1)


def swapped(row: FactRow, chance: random.Random) -> None:
    one = AuditEntry.objects.get(fact_id=row.id)
    other = chance.choice(list(AuditEntry.objects.exclude(id=one.id)))
    AuditEntry.objects.filter(id=one.id).update(position=0)
    AuditEntry.objects.filter(id=other.id).update(position=one.position)
    AuditEntry.objects.filter(id=one.id).update(position=other.position)


def resealed(row: FactRow, chance: random.Random) -> None:
    AuditEntry.objects.filter(fact_id=row.id).update(seal=f"{chance.getrandbits(256):064x}")


WAYS: list[Callable[[FactRow, random.Random], None]] = [edited, deleted, cut_out, closed_up, swapped, resealed]


def test_every_tampering_is_found(chain: list[FactRow]) -> None:
    from django.db import transaction

    chance = random.Random(7)
    noted = audit.head()
    assert faults(noted) == 0
    missed = []
    for number in range(TAMPERINGS):
        way, row = chance.choice(WAYS), chance.choice(chain)
        point = transaction.savepoint()
        way(row, chance)
        if not faults(noted):
            missed.append((number, way.__name__, row.id))
        transaction.savepoint_rollback(point)
    assert missed == []
    assert faults(noted) == 0


def test_what_is_new_is_sealed_once_and_only_when_it_has_settled(chain: list[FactRow]) -> None:
    with clock.pinned(NOW + timedelta(hours=2)):
        FactRow.objects.create(name="base.leaf_fell", content={}, at=clock.now())
        assert audit.seal_new() == 0
    with clock.pinned(NOW + timedelta(hours=2, seconds=11)):
        assert (audit.seal_new(), audit.seal_new()) == (1, 0)
    assert (faults(), AuditEntry.objects.count()) == (0, 41)


def test_a_late_commit_is_sealed_at_the_end(chain: list[FactRow]) -> None:
    with clock.pinned(NOW + timedelta(seconds=5)):
        FactRow.objects.create(name="base.leaf_fell", content={}, at=clock.now())
    with clock.pinned(NOW + timedelta(hours=2)):
        assert audit.seal_new() == 1
    assert faults() == 0


def test_a_chain_that_lost_its_end_is_seen_by_the_head_noted_before(chain: list[FactRow]) -> None:
    noted = audit.head()
    cut_out(chain[-1], random.Random(1))
    assert faults() == 0
    assert faults(noted) == 1


def test_the_command_says_so(chain: list[FactRow], capsys: pytest.CaptureFixture[str]) -> None:
    call_command("audit_verify")
    assert "The audit chain is whole." in capsys.readouterr().out
    deleted(chain[3], random.Random(1))
    with pytest.raises(CommandError, match="1 faults"):
        call_command("audit_verify")
