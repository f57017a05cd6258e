"""What people write comes out as clean HTML, whatever they typed; names and quotes are as they are when shown."""

import re
import time

import pytest
from selectolax.lexbor import LexborHTMLParser

from stoa.base import ids, text
from stoa.base.errors import Invalid
from stoa.base.tests.hostile_texts import CORPUS
from stoa.base.text import Name, Quoted, QuoteMark, show, write
from stoa.base.text.render import ATTRIBUTES, FIXED, TAGS, VALUES
from stoa.base.text.source import LONGEST, pieces

ADA = ids.shown(5)
SCHEME = re.compile(r"[\x00-\x20]*([a-z][a-z0-9+.\s\x00-]*):", re.I)


def html(source: str, **people: int) -> str:
    return write(source, mentions=lambda names: {name: people[name] for name in names if name in people}).html


def faults(markup: str) -> list[str]:
    """Every element or attribute in the parsed markup that should not be there."""
    found = []
    for node in LexborHTMLParser(f"<!doctype html><body>{markup}").css("body *"):
        tag = node.tag or ""
        allowed = ATTRIBUTES.get(tag, set()) | set(VALUES.get(tag, {})) | set(FIXED.get(tag, {})) | {"rel"}
        if tag not in TAGS:
            found.append(tag)
        for name, value in node.attributes.items():
            if name not in allowed:
                found.append(f"{tag}.{name}")
            scheme = SCHEME.match(value or "") if name == "href" else None
            if scheme and scheme[1].lower() not in ("http", "https", "mailto"):
                found.append(f"href {value}")
            if name == "src" and not re.fullmatch(r"/files/[0-9a-z]{13}", value or ""):
                found.append(f"src {value}")
    return found


def test_the_corpus_is_large_enough() -> None:
    assert len(set(CORPUS)) >= 180


@pytest.mark.parametrize("payload", CORPUS)
def test_a_hostile_text_comes_out_clean(payload: str) -> None:
    for source in (payload, f"> {payload}", f"a {payload} b", f"@Ada {payload}"):
        markup = html(source, ada=5)
        assert faults(markup) == []
        assert faults(str(LexborHTMLParser(markup).body.inner_html if LexborHTMLParser(markup).body else "")) == []


def test_names_and_quotes_are_escaped_when_shown() -> None:
    stored = html(f"@Ada\n\n> [quote:{ADA}:0-4]", ada=5)
    shown = show(stored, {5: Name("<b>", '/p?"')}, {QuoteMark(5, 0, 4): Quoted("<i>", "<u>", "/t")})
    assert '<a class="mention" href="/p?&#34;">@&lt;b&gt;</a>' in shown
    assert '<q>&lt;i&gt;</q> <a class="quote-source" href="/t">&lt;u&gt;</a>' in shown


GROWING = [
    "*", "_", "**a", "[", "![", "[a](", "](", "`", "``` ", ">", "> ", "- ", "1. ", "<", "<a ", "&", "&#", "|", "| a ", "~", "~~a ",
    "@", "@a ", "@ada lovelace ", "http://", "http://a.b/", "www.", "a@b.", "a.b.", "mailto:", "#", "\\", "(", "a\n", "\n", "\t", '"', "--",
    f"@[person:{ADA}]", "@[person:", "[quote:", f"> [quote:{ADA}:1-2]\n\n", "![](/files/", "- [x] ", "'a.", "`a``b", "日本", "א", "https://a.b/(",
    "||", "||a ", "||a||", "||a|| ", "**||a", "||*a* ", "||https://a.b/||", "::: spoiler\n", "::: spoiler\n:::\n", "> ::: spoiler\n", ":::",
    "- ::: spoiler\n  ", "```py\nx\n```\n", "```html\n", "```",
]  # fmt: skip


@pytest.mark.parametrize("seed", GROWING)
def test_twice_the_text_takes_about_twice_the_time(seed: str) -> None:
    def seconds(length: int) -> float:
        source = (seed * (length // len(seed) + 1))[:length]
        best = 9.0
        for _ in range(2):
            start = time.process_time()
            text.excerpt(html(source, ada=5))
            best = min(best, time.process_time() - start)
        return best

    assert seconds(16_000) < 6 * seconds(8_000) + 0.1


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        write("a" * (LONGEST + 1))
    assert refused.value.field == "text"


def test_the_same_source_is_stored_and_rendered_again_alike() -> None:
    first = write("Hello @Ada Lovelace, *you* and @nobody", mentions=lambda names: {"ada lovelace": 5})
    assert first.source == f"Hello @[person:{ADA}], *you* and @nobody"
    assert first.person_ids == frozenset({5})
    again = write(first.source, mentions=lambda names: {})
    assert (again.source, again.html, again.person_ids) == (first.source, first.html, first.person_ids)
    edited = text.for_editing(first.source, {5: Name("Ada King")})
    assert edited == "Hello @Ada King, *you* and @nobody"


def test_a_rename_changes_what_is_shown_and_nothing_stored() -> None:
    stored = html("Ask @ada.", ada=5)
    assert stored == f'<p dir="auto">Ask <x-person id="{ADA}"></x-person>.</p>'
    assert show(stored, {5: Name("Grace", "/people/5")}) == (
        '<p dir="auto">Ask <a class="mention" href="/people/5">@Grace</a>.</p>'
    )
    assert show(stored, {}) == '<p dir="auto">Ask <span class="mention">@someone who left</span>.</p>'


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("@ada's", f"@[person:{ADA}]'s"),
        ("@Ada, hi", f"@[person:{ADA}], hi"),
        ("(@ada)", f"(@[person:{ADA}])"),
        ("@ada.", f"@[person:{ADA}]."),
        ("x@ada", "x@ada"),
        ("a@ada.example", "a@ada.example"),
        ("`@ada`", "`@ada`"),
        ("``a ` @ada``", "``a ` @ada``"),
        ("```\n@ada\n```\n@ada", f"```\n@ada\n```\n@[person:{ADA}]"),
        ("~~~\n@ada\n", "~~~\n@ada"),
        ("` @ada", f"` @[person:{ADA}]"),
        ("https://a.example/@ada", "https://a.example/@ada"),
    ],
)
def test_who_is_mentioned(source: str, kept: str) -> None:
    assert write(source, mentions=lambda names: {"ada": 5}).source == kept


def test_pieces_join_to_the_source() -> None:
    for source in [*CORPUS, "`a` ``b` c`` `", "```\na\n~~~\n```\nb `c`"]:
        assert "".join(piece for piece, _ in pieces(source)) == source


def test_a_quote_is_filled_in_when_shown_and_says_when_it_is_gone() -> None:
    stored = html(f"> [quote:{ADA}:3-8]\n\nI agree")
    assert text.quote_marks(stored) == {QuoteMark(5, 3, 8)}
    assert "<q>words</q>" in show(stored, {}, {QuoteMark(5, 3, 8): Quoted("words")})
    assert "What was quoted here is no longer there." in show(stored, {})
    assert text.cut("<p>An <em>example</em> text</p>", 3, 10) == "example"


def test_a_quote_mark_outside_a_block_quote_stays_words() -> None:
    assert "x-quote" not in html(f"[quote:{ADA}:3-8]")
    assert "x-quote" not in html(f"> see [quote:{ADA}:3-8]")


def test_pictures_are_ours_alone() -> None:
    assert html(f"![A *red* door](/files/{ADA})") == (
        f'<p dir="auto"><img src="/files/{ADA}" alt="A red door" loading="lazy"></p>'
    )
    assert html("![door](https://a.example/d.png)") == (
        '<p dir="auto"><a href="https://a.example/d.png" rel="nofollow ugc noopener">door</a></p>'
    )


def test_markdown_as_people_write_it() -> None:
    assert html("# Top") == '<h3 dir="auto">Top</h3>'
    assert html("a\nb") == '<p dir="auto">a<br>\nb</p>'
    assert html("~~x~~ **y**") == '<p dir="auto"><s>x</s> <strong>y</strong></p>'
    assert html("see www.example.org") == (
        '<p dir="auto">see <a href="http://www.example.org" rel="nofollow ugc noopener">www.example.org</a></p>'
    )
    assert '<input checked="checked" disabled="disabled" type="checkbox">' in html("- [x] done")
    assert '<td align="right" dir="auto">1</td>' in html("| a |\n|--:|\n| 1 |")


@pytest.mark.parametrize(
    ("source", "direction"),
    [("hello", "ltr"), ("שלום hello", "rtl"), ("مرحبا", "rtl"), ("123 !", "auto"), ("日本語", "ltr"), ("@ada שלום", "rtl"), ("", "auto")],
)  # fmt: skip
def test_which_way_a_text_is_read(source: str, direction: str) -> None:
    assert write(source, mentions=lambda names: {"ada": 5}).direction == direction


def test_an_excerpt_is_plain_and_ends_between_words() -> None:
    stored = html("**One** two & three\n\n- four\n- five @ada", ada=5)
    assert text.plain(stored, {5: Name("A<b")}) == "One two & three\nfour\nfive @A<b"
    assert text.excerpt(stored, 12) == "One two &…"
    assert text.excerpt(stored, 200) == "One two & three four five @…"
    assert len(text.excerpt("<p>" + "日本語" * 100 + "</p>", 50)) == 50


def test_direction_overrides_and_control_characters_are_taken_out() -> None:
    assert write("a\u202eb\x00c\r\nd").source == "abc\nd"
