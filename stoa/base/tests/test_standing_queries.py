"""A query whose text stands finds what the query built anew finds, for every value of its shape, and for nobody else."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models import Q, QuerySet

from stoa.base import standing_queries
from stoa.base.actors import VISITOR, Actor, Standing
from stoa.base.models.option import OptionRow
from stoa.base.models.tick import Tick
from stoa.base.standing_queries import first, standing

pytestmark = pytest.mark.django_db
START = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing_queries, "_texts", {})


@pytest.fixture(autouse=True)
def rows() -> None:
    OptionRow.objects.bulk_create(
        OptionRow(key=f"test.{number}", value=number, by_id=number, at=START + timedelta(days=number))
        for number in range(1, 9)
    )


def of_one(number: int) -> QuerySet[OptionRow]:
    return OptionRow.objects.filter(by_id=number).order_by("key")


def of_some(numbers: list[int]) -> QuerySet[OptionRow]:
    return OptionRow.objects.filter(by_id__in=numbers).order_by("key")


def of_next(number: int) -> QuerySet[OptionRow]:
    return OptionRow.objects.filter(by_id=number + 1).order_by("key")


def since(at: datetime) -> QuerySet[OptionRow]:
    return OptionRow.objects.filter(at__gte=at).order_by("key")


def seen_by(actor: Actor, least: int) -> QuerySet[OptionRow]:
    seen = Q(by_id__in=actor.scope_ids("space", "read")) | Q(by_id=actor.person_id)
    rows = OptionRow.objects.filter(seen, by_id__gte=least) if actor.is_member else OptionRow.objects.filter(by_id=1)
    return rows.exclude(by_id__in=actor.blocked).order_by("key")


def named(key: str) -> QuerySet[OptionRow]:
    return OptionRow.objects.filter(key=key).order_by("key")[:1]


def numbers_of(rows: "QuerySet[OptionRow]") -> list[int]:
    return [row.value for row in rows]


def member(number: int, *spaces: int, blocked: tuple[int, ...] = (), right: str = "read") -> Actor:
    rights = {("space", each): frozenset({right}) for each in spaces}
    return Actor(person_id=number, standing=Standing.MEMBER, rights=rights, blocked=frozenset(blocked), joined_at=START)


def test_one_text_serves_every_value() -> None:
    assert [numbers_of(standing(of_one, number=number)) for number in (3, 5, 99)] == [[3], [5], []]
    assert len(standing_queries._texts) == 1
    assert None not in standing_queries._texts.values()


def test_as_many_values_as_are_given() -> None:
    for given in ([], [2], [4, 2], [1, 2, 3]):
        assert numbers_of(standing(of_some, numbers=given)) == sorted(given)


def test_moments_fill_places_too() -> None:
    assert numbers_of(standing(since, at=START + timedelta(days=7))) == [7, 8]
    assert numbers_of(standing(since, at=START + timedelta(days=8))) == [8]
    assert None not in standing_queries._texts.values()


def test_who_computes_with_a_value_is_built_anew() -> None:
    assert [numbers_of(standing(of_next, number=number)) for number in (3, 5)] == [[4], [6]]
    assert list(standing_queries._texts.values()) == [None]


def test_every_actor_finds_their_own() -> None:
    actors = [
        VISITOR, member(2), member(3), member(2, 4, 6), member(2, 6, 7), member(2, 4, 6, blocked=(4,)),
        member(8, 4, 6, blocked=(6,)), member(2, 4, 6, right="write"), member(2, 4), member(2, 4, 5, 6),
    ]  # fmt: skip
    for _twice in range(2):
        for actor in [*actors, *reversed(actors)]:
            assert numbers_of(standing(seen_by, actor, least=3)) == numbers_of(seen_by(actor, 3)), actor


def test_words_are_part_of_the_shape() -> None:
    assert getattr(first(standing(named, shape=("test.4",))), "value", None) == 4
    assert getattr(first(standing(named, shape=("test.5",))), "value", None) == 5
    assert first(standing(named, shape=("test.none",))) is None


def test_many_shapes_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing_queries, "SHAPES", 3)
    for many in range(1, 9):
        assert numbers_of(standing(of_some, numbers=list(range(1, many + 1)))) == list(range(1, many + 1))
        assert len(standing_queries._texts) <= 3


def claimed(number: int, fence: int) -> QuerySet[Tick, Any]:
    return Tick.objects.filter(id=number, fence=fence).order_by("id").values_list("name", flat=True)[:1]


def test_a_column_narrower_than_an_id_fills_a_place_too() -> None:
    """A fence has 32 bits on PostgreSQL: Django answers nothing at all where a value cannot be in the column."""
    tick = Tick.objects.create(name="x", instant=START, due_at=START, fence=7)
    assert [first(standing(claimed, number=tick.id, fence=fence)) for fence in (7, 8)] == ["x", None]
    assert None not in standing_queries._texts.values()


def test_single_values_come_by_plan() -> None:
    assert list(standing(keys_from, least=7)) == ["test.7", "test.8"]
    assert all(text is not None and text.plan for text in standing_queries._texts.values())


def keys_from(least: int) -> QuerySet[OptionRow, Any]:
    return OptionRow.objects.filter(by_id__gte=least).order_by("key").values_list("key", flat=True)
