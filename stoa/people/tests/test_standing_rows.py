"""Rows that a plan makes are the rows that Django makes, value for value."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db.models import F, Model, QuerySet, Value
from django.db.models.signals import post_init

from stoa.base import standing_queries
from stoa.base.models.option import OptionRow
from stoa.base.standing_queries import padded, standing
from stoa.base.standing_rows import Planned
from stoa.people.models import Account, Person

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 1, 12, 30, 15, 250, tzinfo=UTC)


@pytest.fixture(autouse=True)
def rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing_queries, "_texts", {})
    for number in range(1, 4):
        account = Account.objects.create(email=f"n{number}@example.org", joined_at=AT) if number > 1 else None
        Person.objects.create(id=number, account=account, name=f"N {number}", interests=["lamps"], joined_at=AT)


def people(least: int) -> QuerySet[Person]:
    rows = Person.objects.filter(id__gte=least).select_related("account").defer("bio")
    return rows.annotate(first=F("account__email"), one=Value(1)).order_by("id")


def accounts(least: int) -> QuerySet[Account]:
    return Account.objects.filter(id__gte=least).select_related("person").order_by("id")


def pairs(least: int) -> QuerySet[Person, Any]:
    return Person.objects.filter(id__gte=least).order_by("id").values_list("id", "joined_at", "welcomes", "interests")


def inside(row: Any) -> Any:
    """All that an instance holds, with what hangs at it."""
    if not isinstance(row, Model):
        return row
    held = {name: value for name, value in vars(row).items() if name != "_state"}
    near = {name: inside_only(each) for name, each in row._state.fields_cache.items()}
    return held, row._state.db, row._state.adding, near


def inside_only(row: Any) -> Any:
    return row and {name: value for name, value in vars(row).items() if name != "_state"}


@pytest.mark.parametrize("build", [people, accounts, pairs])
def test_a_plan_makes_what_django_makes(build: Any) -> None:
    for least in (1, 2, 9):
        found = standing(build, least=least)
        assert found._iterable_class is Planned
        assert [inside(row) for row in found] == [inside(row) for row in build(least)]


def test_what_was_left_out_is_read_when_it_is_asked_for() -> None:
    Person.objects.filter(id=2).update(bio="Mends lamps.")
    assert [person.bio for person in standing(people, least=2)] == ["Mends lamps.", ""]


def test_instances_of_a_plan_can_be_saved() -> None:
    person = next(iter(standing(people, least=3)))
    person.name = "Another"
    person.save(update_fields=["name", "folded"])
    assert Person.objects.get(id=3).folded == "another"


def test_who_listens_to_instances_gets_djangos(monkeypatch: pytest.MonkeyPatch) -> None:
    def heard(**_told: Any) -> None: ...

    post_init.connect(heard, sender=Person)
    try:
        assert standing(people, least=1)._iterable_class is not Planned
    finally:
        post_init.disconnect(heard, sender=Person)


def test_lists_of_all_lengths_have_few_shapes() -> None:
    assert [padded(list(range(1, many + 1))) for many in (0, 1, 2, 3, 5)] == [
        [],
        [1],
        [1, 2],
        [1, 2, 3, -1],
        [1, 2, 3, 4, 5, -1, -2, -3],
    ]


def test_a_text_that_a_lookup_escapes_is_built_anew() -> None:
    def named(key: str) -> QuerySet[OptionRow]:
        return OptionRow.objects.filter(key__icontains=key).order_by("key")

    OptionRow.objects.create(key="a_b", value=1, by_id=1)
    OptionRow.objects.create(key="axb", value=2, by_id=1)
    assert [[row.value for row in standing(named, key=key)] for key in ("xb", "a_b")] == [[2], [1]]
