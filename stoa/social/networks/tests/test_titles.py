"""A title of a text that has none, and plain text as HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stoa.social.networks.paragraphs import paragraphs
from stoa.social.networks.titles import LONGEST, titled


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zips can be mended\n\nCome on Saturday.", ("Zips can be mended", "Come on Saturday.")),
        ("One line alone", ("One line alone", "")),
        ("  spaced   out \nbody ", ("spaced out", "body")),
        ("See https://a.test/x now\nbody", ("See now body", "See https://a.test/x now\nbody")),
        ("https://a.test/x", ("", "https://a.test/x")),
        ("word " * 60, (("word " * 23).strip() + "…", ("word " * 60).strip())),
        ("灯" * 200, ("灯" * (LONGEST - 1) + "…", "灯" * 200)),
        ("", ("", "")),
    ],
)
def test_a_title_is_the_first_line_or_made_of_the_beginning(text: str, expected: tuple[str, str]) -> None:
    assert titled(text) == expected


@given(st.text(max_size=400))
def test_no_word_is_lost_and_no_title_is_long(text: str) -> None:
    title, body = titled(text)
    assert len(title) <= LONGEST
    assert "\n" not in title
    kept = "".join((title + body).split()) if body != text.strip() else "".join(body.split())
    assert kept == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb\n\n\nc", ("a<br>b", "c")),
        ("<b>&'\"", ("&lt;b&gt;&amp;&#x27;&quot;",)),
        ("(see https://a.test/x_(y)).", ('(see <a href="https://a.test/x_(y)">https://a.test/x_(y)</a>).',)),
        ('https://a.test/"onclick=', ('<a href="https://a.test/">https://a.test/</a>&quot;onclick=',)),
        ("javascript:alert(1)", ("javascript:alert(1)",)),
        ("a\x00\x07b", ("ab",)),
        ("", ()),
    ],
)
def test_plain_text_becomes_paragraphs(text: str, expected: tuple[str, ...]) -> None:
    assert paragraphs(text) == expected


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.targets += [value or "" for name, value in attrs if name == "href"]
        assert not {name for name, _value in attrs} - {"href"}


@given(st.text(alphabet=st.sampled_from("<>&\"'/:=. \nahtps[](){}\\`!-x"), max_size=120))
def test_nothing_of_a_text_becomes_markup(text: str) -> None:
    reader = Reader()
    reader.feed("".join(paragraphs(text)))
    assert set(reader.tags) <= {"a", "br"}
    assert all(re.match(r"https?://", each, re.IGNORECASE) for each in reader.targets)
