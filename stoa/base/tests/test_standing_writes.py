"""A write whose text is kept writes what Django would have written, and refuses what it would get wrong."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.db.models.signals import post_save

from stoa.base import standing_writes
from stoa.base.models import FactRow, Hearing, Tick
from stoa.base.standing_writes import delete, insert, update

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 1, 8, tzinfo=UTC)
CONTENT = {"name": "a 'b' \"c\" %s \\ ä", "none": None, "many": [1, 2.5, True]}


@pytest.fixture(autouse=True)
def nothing_is_kept() -> Iterator[None]:
    yield
    standing_writes._fields.cache_clear()
    standing_writes._insert.cache_clear()


def fact(**said: Any) -> FactRow:
    return FactRow(name="test.done", content=CONTENT, at=NOW, **said)


def test_a_row_is_inserted_as_django_would() -> None:
    ours, theirs = fact(by_id=None), fact(by_id=None)
    insert(ours)
    theirs.save(force_insert=True)
    values = [field.attname for field in FactRow._meta.concrete_fields if field.attname != "id"]
    assert FactRow.objects.values(*values).get(id=ours.id) == FactRow.objects.values(*values).get(id=theirs.id)
    assert (ours._state.adding, ours._state.db) == (False, connection.alias)
    ours.save()  # an update now, and no second row
    assert FactRow.objects.filter(name="test.done").count() == 2


def test_several_rows_are_one_statement(django_assert_num_queries: Any) -> None:
    row = fact()
    insert(row)
    with django_assert_num_queries(1):
        insert(*[Hearing(fact=row, subscriber=f"test.{number}", due_at=NOW) for number in range(3)])
    assert sorted(Hearing.objects.values_list("subscriber", flat=True)) == ["test.0", "test.1", "test.2"]
    with django_assert_num_queries(0):
        insert()


def test_an_update_writes_where_it_was_told_to_and_says_how_many() -> None:
    ticks = [Tick.objects.create(name=f"x{number}", instant=NOW, due_at=NOW, fence=3) for number in range(2)]
    assert update(Tick, {"id": ticks[0].id, "fence": 2}, trouble="no") == 0
    assert update(Tick, {"id": ticks[0].id, "fence": 3}, trouble="yes %s", due_at=None, fence=4) == 1
    assert list(Tick.objects.order_by("name").values_list("trouble", "due_at", "fence")) == [
        ("yes %s", None, 4),
        ("", NOW, 3),
    ]


def test_what_is_deleted_is_what_was_told_and_nothing_else() -> None:
    row = fact()
    hearings = [Hearing(fact=row, subscriber=f"test.{number}", due_at=NOW, fence=3) for number in range(2)]
    insert(row)
    insert(*hearings)
    assert delete(Hearing, {"id": hearings[0].id, "fence": 2}) == 0
    assert delete(Hearing, {"id": hearings[0].id, "fence": 3}) == 1
    assert list(Hearing.objects.values_list("id", flat=True)) == [hearings[1].id]


def test_a_row_stands_for_its_id() -> None:
    rows = [fact(), fact()]
    hearing = Hearing(fact=rows[0], subscriber="test.one", due_at=NOW)
    insert(*rows)
    insert(hearing)
    assert update(Hearing, {"id": hearing.id}, fact=rows[1]) == 1
    assert Hearing.objects.get(id=hearing.id).fact_id == rows[1].id


def test_what_the_database_would_compute_is_refused() -> None:
    tick = Tick.objects.create(name="x", instant=NOW, due_at=NOW)
    with pytest.raises(TypeError, match="fence"):
        update(Tick, {"id": tick.id}, fence=F("fence") + 1)


def test_a_model_whose_saving_somebody_hears_of_is_refused() -> None:
    standing_writes._fields.cache_clear()

    def hear(**said: Any) -> None: ...

    post_save.connect(hear, sender=FactRow)
    try:
        with pytest.raises(TypeError, match="FactRow"):
            insert(fact())
    finally:
        post_save.disconnect(hear, sender=FactRow)


def test_what_breaks_undoes_the_transaction_around_it() -> None:
    row = fact()
    insert(row)
    with transaction.atomic():
        with pytest.raises(IntegrityError):
            insert(FactRow(id=row.id, name="again", content={}, at=NOW))
        assert transaction.get_rollback()
        transaction.set_rollback(True)
