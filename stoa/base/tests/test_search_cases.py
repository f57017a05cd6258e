"""Each case of `search_cases` gives exactly its set, on either database: phrases, what narrows a question, mended words, hidden things."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stoa.base import search
from stoa.base.models import SearchTrigram, SearchWord
from stoa.base.search import Audience, Document, Readable, Within, corrected, count, query, spelling
from stoa.base.tests.search_cases import NARROWED, PHRASES, SHELF, TEXTS, TYPED

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
AT = datetime(2026, 3, 1, tzinfo=UTC)
READERS = {
    "visitor": Readable(),
    "member": Readable(members=True, person_id=20),
    "of nine": Readable(members=True, scope_ids=frozenset({9}), person_id=22),
    "person 21": Readable(members=True, person_id=21),
}


def of_shelf(number: int) -> Document:
    title, body, more = SHELF[number]
    values: dict[str, Any] = {**more, "facets": frozenset(more.get("facets", ()))}  # type: ignore[call-overload]
    at, key = AT + values.pop("day") * DAY, values.pop("key", "base.leaf")
    return Document(key, number, title, body, at, **{"audience": Audience.PUBLIC, **values})


@pytest.fixture
def shelf() -> None:
    search.index_many(of_shelf(number) for number in SHELF)


def narrowed(values: dict[str, Any]) -> Within:
    return Within(**{name: AT + value * DAY if name in ("since", "until") else value for name, value in values.items()})


@pytest.mark.parametrize(("text", "expected"), PHRASES)
def test_words_in_quotation_marks_follow_each_other(text: str, expected: set[int]) -> None:
    search.index_many(Document("base.leaf", key, *words, AT, Audience.PUBLIC) for key, words in TEXTS.items())
    assert {found.thing_id for found in query(text, to=Readable())} == expected
    for number in expected:
        assert "<mark>" in search.highlight(" ".join(TEXTS[number]), text)


@pytest.mark.parametrize(("text", "values", "reader", "expected"), NARROWED)
def test_what_narrows_a_question(
    shelf: None, text: str, values: dict[str, Any], reader: str, expected: set[int]
) -> None:
    within, to = narrowed(values), READERS[reader]
    assert {found.thing_id for found in query(text, to=to, within=within)} == expected
    assert count(text, to=to, within=within) == len(expected)


@pytest.mark.parametrize(("text", "reader", "expected"), TYPED)
def test_what_somebody_may_have_meant(shelf: None, text: str, reader: str, expected: str) -> None:
    assert corrected(text, to=READERS[reader]) == expected


def test_what_was_meant_lies_within_what_was_asked_for(shelf: None) -> None:
    assert corrected("ketle", to=Readable(), within=Within(scope=9)) == ""
    assert corrected("ketle", to=Readable(), within=Within(scope=7)) == "kettle"


def test_of_two_words_that_are_alike_the_one_that_finds_ten_times_as_much_was_meant() -> None:
    texts = ["form", *["from"] * 10]
    search.index_many(Document("base.leaf", n, "", text, AT, Audience.PUBLIC) for n, text in enumerate(texts, 1))
    assert (corrected("form", to=Readable()), corrected("from", to=Readable())) == ("from", "")
    search.remove("base.leaf", 2)
    assert corrected("form", to=Readable()) == ""


@pytest.mark.parametrize("text", ["kettle", ""])
def test_pages_go_on_where_the_last_one_ended_whatever_came_meanwhile(text: str) -> None:
    for number in range(1, 8):
        body = "kettle " * (1 + number % 3)
        search.index(Document("base.leaf", number, "", body, AT + number * DAY, Audience.PUBLIC, scope=7))
    asked: dict[str, Any] = {"to": Readable(), "within": Within(scope=7)}
    whole = [found.thing_id for found in query(text, **asked)]
    pages: list[int] = []
    mark = ""
    while found := query(text, limit=3, after=mark, **asked):
        pages += [each.thing_id for each in found]
        mark = found[-1].mark
    assert (pages, len(whole), len(set(whole))) == (whole, 7, 7)


@pytest.mark.parametrize(
    "mark", ["x", "nan_1-0", "inf_1-0000000000000", "0_", "_", "0.5_9999999999999999999999-0000000000000"]
)
def test_a_mark_that_cannot_be_read_begins_at_the_beginning(shelf: None, mark: str) -> None:
    assert len(query("kettle", to=Readable(), after=mark)) == 4


def test_facets_change_alone(shelf: None) -> None:
    search.narrow("base.leaf", 2, frozenset({"answered"}))
    found = query("kettle", to=Readable(), within=Within(facets=["answered"]))
    assert {each.thing_id for each in found} == {1, 2}


def test_a_word_that_comes_very_often_ends_no_phrase_wrongly_on_either_database() -> None:
    often = "drum " * 300
    search.index(Document("base.leaf", 1, "", f"first drum {often} last drum kettle", AT, Audience.PUBLIC))
    found = {
        text: count(text, to=Readable()) for text in ('"first drum"', '"drum drum"', '"drum kettle"', "drum kettle")
    }
    assert found == {'"first drum"': 1, '"drum drum"': 1, '"drum kettle"': 0, "drum kettle": 1}


def test_a_reply_and_the_title_above_it_make_no_phrase() -> None:
    search.index(Document("base.leaf", 1, "kettle one", "ends with copper", AT, Audience.PUBLIC, is_under_title=True))
    assert count('"copper kettle"', to=Readable()) == 0
    assert count('"kettle one"', to=Readable()) == 1


def test_known_words_are_asked_for_once_and_written_never() -> None:
    search.index(Document("base.leaf", 1, "", "the copper kettle", AT, Audience.PUBLIC))
    with CaptureQueriesContext(connection) as asked:
        search.index(Document("base.leaf", 2, "", "the copper kettle", AT, Audience.PUBLIC))
    assert sum("searchword" in each["sql"] for each in asked) == 1


def test_only_words_of_letters_are_learned() -> None:
    search.index(Document("base.leaf", 1, "", "at the 2nd 東京 kettle " + "x" * 25, AT, Audience.PUBLIC))
    assert set(SearchWord.objects.values_list("word", flat=True)) == {"the", "kettle"}
    assert SearchTrigram.objects.filter(word__word="the").count() == 4


def test_words_that_only_a_removed_text_held_are_forgotten_with_it() -> None:
    search.index(Document("base.leaf", 1, "Kettle", "canary", AT, Audience.PUBLIC))
    search.index(Document("base.leaf", 2, "Kettle", "", AT, Audience.PUBLIC))
    search.remove("base.leaf", 1)
    assert list(SearchWord.objects.values_list("word", flat=True)) == ["kettle"]
    assert SearchTrigram.objects.exclude(word__word="kettle").count() == 0


def test_counting_anew_says_how_many_hold_a_word_and_drops_what_none_does() -> None:
    search.index_many(Document("base.leaf", n, "", "kettle", AT, Audience.PUBLIC) for n in range(3))
    SearchWord.objects.create(id=1, word="stale")
    SearchWord.objects.create(word="fresh")
    search.recount()
    assert dict(SearchWord.objects.values_list("word", "held")) == {"kettle": 3, "fresh": 1}


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [
        ("kettle", "kettle", 0),
        ("kettle", "ketle", 1),
        ("ab", "ba", 1),
        ("ca", "abc", 2),
        ("", "abc", 3),
        ("kitten", "sitting", 3),
    ],
)
def test_distances(one: str, other: str, steps: int) -> None:
    assert (spelling.distance(one, other), spelling.distance(other, one)) == (steps, steps)
