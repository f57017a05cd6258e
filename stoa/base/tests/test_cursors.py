"""A list goes on exactly where it stopped, whatever came or went in between."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from stoa.base import cursors, ids
from stoa.base.models import Tick
from stoa.base.models.option import OptionRow

pytestmark = pytest.mark.django_db
BEGIN = datetime(2026, 3, 2, 10, tzinfo=UTC)


def walked(rows: Any, by: str, *, size: int, ascending: bool = False) -> list[int]:
    found, start = [], ""
    while True:
        page = cursors.page(rows.all(), by, start, size=size, ascending=ascending)
        found += [row.id for row in page.rows]
        if not page.next:
            return found
        start = page.next


def make_ticks() -> None:
    """Two at each instant, so that the id decides."""
    for number in range(7):
        Tick.objects.create(name=f"tick {number}", instant=BEGIN + timedelta(microseconds=number // 2))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
def test_every_row_stands_on_one_page_newest_first(size: int) -> None:
    make_ticks()
    expected = list(Tick.objects.order_by("-instant", "-id").values_list("id", flat=True))
    assert walked(Tick.objects, "instant", size=size) == expected
    assert walked(Tick.objects, "instant", size=size, ascending=True) == expected[::-1]


@pytest.mark.parametrize("size", [1, 3, 5])
def test_a_text_orders_a_list_as_well(size: int) -> None:
    for name in ("a-b", "ö", "a", "", "z - %"):
        OptionRow.objects.create(key=name or "-", value=1)
    expected = list(OptionRow.objects.order_by("key", "id").values_list("id", flat=True))
    assert walked(OptionRow.objects, "key", size=size, ascending=True) == expected


def test_a_row_that_went_takes_none_of_the_others_with_it() -> None:
    make_ticks()
    first = cursors.page(Tick.objects.all(), "instant", "", size=3)
    first.rows[-1].delete()
    rest = cursors.page(Tick.objects.all(), "instant", first.next, size=10)
    assert len(rest.rows) == 4


@pytest.mark.parametrize("mark", ["", "x", "12", "-", "99999999999999999999999-0sapj6mj2656x", "a-b-c"])
def test_a_mark_that_cannot_be_read_begins_at_the_beginning(mark: str) -> None:
    make_ticks()
    assert len(cursors.page(Tick.objects.all(), "instant", mark, size=9).rows) == 7
    assert len(cursors.page(Tick.objects.all(), "name", mark, size=9, ascending=True).rows) == 7


def test_a_text_mark_is_read_as_it_was_written() -> None:
    number = ids.new()
    assert cursors.read_text(cursors.mark_text("a-b %", number)) == ("a-b %", number)
