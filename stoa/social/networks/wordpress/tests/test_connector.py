"""What is WordPress's own: its words, its answers, where a site lives, looking down a long list of comments, hostile answers."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from stoa.social.networks.protocol import (
    NOT_OFFERED,
    Absent,
    Gone,
    Line,
    NotSent,
    Outgoing,
    Pending,
    Picture,
    Published,
    Reconnect,
    Refused,
    Response,
    Seen,
    Trouble,
    TryLater,
    Unknown,
)
from stoa.social.networks.rehearsing import Faults, Reply
from stoa.social.networks.titles import named
from stoa.social.networks.wordpress import texts, wire
from stoa.social.networks.wordpress.connector import CONNECTOR
from stoa.social.networks.wordpress.tests.answers import FILE, Caller, play
from stoa.social.networks.wordpress.tests.rehearsal import PASSWORDS, SITE, SmallSite

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
POST = Outgoing("Zips can be mended\n\nCome on Saturday: https://stoa.test/l/abc.", "key-1", NOON, NOON)
LAMP = Picture(b"\x89PNG lamp", "image/png", "Eine Lampe", 8, 8)
ANSWERS = {"site": f"{SITE}/wp-admin/profile.php", "user": " guild ", "token": PASSWORDS["guild"]}


@pytest.fixture
def site() -> SmallSite:
    return SmallSite()


@pytest.fixture
def line(site: SmallSite) -> Line:
    return Line(site, CONNECTOR.connect(ANSWERS, http=site)[1].credentials)


def test_the_small_site_answers_as_the_real_one_did() -> None:
    assert play(Caller(SmallSite(), f"{SITE}/wp-json/", PASSWORDS)) == json.loads(FILE.read_text())


@pytest.mark.parametrize("pretty", [True, False])
def test_its_interface_is_found_with_and_without_rewriting(pretty: bool) -> None:
    account, granted = CONNECTOR.connect(ANSWERS, http=SmallSite(pretty=pretty))
    assert granted.credentials["rest"] == f"{SITE}/wp-json/" if pretty else f"{SITE}/?rest_route=/"
    assert (account.id, account.handle, account.name, account.address) == (
        "1@guild.test",
        "guild.test",
        "The Guild",
        SITE,
    )


@pytest.mark.parametrize(
    ("typed", "site"),
    [
        ("example.org", "https://example.org"),
        ("https://example.org/blog/", "https://example.org/blog"),
        ("https://example.org/en/wp-login.php?x=1", "https://example.org/en"),
        ("http://localhost:8080/wp", "http://localhost:8080/wp"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://wordpress:80", "http://wordpress:80"),
    ],
)
def test_a_site_may_live_in_a_folder(typed: str, site: str) -> None:
    assert wire.site_of(typed) == site


@pytest.mark.parametrize(
    "typed", ["http://example.org", "http://8.8.8.8", "ftp://a.b", "https://u:p@a.b", "", "https://[x"]
)
def test_other_addresses_are_refused_before_anything_is_sent(typed: str) -> None:
    with pytest.raises(Refused) as caught:
        CONNECTOR.connect({**ANSWERS, "site": typed}, http=SmallSite())
    assert caught.value.mend


def test_a_site_that_moved_says_where() -> None:
    class Moved:
        def request(self, method: str, url: str, **more: Any) -> Response:
            return Reply(301, b"", {"Location": "https://www.guild.test/blog/wp-json/"})

    with pytest.raises(Refused) as caught:
        CONNECTOR.connect(ANSWERS, http=Moved())
    assert caught.value.mend == "Write its own address: https://www.guild.test/blog."


def test_who_may_not_publish_is_not_connected(site: SmallSite) -> None:
    with pytest.raises(Refused) as caught:
        CONNECTOR.connect({**ANSWERS, "user": "casey", "token": PASSWORDS["casey"]}, http=site)
    assert caught.value.mend == "Give it the role of an author or editor, or use another."


def test_a_post_is_named_by_its_title_and_its_key() -> None:
    assert named(POST.text, POST.key) == "zips-can-be-mended-be2974546978"
    assert named("灯", POST.key) == "be2974546978"
    assert named(POST.text, "key-2") != named(POST.text, POST.key)


def test_words_become_blocks_and_nothing_of_them_markup() -> None:
    text = "Title\n\n<script>x</script> [gallery]\nnext <!-- wp:html -->\n\nhttps://a.test/?x=1&y=(2)."
    assert texts.content_of(text, ()) == (
        "<!-- wp:paragraph -->\n<p>&lt;script&gt;x&lt;/script&gt; &#91;gallery&#93;<br>next &lt;!-- wp:html --&gt;</p>\n"
        "<!-- /wp:paragraph -->\n\n<!-- wp:paragraph -->\n"
        '<p><a href="https://a.test/?x=1&amp;y=(2)">https://a.test/?x=1&amp;y=(2)</a>.</p>\n<!-- /wp:paragraph -->'
    )
    assert texts.title_of("a < b & c\n\nx") == "a &lt; b &amp; c"


def test_a_description_keeps_its_words() -> None:
    assert wire.described("two\nlines  <b>bold</b> 100%ab C:\\x 5 < 6") == "two lines ‹b>bold‹/b> 100% ab C:\\\\x 5 ‹ 6"


def test_the_first_picture_is_featured_where_the_theme_shows_it(site: SmallSite, line: Line) -> None:
    shown = (LAMP, replace(LAMP, content=b"\x89PNG bench", alt='A "bench" [x]'))
    CONNECTOR.publish(replace(POST, pictures=shown), over=line)
    first, second = site.media.values()
    post = next(iter(site.posts.values()))
    assert (post["featured_media"], first["alt_text"], first["bytes"]) == (first["id"], "Eine Lampe", len(LAMP.content))
    assert post["content"]["raw"].count("<img") == 1
    assert f'alt="A &quot;bench&quot; &#91;x&#93;" class="wp-image-{second["id"]}"' in post["content"]["raw"]


def test_without_such_a_theme_all_stand_in_the_text(site: SmallSite, line: Line) -> None:
    site.themed = False
    CONNECTOR.publish(replace(POST, pictures=(LAMP,)), over=line)
    post = next(iter(site.posts.values()))
    assert (post["featured_media"], post["content"]["raw"].count("<img")) == (0, 1)


def test_an_unclear_answer_to_a_picture_publishes_nothing(site: SmallSite, line: Line) -> None:
    faults = Faults(site, after=lambda: Reply(502))
    with pytest.raises(NotSent):
        CONNECTOR.publish(replace(POST, pictures=(LAMP,)), over=Line(faults, line.credentials))
    assert site.posts == {}
    CONNECTOR.publish(replace(POST, pictures=(LAMP,)), over=line)
    assert (len(site.posts), len(site.media)) == (1, 1)


def test_deleting_takes_its_own_pictures_along_and_leaves_others(site: SmallSite, line: Line) -> None:
    made = CONNECTOR.publish(replace(POST, pictures=(LAMP, replace(LAMP, content=b"\x89PNG 2"))), over=line)
    site.media[99] = {"id": 99, "slug": "logo", "source_url": f"{SITE}/logo.png", "status": "inherit"}
    site.posts[int(made.id)]["content"]["raw"] += '<img class="wp-image-99"/>'
    CONNECTOR.delete(made.id, over=line)
    assert (list(site.media), site.posts) == ([99], {})


def test_an_edit_changes_the_words_and_keeps_the_pictures(site: SmallSite, line: Line) -> None:
    site.themed = False
    made = CONNECTOR.publish(replace(POST, pictures=(LAMP,)), over=line)
    changed = CONNECTOR.edit(made.id, replace(POST, text="New title\n\nNew words"), over=line)
    post = site.posts[int(made.id)]
    assert (post["title"]["raw"], changed.address, changed.version != made.version) == ("New title", made.address, True)
    assert ("New words" in post["content"]["raw"], post["content"]["raw"].count("<img")) == (True, 1)


def test_a_long_list_of_comments_is_walked_down_without_gap(site: SmallSite, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    site.overhear(made.id, "the first")
    cursor = CONNECTOR.listen("", over=line).cursor
    theirs = [site.overhear(made.id, f"comment {number}") for number in range(250)]
    heard: set[str] = set()
    more = True
    while more:
        page = CONNECTOR.listen(cursor, over=line)
        heard |= {each.id for each in page.items}
        cursor, more = page.cursor, page.more
    assert heard >= set(theirs)
    assert cursor == theirs[-1][1:]


def test_our_own_comments_are_not_heard_and_guests_are_told_apart(site: SmallSite, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    theirs = [site.overhear(made.id, text) for text in ("How?", "And when?")]
    CONNECTOR.reply(replace(POST, text="So.", key="a", answers=theirs[0]), over=line)
    heard = CONNECTOR.listen("", over=line).items
    assert [each.id for each in heard] == theirs
    assert len({each.author.id for each in heard}) == 2


def test_the_same_comment_twice_is_the_first_one(site: SmallSite, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    answer = replace(POST, text="Like this & that.", key="a", answers=made.id)
    said = CONNECTOR.reply(answer, over=line)
    assert CONNECTOR.reply(answer, over=line) == said
    assert CONNECTOR.settle(answer, over=line) == said
    assert CONNECTOR.settle(replace(answer, made_at=datetime(2026, 3, 2, tzinfo=UTC)), over=line) == Absent()


def test_a_comment_that_waits_for_approval_is_not_called_published(site: SmallSite, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    answer = replace(POST, text="Later", key="a", answers=made.id)
    said = CONNECTOR.reply(answer, over=line)
    assert isinstance(said, Published)
    site.comments[int(said.id[1:])]["status"] = "hold"
    assert CONNECTOR.settle(answer, over=line, handle=said.id) == Pending(said.id, 3600.0)


def test_a_comment_takes_no_pictures(site: SmallSite, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    with pytest.raises(Refused):
        CONNECTOR.reply(replace(POST, answers=made.id, pictures=(LAMP,)), over=line)
    assert site.comments == {}


@pytest.mark.parametrize(
    ("status", "code", "trouble"),
    [
        (401, "rest_cannot_create", Reconnect),
        (403, "rest_cannot_create", Refused),
        (403, "rest_comment_closed", Refused),
        (404, "rest_post_invalid_id", Gone),
        (404, "rest_no_route", Refused),
        (410, "rest_already_trashed", Gone),
        (400, "rest_invalid_param", Refused),
        (400, "comment_flood", TryLater),
        (500, "rest_upload_unknown_error", Refused),
        (500, "internal_server_error", Unknown),
        (404, "", Unknown),
        (503, "", Unknown),
    ],
)
def test_each_answer_means_one_thing(status: int, code: str, trouble: type[Trouble]) -> None:
    body = {"code": code, "message": "Sorry, <b>you</b> are not allowed &amp; so on."} if code else {}
    with pytest.raises(trouble) as caught:
        wire.answer_of(Reply(status, json.dumps(body).encode()))
    assert type(caught.value) is trouble
    assert "<b>" not in caught.value.reason


@pytest.mark.parametrize("body", [b"[]", b'"x"', b"3", b"[null, 7]", b'{"id": "x"}', b"[" * 5000, b"<html>"])
def test_hostile_answers_break_nothing(line: Line, body: bytes) -> None:
    class Hostile:
        def request(self, *given: Any, **more: Any) -> Response:
            return Reply(200, body)

    hostile = Line(Hostile(), line.credentials)
    for act in (
        lambda: CONNECTOR.publish(POST, over=hostile),
        lambda: CONNECTOR.settle(POST, over=hostile),
        lambda: CONNECTOR.listen("", over=hostile),
        lambda: CONNECTOR.reply(replace(POST, answers="7"), over=hostile),
        lambda: CONNECTOR.measure(["7"], over=hostile),
        lambda: CONNECTOR.stands("7", over=hostile),
        lambda: CONNECTOR.delete("7", over=hostile),
    ):
        with suppress(Trouble):
            act()


def test_numbers_that_a_site_does_not_tell_are_not_offered(line: Line, site: SmallSite) -> None:
    made = CONNECTOR.publish(POST, over=line)
    told = {each.measure: each.value for each in CONNECTOR.measure([made.id], over=line).readings}
    assert told == {"replies": 0, "likes": NOT_OFFERED, "reach": NOT_OFFERED}


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("https://guild.test/zips-can-be-mended/", Seen("zips-can-be-mended")),
        ("https://guild.test/blog/2026/11/zips", Seen("zips")),
        ("https://guild.test/?p=12", Seen("12")),
        ("https://guild.test/", None),
    ],
)
def test_an_address_tells_the_post(address: str, seen: Seen | None) -> None:
    assert CONNECTOR.recognise(address) == seen


def test_a_stranger_sees_it_without_a_password(line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    seen = CONNECTOR.present(over=line)
    assert (seen.account.id, seen.bio, seen.has_picture) == ("1@guild.test", "Things are mended here", False)
    assert [each.id for each in seen.posts] == [made.id]
