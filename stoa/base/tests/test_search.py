"""Search finds the same rows on both databases, shows nobody what they may not read, and takes every text as words."""

import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from stoa.base import clock, search
from stoa.base.models import SearchDocument
from stoa.base.search import Audience, Document, Readable, Within, query
from stoa.base.search.folding import fold, tokens, wanted, words
from stoa.base.tests.search_cases import CASES, TEXTS

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, tzinfo=UTC)
LEAVES = Within(keys=["base.leaf"])


def document(number: int, title: str, body: str = "", **values: object) -> Document:
    return Document("base.leaf", number, title, body, AT, **{"audience": Audience.PUBLIC, **values})  # type: ignore[arg-type]


@pytest.fixture
def leaves() -> None:
    search.index_many(document(number, *texts) for number, texts in TEXTS.items())


def ids(text: str, **asked: object) -> set[int]:
    to = asked.pop("to", Readable())
    return {found.thing_id for found in query(text, to=to, **asked)}  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_what_is_found(leaves: None, text: str, expected: set[int]) -> None:
    assert ids(text) == expected
    assert search.count(text, to=Readable()) == len(expected)
    for number in expected:
        title, body = TEXTS[number]
        assert "<mark>" in search.highlight(title, text) + search.highlight(body, text)


def test_a_word_of_the_title_weighs_more_than_one_of_the_body() -> None:
    search.index(document(1, "Something else", "a kettle once"))
    search.index(document(2, "Kettle", "something else altogether"))
    assert [found.thing_id for found in query("kettle", to=Readable())] == [2, 1]


def test_a_short_text_under_a_title_comes_after_what_bears_the_title() -> None:
    told = {"at": AT, "audience": Audience.PUBLIC}
    search.index(Document("talk.reply", 2, "A kettle that sings", "Chapeau.", is_under_title=True, **told))
    long = "It sings when it is warm, and stops when one looks. " * 20
    search.index(Document("talk.topic", 1, "A kettle that sings", long, **told))
    found = query("kettle", to=Readable())
    assert [(each.thing_key, each.title) for each in found] == [
        ("talk.topic", "A kettle that sings"),
        ("talk.reply", "A kettle that sings"),
    ]


@pytest.mark.parametrize("text", ["Don't use NEAR_or OR; col:title-minus", "a" * 80 + " b", "1.5e3 0x1f\x1f3d"])
def test_plain_letters_are_cut_as_any_others(text: str) -> None:
    assert list(words(text)) == [token.word for token in tokens(text)]


def test_a_document_is_found_as_it_is_now_and_once() -> None:
    search.index(document(1, "Kettle"))
    search.index(document(1, "Bicycle"))
    assert (ids("kettle"), ids("bicycle"), SearchDocument.objects.count()) == (set(), {1}, 1)
    search.remove("base.leaf", 1)
    assert (ids("bicycle"), SearchDocument.objects.count()) == (set(), 0)
    search.index(document(1, "Bicycle"))
    assert ids("bicycle") == {1}


def test_what_is_rolled_back_is_never_found() -> None:
    def fail() -> None:
        with transaction.atomic():
            search.index(document(1, "Kettle"))
            raise ValueError("undone")

    with pytest.raises(ValueError, match="undone"):
        fail()
    assert ids("kettle") == set()


def test_only_what_may_be_read_is_found() -> None:
    search.index_many(
        [
            document(1, "kettle"),
            document(2, "kettle", audience=Audience.MEMBERS),
            document(3, "kettle", audience=Audience.SCOPE, scope=7),
            document(4, "kettle", audience=Audience.SCOPE, scope=8),
            document(5, "kettle", audience=Audience.PERSON, scope=9, only_for=21),
            document(6, "kettle", audience=Audience.PERSON, scope=9, only_for=22),
            document(7, "kettle", by_id=66),
        ]
    )
    assert ids("kettle") == {1, 7}
    assert ids("kettle", to=Readable(members=True)) == {1, 2, 7}
    assert ids("kettle", to=Readable(members=True, scope_ids=frozenset({7}))) == {1, 2, 3, 7}
    assert ids("kettle", to=Readable(members=True, scope_ids=frozenset({9}), person_id=21)) == {1, 2, 5, 7}
    assert ids("kettle", to=Readable(whole_scope_ids=frozenset({9}))) == {1, 5, 6, 7}
    assert ids("kettle", to=Readable(without_by=frozenset({66}))) == {1}


def test_when_a_place_changes_its_audience_everything_in_it_does() -> None:
    search.index(document(1, "kettle", audience=Audience.PUBLIC, scope=7))
    search.index(document(2, "kettle", audience=Audience.PERSON, scope=7, only_for=5))
    assert search.readdress(7, Audience.SCOPE) == 1
    assert ids("kettle") == set()
    assert ids("kettle", to=Readable(scope_ids=frozenset({7}))) == {1}


def test_kinds_places_limits_and_order() -> None:
    for number in range(5):
        leaf = document(number, "kettle", scope=number % 2)
        search.index(Document(**{**leaf.__dict__, "at": AT + timedelta(days=number)}))
    search.index(Document(**{**document(9, "kettle").__dict__, "thing_key": "base.twig"}))
    assert [found.thing_id for found in query("kettle", to=Readable(), within=LEAVES, limit=2)] == [4, 3]
    mark = query("kettle", to=Readable(), within=LEAVES, limit=2)[-1].mark
    assert [found.thing_id for found in query("kettle", to=Readable(), within=LEAVES, limit=2, after=mark)] == [2, 1]
    assert ids("kettle", within=Within(scope=1)) == {1, 3}
    assert ids("kettle", within=Within(keys=["base.twig"])) == {9}


def test_a_question_is_one_statement_besides_the_one_that_counts(leaves: None, django_assert_num_queries: Any) -> None:
    to = Readable(members=True, scope_ids=frozenset({1, 2}))
    with django_assert_num_queries(1):
        reached = search.reach("tea", to=to)
    with django_assert_num_queries(1):
        query("tea", to=to, reached=reached)


def test_of_very_many_the_newest_are_ranked_and_older_ones_by_their_titles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[query.__module__], "ENOUGH", 4)
    monkeypatch.setattr(sys.modules[query.__module__], "TITLED", 2)
    for number in range(1, 13):
        title = "kettle" if number in (1, 2, 3, 9) else "pot"
        hidden: dict[str, Any] = {"audience": Audience.SCOPE, "scope": 7} if number == 3 else {}
        with clock.pinned(AT + timedelta(minutes=number)):
            search.index(document(number, title, "kettle " * (1 + number % 2), **hidden))
    reached = search.reach("kettle", to=Readable())
    assert reached.count == 5  # and the best are looked for among those from the eighth on
    found = [each.thing_id for each in query("kettle", to=Readable(), limit=20)]
    assert (set(found), len(found)) == ({8, 9, 10, 11, 12, 1, 2}, 7)
    assert set(found[:3]) == {9, 1, 2}
    pages: list[int] = []
    mark = ""
    while some := query("kettle", to=Readable(), limit=2, after=mark):
        pages += [each.thing_id for each in some]
        mark = some[-1].mark
    assert pages == found
    assert 3 in {each.thing_id for each in query("kettle", to=Readable(scope_ids=frozenset({7})), limit=20)}
    assert {each.thing_id for each in query('"kettle kettle"', to=Readable(), limit=20)} == {1, 3, 5, 7, 9, 11} - {3}


def test_a_very_long_document_is_kept_and_its_beginning_found() -> None:
    search.index(document(1, "Long", "first " + " ".join(f"word{n}" for n in range(20_000))))
    assert ids("first word13998") == {1}


@pytest.mark.parametrize(
    ("text", "asked", "marked"),
    [
        ("A <b> tea", "tea", "A &lt;b&gt; <mark>tea</mark>"),
        ("Café & teapots", "cafe tea", "<mark>Café</mark> &amp; <mark>teapots</mark>"),
        ("東京の修理カフェ", "修理", "東京の<mark>修理</mark>カフェ"),
        ("東京の修理カフェ", "修理カ", "東京の<mark>修理カ</mark>フェ"),
        ("nothing", "", "nothing"),
        ("teapot", "tea ", "teapot"),
    ],
)
def test_what_is_marked(text: str, asked: str, marked: str) -> None:
    assert search.highlight(text, asked) == marked


def test_a_snippet_shows_where() -> None:
    text = "one two three " * 40 + "the copper kettle sings " + "four five six " * 40
    shown = search.snippet(text, "kettle", 60)
    assert "<mark>kettle</mark>" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) < 100


def test_folding() -> None:
    assert fold("ÅÉñ") == "aen"
    assert fold("한국어") == "한국어"
    assert fold("がぎ") == "がぎ"
    assert wanted("Tea tea POT") == ["tea", "pot"]
