"""What a macro drew of the same words is kept; other words, other kinds of text and other languages are drawn anew."""

from django.utils import translation
from markupsafe import Markup, escape

from stoa.base.drawn import drawn


def test_the_same_words_are_drawn_once() -> None:
    calls: list[str] = []

    def macro(word: str) -> str:
        calls.append(word)
        return f"<b>{word}</b>"

    assert [drawn(macro, word) for word in ("a", "b", "a")] == ["<b>a</b>", "<b>b</b>", "<b>a</b>"]
    assert calls == ["a", "b"]


def test_markup_and_text_of_the_same_letters_are_two_things() -> None:
    def macro(word: str) -> str:
        return escape(word)

    assert drawn(macro, Markup("<i>")) == "<i>"
    assert drawn(macro, "<i>") == "&lt;i&gt;"


def test_one_and_true_are_two_things() -> None:
    assert [drawn(repr, each) for each in (1, True, 1.0)] == ["1", "True", "1.0"]


def test_each_language_has_its_own() -> None:
    def macro() -> str:
        return translation.get_language() or ""

    for language in ("en", "de", "en"):
        with translation.override(language):
            assert drawn(macro) == language


def test_what_has_no_hash_is_drawn_each_time() -> None:
    assert drawn(sorted, [2, 1]) == [1, 2]
