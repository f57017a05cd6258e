"""What a macro drew of the same words is kept; other words, other kinds of text and other languages are drawn anew."""

from typing import NamedTuple

from django.utils import translation
from markupsafe import Markup, escape

from stoa.base.drawn import STAND_IN, drawn, filled


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


class Holes(NamedTuple):
    """What stands in the piece."""

    title: str
    note: str = ""


def test_the_same_shape_is_drawn_once_and_filled() -> None:
    calls: list[str] = []

    def macro(shape: tuple[str, ...], holes: Holes) -> str:
        calls.append(holes.title)
        return Markup("<b class='{}'>{}</b>{}").format(shape[0], holes.title, holes.note and " noted")

    assert filled(macro, ("x",), Holes("a & b")) == "<b class='x'>a &amp; b</b>"
    drawn_for_the_first = len(calls)
    assert filled(macro, ("x",), Holes("<i>")) == "<b class='x'>&lt;i&gt;</b>"
    assert filled(macro, ("x",), Holes(Markup("<i>"))) == "<b class='x'><i></b>"
    assert len(calls) == drawn_for_the_first
    assert filled(macro, ("y",), Holes("a")) == "<b class='y'>a</b>"
    assert filled(macro, ("x",), Holes("a", note="n")) == "<b class='x'>a</b> noted"


def test_what_computes_with_a_hole_is_drawn_each_time() -> None:
    def shouted(shape: object, holes: Holes) -> str:
        return escape(holes.title.upper())

    def shortened(shape: object, holes: Holes) -> str:
        return escape(holes.title[:9])

    assert [filled(shouted, (), Holes(each)) for each in ("ABC", "abc")] == ["ABC", "ABC"]
    assert [filled(shortened, (), Holes(each)) for each in ("short", "much longer than that")] == ["short", "much long"]


def test_words_that_look_like_a_stand_in_stay_words() -> None:
    def macro(shape: object, holes: Holes) -> str:
        return Markup("{}|{}").format(holes.title, holes.note)

    assert filled(macro, (), Holes("a", "b")) == "a|b"
    odd = STAND_IN.format(1)
    assert filled(macro, (), Holes(odd, "b")) == f"{odd}|b"
