"""A title is the first line of a text, and never at the cost of a word."""

import pytest

from stoa.social.networks.titles import LONGEST, titled

LONG = "word " * 60


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("", "", ""),
        ("Repair café", "Repair café", ""),
        ("Repair café\n\nSaturday at ten.\nBring a radio.", "Repair café", "Saturday at ten.\nBring a radio."),
        ("\n  Repair café  \n", "Repair café", ""),
        ("# Repair café\nSaturday", "Repair café", "Saturday"),
        ("#repair on Saturday", "#repair on Saturday", ""),
        ("x" * LONGEST, "x" * LONGEST, ""),
    ],
)
def test_the_first_line_is_the_title_and_the_rest_the_body(text: str, title: str, body: str) -> None:
    assert titled(text) == (title, body)


@pytest.mark.parametrize("text", [LONG, "x" * 201, LONG + "\nmore"])
def test_a_first_line_that_is_too_long_is_cut_and_stands_whole_in_the_body(text: str) -> None:
    title, body = titled(text)
    assert len(title) <= LONGEST
    assert title.endswith("…")
    assert body == text.strip()
    assert text.startswith(title[:-1])
