"""Facts are written with the change, heard after commit, and tried again when a subscriber fails."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from stoa.base import clock
from stoa.base.actors import VISITOR
from stoa.base.facts import Fact, Told, announce, declare, fact, hear, hears, load
from stoa.base.models import FactRow, Hearing
from stoa.base.work.drain import drain

pytestmark = pytest.mark.django_db


@pytest.fixture
def rung() -> Iterator[type[Fact]]:
    @fact("base.bell_rung", about=("base.bell", "bell"))
    @dataclass(frozen=True)
    class BellRung(Fact):
        bell: int
        at: datetime | None = None

    yield BellRung
    declare._facts.pop("base.bell_rung")
    hear._by_fact.pop("base.bell_rung", None)
    hear._by_name.pop("test.ear", None)


def test_a_fact_loads_as_it_was_announced(rung: type[Fact]) -> None:
    told = rung(5, datetime(2026, 1, 2, tzinfo=UTC))  # type: ignore[call-arg]
    with transaction.atomic():
        announce(told, by=VISITOR)
    row = FactRow.objects.get()
    assert (row.name, row.about_key, row.about_id) == ("base.bell_rung", "base.bell", 5)
    assert load(row.name, row.content) == told


@pytest.mark.django_db(transaction=True)
def test_a_fact_outside_a_transaction_is_refused(rung: type[Fact]) -> None:
    with pytest.raises(RuntimeError):
        announce(rung(5), by=VISITOR)  # type: ignore[call-arg]
    assert FactRow.objects.count() == 0


def test_what_is_heard_is_forgotten_and_what_fails_is_kept_and_tried_again(rung: type[Fact]) -> None:
    heard: list[int] = []
    broken = [True]

    @hears(rung, name="test.ear")
    def listen(told: Told[Fact]) -> None:
        if broken.pop():
            broken.append(False)
            raise ValueError("deaf")
        broken.append(False)
        heard.append(told.id)

    start = datetime(2026, 5, 1, tzinfo=UTC)
    with clock.pinned(start):
        with transaction.atomic():
            announce(rung(5), by=VISITOR)  # type: ignore[call-arg]
        drain()
        assert heard == []
        assert Hearing.objects.get().trouble == "ValueError: deaf"
    with clock.pinned(start + timedelta(minutes=1)):
        drain()
    assert len(heard) == 1
    assert Hearing.objects.count() == 0
