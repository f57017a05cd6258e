"""Whatever a network gives is read as the kind that is asked for, or as nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from stoa.social.networks import given
from stoa.social.networks.protocol import NOT_OFFERED, TryLater

NOON, EPOCH = datetime(2026, 3, 1, 12, tzinfo=UTC), datetime.fromtimestamp(0, UTC)
NONSENSE: list[Any] = [None, [], {}, "", "x", 7, True, 1.5, [1], {"b": 1}]


@pytest.mark.parametrize("said", ["2026-03-01T12:00:00", "2026-03-01T12:00:00Z", "2026-03-01T13:00:00+01:00"])
def test_instants_are_read_in_each_form(said: str) -> None:
    assert given.instant(said) == NOON


@pytest.mark.parametrize(
    "said", [None, 7, "", "x", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", [], "9" * 5000]
)
def test_an_instant_that_makes_no_sense_is_long_ago(said: object) -> None:
    assert given.instant(said) == EPOCH


@pytest.mark.parametrize(
    ("said", "at"),
    [(1772366400, NOON), ("1772366400.0", NOON), (10**400, EPOCH), ("nan", EPOCH), (True, EPOCH), (None, EPOCH)],
)
def test_seconds_since_1970_are_read_where_they_make_sense(said: object, at: datetime) -> None:
    assert given.since_1970(said).replace(second=0) == at


@pytest.mark.parametrize("of", NONSENSE)
def test_what_is_no_object_and_no_list_is_empty(of: Any) -> None:
    assert (given.part(of, "a"), given.listed(of, "a"), given.word(of, "a"), given.number(of, "a")) == (
        {},
        [],
        "",
        None,
    )
    with pytest.raises(TryLater):
        given.row(of, "a")
    with pytest.raises(TryLater):
        given.rows(of, "a")


def test_parts_and_lists_are_found_some_steps_inside() -> None:
    told = {"a": {"b": {"c": 1}, "d": [{"e": 2}, 3, None]}}
    assert (given.part(told, "a", "b"), given.row(told, "a", "b")) == ({"c": 1}, {"c": 1})
    assert (given.listed(told, "a", "d"), given.rows(told, "a", "d")) == ([{"e": 2}], [{"e": 2}])


@pytest.mark.parametrize(
    ("value", "word"), [("w", "w"), (7, "7"), (0, "0"), (True, ""), (1.5, ""), ([], ""), (None, "")]
)
def test_a_word_is_text_or_a_whole_number(value: object, word: str) -> None:
    assert given.word({"a": value}, "a") == word
    assert given.word({"a": value, "b": "other"}, "a", "b") == (word or "other")


@pytest.mark.parametrize(
    ("value", "number"), [(7, 7), (0, 0), (2**63 - 1, 2**63 - 1), (2**63, None), (-1, None), (True, None), ("7", None)]
)
def test_a_number_is_one_that_can_be_kept(value: object, number: int | None) -> None:
    assert given.number({"a": value}, "a") == number
    assert given.counted({"a": value}, "a") == (NOT_OFFERED if number is None else number)
