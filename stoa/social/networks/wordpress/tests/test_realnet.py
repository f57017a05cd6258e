"""The connector against a real WordPress over MariaDB, read back by plain REST as a stranger."""

from __future__ import annotations

import html
import io
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx2
import pytest
from PIL import Image

from stoa.social.networks.protocol import Absent, Gone, Line, Outgoing, Picture, Published, Reconnect, Refused
from stoa.social.networks.tests.plain_http import PlainHttp
from stoa.social.networks.wordpress.connector import CONNECTOR
from stoa.social.networks.wordpress.tests.answers import FILE, Caller, play
from stoa.social.networks.wordpress.tests.realnet import LocalWordPress, install_missing_packages, local_wordpress

pytestmark = pytest.mark.realnet
CASES = json.loads((Path(__file__).parents[2] / "tests" / "hard_cases.json").read_text())


@pytest.fixture(scope="module")
def site(request: pytest.FixtureRequest) -> Iterator[LocalWordPress]:
    if "realnet" not in str(request.config.getoption("markexpr", "")):
        pytest.skip("asked for with -m realnet")
    if os.geteuid() == 0:
        install_missing_packages()
    with local_wordpress() as running:
        yield running


@pytest.fixture
def line(site: LocalWordPress) -> Line:
    return Line(PlainHttp(), CONNECTOR.connect(site.answers(), http=PlainHttp())[1].credentials)


@pytest.fixture
def author(site: LocalWordPress) -> Line:
    return Line(PlainHttp(), CONNECTOR.connect(site.answers("avery"), http=PlainHttp())[1].credentials)


@pytest.fixture
def see(site: LocalWordPress) -> Callable[..., Any]:
    """What a stranger reads there."""

    def read(path: str, **query: Any) -> Any:
        url = f"{site.address}/wp-json/wp/v2/{path}?{urlencode(query)}"
        return httpx2.get(url, timeout=30).json()

    return read


def outgoing(text: str, key: str, **more: Any) -> Outgoing:
    now = datetime.now(UTC)
    return Outgoing(text=text, key=key, made_at=now, at=now, **more)


def picture(alt: str, colour: str = "teal") -> Picture:
    file = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(file, "JPEG")
    return Picture(file.getvalue(), "image/jpeg", alt, 640, 480)


@pytest.mark.parametrize("text", [each["text"] for each in CASES], ids=lambda text: ascii(text[:12]))
def test_hard_texts_are_read_back_as_they_were_written(line: Line, see: Any, text: str) -> None:
    from stoa.social.networks.wordpress.texts import plain, same

    made = CONNECTOR.publish(outgoing(text, f"hard {text}"), over=line)
    told = see(f"posts/{made.id}")
    assert same(plain(told["title"]) + plain(told["content"]), text)


def test_hostile_words_become_nothing_but_words(line: Line, author: Line, see: Any, site: LocalWordPress) -> None:
    text = '<script>alert(1)</script>\n\n[gallery] [caption]x[/caption] <!--nextpage--> <b>bold</b>\n\nhttps://example.org/?a=1&b="2'
    for number, each in enumerate((line, author)):
        made = CONNECTOR.publish(outgoing(text, f"hostile {number}"), over=each)
        shown = see(f"posts/{made.id}")["content"]["rendered"]
        page = httpx2.get(made.address, timeout=30, follow_redirects=True).text
        assert "[gallery]" in shown.replace("&#091;", "[").replace("&#91;", "[").replace("&#093;", "]").replace(
            "&#93;", "]"
        )
        assert "&lt;b&gt;bold&lt;/b&gt;" in shown
        assert 'href="https://example.org/?a=1&amp;b="' in shown
        assert "<script>alert(1)" not in page


def test_pictures_lie_there_byte_for_byte_with_their_descriptions(line: Line, see: Any) -> None:
    alts = ["Eine Lampe, „hell“ – 灯 👩🏿‍🚒", '5 < 6 and a > b, "quoted", \'s', "C:\\bench [x]", ""]
    shown = tuple(picture(alt, colour) for alt, colour in zip(alts, ("teal", "red", "blue", "gold"), strict=True))
    made = CONNECTOR.publish(outgoing("Four benches\n\nLook.", "pictures", pictures=shown), over=line)
    post = see(f"posts/{made.id}")
    media = see("media", per_page=100)
    lying = [next(each for each in media if each["slug"].endswith(mark)) for mark in marks(shown)]
    assert [each["alt_text"] for each in lying] == [alt.replace("<", "‹") for alt in alts]
    assert [httpx2.get(each["source_url"], timeout=30).content for each in lying] == [each.content for each in shown]
    assert post["featured_media"] == lying[0]["id"]
    assert [f"wp-image-{each['id']}" in post["content"]["rendered"] for each in lying] == [False, True, True, True]
    in_the_text = html.unescape(post["content"]["rendered"])
    assert [f'alt="{alt}"' in in_the_text for alt in alts[1:]] == [True, True, True]


def marks(shown: tuple[Picture, ...]) -> list[str]:
    from stoa.social.networks.wordpress.texts import digest

    return [digest(each.content, 8) for each in shown]


def test_the_same_post_in_a_second_attempt_stores_no_picture_twice(line: Line, see: Any) -> None:
    post = outgoing("Once", "once", pictures=(picture("A bench", "green"),))
    first = CONNECTOR.publish(post, over=line)
    again = CONNECTOR.publish(post, over=line)
    assert (first.id, first.address) == (again.id, again.address)
    assert len([each for each in see("media", per_page=100) if each["slug"].startswith("once-")]) == 1


def test_an_edit_keeps_address_and_pictures_and_deleting_takes_them_along(line: Line, see: Any) -> None:
    shown = (picture("First", "pink"), picture("Second", "cyan"))
    made = CONNECTOR.publish(outgoing("Before\n\nOld words", "edited", pictures=shown), over=line)
    changed = CONNECTOR.edit(made.id, outgoing("After\n\nNew words", "edited"), over=line)
    post = see(f"posts/{made.id}")
    assert (changed.address, post["title"]["rendered"]) == (made.address, "After")
    assert "New words" in post["content"]["rendered"]
    assert "Old words" not in post["content"]["rendered"]
    assert 'alt="Second"' in post["content"]["rendered"]
    lying = [each["source_url"] for each in see("media", per_page=100) if each["slug"].startswith("before-")]
    assert len(lying) == 2
    CONNECTOR.delete(made.id, over=line)
    assert not CONNECTOR.stands(made.id, over=line)
    assert 200 not in [httpx2.get(each, timeout=30).status_code for each in lying]
    assert httpx2.get(made.address, timeout=30).status_code == 404


def test_comments_are_answered_once_and_stand_below_what_they_answer(
    site: LocalWordPress, line: Line, see: Any
) -> None:
    made = CONNECTOR.publish(outgoing("Ask us\n\nAnything.", "asked"), over=line)
    theirs = site.overhear(made.id, "Do you mend “zips” -- and <b>what</b>?")
    answer = outgoing('Yes: "zips" -- & more <i>too</i>', "answer", answers=theirs)
    said = CONNECTOR.reply(answer, over=line)
    again = CONNECTOR.reply(answer, over=line)
    assert isinstance(said, Published)
    assert again == said
    assert CONNECTOR.settle(answer, over=line) == said
    assert CONNECTOR.settle(replace(answer, text="Never said"), over=line) == Absent()
    told = see(f"comments/{said.id[1:]}")
    assert (told["post"], told["parent"]) == (int(made.id), int(theirs[1:]))
    assert "<i>" not in told["content"]["rendered"]
    CONNECTOR.delete(theirs, over=line)
    with pytest.raises(Gone):
        CONNECTOR.reply(replace(answer, key="late", text="Late"), over=line)


def test_what_somebody_put_into_the_trash_there_does_not_stand(line: Line, site: LocalWordPress) -> None:
    made = CONNECTOR.publish(outgoing("Trashed", "trashed"), over=line)
    pair = ("guild", site.people["guild"].password)
    httpx2.delete(f"{site.address}/wp-json/wp/v2/posts/{made.id}", auth=pair, timeout=30)
    assert not CONNECTOR.stands(made.id, over=line)
    assert CONNECTOR.delete(made.id, over=line).id == made.id


def test_a_user_who_may_not_publish_is_told_when_connecting(site: LocalWordPress) -> None:
    with pytest.raises(Refused) as caught:
        CONNECTOR.connect(site.answers("casey"), http=PlainHttp())
    assert caught.value.mend == "Give it the role of an author or editor, or use another."


def test_a_password_that_was_taken_back_never_reads_as_absent(line: Line) -> None:
    closed = Line(line.http, {**line.credentials, "token": "x"})
    made = CONNECTOR.publish(outgoing("Taken back", "taken back"), over=line)
    for ask in (
        lambda: CONNECTOR.settle(outgoing("Taken back", "taken back"), over=closed),
        lambda: CONNECTOR.stands(made.id, over=closed),
        lambda: CONNECTOR.refresh(over=closed),
    ):
        with pytest.raises(Reconnect):
            ask()


def test_a_picture_larger_than_the_site_takes_is_refused_and_nothing_published(line: Line, see: Any) -> None:
    large = replace(picture("Large"), content=picture("").content + bytes(2_200_000))
    with pytest.raises(Refused):
        CONNECTOR.publish(outgoing("Too large", "large", pictures=(large,)), over=line)
    assert see("posts", search="Too large") == []


def test_a_stranger_sees_name_words_and_last_posts(line: Line, site: LocalWordPress) -> None:
    made = CONNECTOR.publish(outgoing("Seen by all\n\nYes.", "seen"), over=line)
    site.overhear(made.id, "I see it")
    seen = CONNECTOR.present(over=line)
    assert (seen.account.name, seen.bio, seen.has_picture, seen.pinned) == (
        "The Guild",
        "Things are mended here",
        False,
        "",
    )
    assert (seen.posts[0].text, seen.posts[0].replies) == ("Seen by all\n\nYes.", 1)


def test_the_recorded_answers_are_those_of_the_real_site(site: LocalWordPress) -> None:
    site.empty()
    passwords = {name: each.password for name, each in site.people.items()}
    assert play(Caller(PlainHttp(), f"{site.address}/wp-json/", passwords)) == json.loads(FILE.read_text())


def test_without_rewriting_it_is_reached_all_the_same(site: LocalWordPress) -> None:
    with local_wordpress(pretty=False) as plain:
        _, granted = CONNECTOR.connect(plain.answers(), http=PlainHttp())
        line = Line(PlainHttp(), granted.credentials)
        assert granted.credentials["rest"] == f"{plain.address}/?rest_route=/"
        made = CONNECTOR.publish(outgoing("Plain", "plain", pictures=(picture("A bench"),)), over=line)
        assert CONNECTOR.settle(outgoing("Plain", "plain"), over=line) == made
        assert CONNECTOR.delete(made.id, over=line).id == made.id
