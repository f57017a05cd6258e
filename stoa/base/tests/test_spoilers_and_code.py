"""Spoilers say nothing before somebody presses, anywhere; code is in its colours and keeps its characters, in linear time."""

import time
from html import unescape

import pytest
from selectolax.lexbor import LexborHTMLParser

from stoa.base import ids, text
from stoa.base.text import Name, show, write
from stoa.base.text.code import LANGUAGES, MOST_OF_A_BLOCK, coloured


def html(source: str) -> str:
    return write(source, mentions=lambda names: {}).html


def stored(source: str) -> str:
    return html(source).removeprefix('<p dir="auto">').removesuffix("</p>")


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("a ||b|| c", "a <x-spoiler>b</x-spoiler> c"),
        ("||*b* `c`||", "<x-spoiler><em>b</em> <code>c</code></x-spoiler>"),
        ("||a|| ||b||", "<x-spoiler>a</x-spoiler> <x-spoiler>b</x-spoiler>"),
        ("日本||秘密||語", "日本<x-spoiler>秘密</x-spoiler>語"),
        ("||a **b ||c|| d** e||", "<x-spoiler>a <strong>b c d</strong> e</x-spoiler>"),
        ("||https://a.b/c||", '<x-spoiler><a href="https://a.b/c" rel="nofollow ugc noopener">https://a.b/c</a></x-spoiler>'),
        ("||www.a.org||", '<x-spoiler><a href="http://www.a.org" rel="nofollow ugc noopener">www.a.org</a></x-spoiler>'),
    ],
)  # fmt: skip
def test_words_between_two_strokes_are_a_spoiler(source: str, kept: str) -> None:
    assert stored(source) == kept


@pytest.mark.parametrize(
    "source",
    [
        "if a||b||c",
        "a || b || c",
        "||||",
        "|||x|||",
        "||alone",
        "**x ||y** z||",
        "`||x||`",
        r"\|\|x||",
        "|| x||",
        "||x ||",
    ],
)
def test_other_strokes_stay_as_they_are(source: str) -> None:
    assert "x-spoiler" not in html(source)


def test_a_block_has_a_summary_and_any_text() -> None:
    made = html("::: spoiler Who did *it*\n# The end\n\n- ||x||\n:::\nafter")
    assert made.startswith('<x-hidden title="Who did *it*">\n<h3 dir="auto">The end</h3>')
    assert made.endswith('</x-hidden>\n<p dir="auto">after</p>')
    assert html("::: spoiler\n  ") == "<x-hidden>\n</x-hidden>"
    assert html("::: other\nx\n:::") == '<p dir="auto">::: other<br>\nx<br>\n:::</p>'


def test_what_is_shown_can_be_pressed_without_a_script_and_has_a_name() -> None:
    shown = LexborHTMLParser(show(html('a ||b|| c\n\n::: spoiler T<"x\ny\n:::\n\n::: spoiler\nz\n:::'), {}))
    box = shown.css_first("label.spoiler > input")
    said = (box.attributes["type"], box.attributes["aria-label"], box.attributes.get("checked"))
    assert said == ("checkbox", "Show the spoiler", None)
    assert [each.text() for each in shown.css("details > summary")] == ['T<"x', "Spoiler"]
    assert shown.css("details[open], x-spoiler, x-hidden") == []


def test_the_plain_text_and_all_that_is_made_of_it_keep_quiet() -> None:
    made = html("Anna is ||the **killer**||.\n\n::: spoiler The ending\nShe ||really|| did it.\n:::\nBye")
    assert text.plain(made) == "Anna is […].\nThe ending […]\nBye"
    assert text.excerpt(made) == "Anna is […]. The ending […] Bye"
    assert text.first_line(made) == "Anna is […]."
    assert text.cut(made, 0, 100) == text.plain(made)
    assert "the killer" in text.all_words(made)


def test_a_mention_in_a_spoiler_is_still_a_mention() -> None:
    written = write("||@ada did it||", mentions=lambda names: {"ada": 5})
    assert written.person_ids == frozenset({5})
    assert "@Grace</a> did it" in show(written.html, {5: Name("Grace", "/people/5")})
    assert text.plain(written.html) == "[…]"


def test_words_in_attributes_are_no_spoilers() -> None:
    made = html(f"![<x-spoiler>](/files/{ids.shown(5)}) ||b||")
    assert LexborHTMLParser(show(made, {})).css_first("img").attributes["alt"] == "<x-spoiler>"
    assert text.plain(made) == "<x-spoiler> […]"


def test_code_of_a_known_language_is_coloured_and_keeps_its_characters() -> None:
    source = "def f(x):\n    return '<b>'  # a & b\n\n"
    made = html(f"```python\n{source}```")
    assert '<span class="hl-word">def</span> <span class="hl-name">f</span>' in made
    assert '<span class="hl-note"># a &amp; b</span>' in made
    assert LexborHTMLParser(made).css_first("code").text() == source
    assert html("```PY numbers\nx = 1\n```") == (
        '<pre tabindex="0"><code>x = <span class="hl-value">1</span>\n</code></pre>'
    )
    assert html("```klingon\nx = 1\n```") == '<pre tabindex="0"><code>x = 1\n</code></pre>'


def test_only_so_much_is_coloured() -> None:
    assert "hl-" not in html("```py\n" + "x = 1\n" * (MOST_OF_A_BLOCK // 6 + 1) + "```")
    block = "```py\n" + "x = 1\n" * 499 + "```\n\n"
    blocks = LexborHTMLParser(html(block * 5)).css("pre")
    assert [bool(each.css("span")) for each in blocks] == [True, True, True, False, False]


HOSTILE = [
    "(", "{", "[", "<", "<a ", "'", '"', "\\", "/*", "//", "#", "$", "${", "`", "|", "&", "-", "=", ":", ": ", "a", "a ", "1", "1.", "_",
    "@", "\n", "\n ", "\n" * 19 + "a", " ", "\t", "<!--", "<?php ", "'" * 3, '"' * 3, "f'{", "a(", "a<", "a.", "a:", "<<A\n", "r#", "--[[",
    "a=", "%", "%{", "é", "\\x", "{{", "}}", "(*", "a\\\n",
]  # fmt: skip


@pytest.mark.parametrize("language", sorted(set(LANGUAGES.values())))
def test_no_language_is_slow_for_any_beginning(language: str) -> None:
    """A whole block of each: the slowest takes half a second, and nothing takes what a runaway would."""
    slow = {}
    for seed in HOSTILE:
        source = (seed * MOST_OF_A_BLOCK)[:MOST_OF_A_BLOCK]
        start = time.process_time()
        kept = coloured(source, language)
        if (took := time.process_time() - start) > 5:
            slow[seed] = round(took, 2)
        assert "".join(unescape(each) for each in _texts(kept)) == source
    assert slow == {}


def _texts(markup: str) -> list[str]:
    """What stands between the tags."""
    return [piece.partition(">")[2] if at else piece for at, piece in enumerate(markup.split("<"))]
