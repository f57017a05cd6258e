"""What a strange page says of itself: which of its words, in which encoding, and that nothing hostile in it is markup or takes long."""

import time

import pytest

from stoa.base.elsewhere.addresses import looks_drawn, may_be_asked
from stoa.base.elsewhere.reading import Said, said_by
from stoa.base.tests.hostile_pages import og

AT = "https://a.example/page"
HTML = "text/html; charset=utf-8"


def said(head: str, kind: str = HTML, at: str = AT) -> Said | None:
    return said_by(head.encode(), kind, at)


def test_the_words_for_cards_come_before_those_of_the_page() -> None:
    head = "<title>Plain &amp; simple</title><meta name=description content='Of the page'>"
    assert said(head) == Said("Plain & simple", "Of the page")
    assert said(head + og("The <b>kettle</b>", "Mended &quot;twice&quot;", "/k.png?a=1&amp;b=2", "The Guild")) == Said(
        "The <b>kettle</b>", 'Mended "twice"', "The Guild", "https://a.example/k.png?a=1&b=2"
    )


@pytest.mark.parametrize(
    "head",
    [
        "", "<title></title>", "<title>  \u200b </title>", "<!-- <title>in a comment</title> -->", "<script>'<title>x</title>'</script>",
        "<title>never closed", "<!-- never closed <title>x</title>", "<svg><title>of a drawing</title></svg>",
        '<meta property="og:description" content="words without a title">', '<meta property="og:title" content="never closed>',
        '<title>Kept to itself</title><meta name="robots" content="noindex, nosnippet">',
    ],
)  # fmt: skip
def test_a_page_without_a_title_or_that_wants_none_shown_says_nothing(head: str) -> None:
    assert said(head) is None


def test_of_what_stands_twice_the_first_counts() -> None:
    assert said(og("First") + og("Second")) == Said("First")
    assert said('<meta content="First" content="Second" property="og:title">') == Said("First")


def test_words_are_one_line_of_a_limited_length_in_one_direction() -> None:
    found = said(og("A \u202etitle\u202c\n that &#8238;turns \x07 " + "word " * 90, "d" * 3000, "", "s" * 900))
    assert found is not None
    assert found.title.startswith("A title that turns word word")
    assert (len(found.title) <= 150, len(found.description), len(found.site)) == (True, 280, 60)
    assert not {"\u202e", "\u202c", "\x07", "\n"} & {*found.title}


@pytest.mark.parametrize(
    ("body", "kind", "title"),
    [
        ("<title>Käse</title>".encode("latin-1"), "text/html; charset=iso-8859-1", "Käse"),
        ('<meta charset="windows-1251"><title>Чайник</title>'.encode("cp1251"), "text/html", "Чайник"),
        ('<meta charset="shift_jis"><title>急須</title>'.encode("shift_jis"), "text/html", "急須"),
        ("\ufeff<title>Tée</title>".encode("utf-16-le"), "text/html; charset=latin-1", "Tée"),
        ("<title>Tée</title>".encode(), "text/html; charset=no-such-thing", "Tée"),
        ("<title>Tée</title>".encode(), "text/html; charset=unicode_escape", "Tée"),
        ("<title>Tée</title>".encode(), "text/html; charset=punycode", "Tée"),
        ("<title>Tée</title>".encode(), "text/html; charset=zlib", "Tée"),
        ("<title>T\xe9e</title>".encode("latin-1"), "text/html; charset=utf-8", "T\ufffde"),
        (b"<title>a\x00b</title>", "text/html", "a b"),
    ],
)
def test_the_encoding_is_one_of_the_webs_and_a_wrong_one_breaks_nothing(body: bytes, kind: str, title: str) -> None:
    assert said_by(body, kind, AT) == Said(title)


@pytest.mark.parametrize(
    "place",
    ["javascript:alert(1)", "data:image/png;base64,AA", "ftp://a.example/x", "file:///etc/passwd", "http://[", " "],
)
def test_a_picture_is_asked_for_at_an_address_of_the_web_only(place: str) -> None:
    assert said(og("Title", picture=place)) == Said("Title")


@pytest.mark.parametrize(
    "part",
    ["<!--", "<meta ", "<script>", "<meta property=og:title content=", "&#", "<meta content='", "</", "<meta " + "x=" * 900, "<title>",
     "<title></title>", '<meta "', "<meta content=\"'", "<svg>", "<meta name=a content=b>", "&amp", "\u0130"],
)  # fmt: skip
def test_reading_a_hostile_page_takes_little_time(part: str) -> None:
    hostile = (part * (512_000 // len(part)))[:512_000]
    began = time.process_time()
    said(hostile)
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    "address",
    [
        "https://guild.example/", "http://guild.example/how-to-mend-a-kettle?page=2", "https://tube.example/watch?v=dQw4w9WgXcQ",
        "https://en.wiki.example/wiki/List_of_2024_Summer_Olympics_medal_winners", "https://a.example/how-to-reset-a-password",
        "https://news.example/2026/03/04/keyboards-for-everybody", "https://a.example:443/x#part",
    ],
)  # fmt: skip
def test_addresses_of_pages_for_everybody_may_be_asked(address: str) -> None:
    assert may_be_asked(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://ada:pass@a.example/", "https://ada@a.example/", "https://a.example/x?token=1", "https://a.example/x?X-Amz-Signature=1",
        "https://a.example/?access_token=1", "https://a.example/?sig=1", "https://a.example/?invite=1", "https://a.example/?code=1",
        "https://a.example/reset/9", "https://a.example/users/verify-email", "https://a.example/unsubscribe?u=1",
        "https://a.example/invite/kettle", "https://docs.example/d/1AbC9dEf2GhI8jKl3MnO7pQr/edit",
        "https://a.example/123e4567-e89b-12d3-a456-426614174000", "https://a.example/x?id=0123456789abcdef0123456789abcdef",
        "https://a.example/%31AbC9dEf2GhI8jKl3MnO7", "http://127.0.0.1/", "http://[::1]/", "http://169.254.169.254/latest", "http://2130706433/",
        "http://127.1/", "http://localhost/", "http://printer.local/", "http://kettle/", "https://a.example:8443/", "ftp://a.example/",
        "javascript:alert(1)", "https://a.example:port/", "https://[/", "https://a.example/" + "a" * 500, "https://ä.example/", "",
    ],
)  # fmt: skip
def test_what_looks_like_a_secret_an_act_or_a_place_inside_may_not(address: str) -> None:
    assert not may_be_asked(address)


def test_our_own_pages_are_never_asked(settings: object) -> None:
    settings.STOA_URL = "https://stoa.example"  # type: ignore[attr-defined]
    assert not may_be_asked("https://stoa.example/topics/")
    assert may_be_asked("https://other.example/topics/")


def test_words_that_people_write_do_not_look_drawn() -> None:
    for word in (
        "a-very-long-title-of-a-page-in-2026",
        "HowToMendABrokenKettleAtHome",
        "20260304123456789",
        "Kettles_and_Teapots",
    ):
        assert not looks_drawn(word)
