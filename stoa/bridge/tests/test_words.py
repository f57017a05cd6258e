"""The author's own words: quotes, mentions and others' pictures are left out."""

import pytest

from stoa.base import ids
from stoa.base.text import write
from stoa.bridge.words import is_passage, is_same, own_words, words_of_pictures


def own(source: str) -> str:
    return own_words(write(source).html)


def test_what_a_text_quotes_is_left_out() -> None:
    assert own("Mine.\n\n> Theirs.\n>\n> > Deeper.\n\nMine too.") == "Mine.\nMine too."


def test_quotes_with_lists_and_code_are_left_out_whole() -> None:
    assert own("> - one\n> - two\n>\n>     code\n\nMine.") == "Mine."


def test_a_text_that_only_quotes_has_no_own_words() -> None:
    assert own("> All theirs.") == ""


def test_mentioned_names_are_left_out() -> None:
    assert own("Thanks @[person:00000000000zz] for the pencil.") == "Thanks for the pencil."


@pytest.mark.parametrize(
    ("chosen", "fits"),
    [
        ("The zip moves again.", True),
        ("A pencil was all it took.\nThe zip moves again.", True),
        ("moves   again", True),
        ("… a pencil", False),
        ("", False),
        (" … ", False),
        ("The zip never moves.", False),
    ],
)
def test_a_passage_is_lines_as_they_stand_there(chosen: str, fits: bool) -> None:
    assert is_passage(chosen, "The zip moves again.\nA pencil was all it took.") is fits


def test_the_whole_text_is_known_again() -> None:
    assert is_same("One.\r\nTwo.", "One.\nTwo.")
    assert not is_same("One.", "One.\nTwo.")


def test_a_picture_keeps_the_words_that_its_author_gave_it() -> None:
    one, two = ids.new(), ids.new()
    html = write(f"![a zip & a jacket](/files/{ids.shown(one)})\n\n> ![of another](/files/{ids.shown(two)})").html
    assert words_of_pictures(html) == {one: "a zip & a jacket"}
