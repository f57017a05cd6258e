"""What is Ghost's own: its tokens, its clock, its documented requests, pictures with descriptions, collisions."""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from stoa.social.networks.ghost import wire
from stoa.social.networks.ghost.connector import CONNECTOR
from stoa.social.networks.ghost.tests.rehearsal import KEY, SERVER, SmallSite
from stoa.social.networks.ghost.tokens import token_of
from stoa.social.networks.protocol import (
    Absent,
    Gone,
    Line,
    NotSent,
    Outgoing,
    Picture,
    Reconnect,
    Refused,
    Response,
    Seen,
    Trouble,
    TryLater,
    Unknown,
)
from stoa.social.networks.rehearsing import Faults, Reply

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
POST = Outgoing("Zips can be mended\n\nCome: https://stoa.test/l/abc & <bring> two.", "key-1", NOON, NOON)
LAMP = Picture(b"\x89PNG lamp", "image/png", 'Eine "Lampe" <5 V>, 灯', 8, 8)


@pytest.fixture
def site() -> SmallSite:
    return SmallSite()


@pytest.fixture
def line(site: SmallSite) -> Line:
    return Line(site, CONNECTOR.connect({"server": SERVER, "token": KEY}, http=site)[1].credentials)


def test_a_token_is_what_the_documents_ask_for() -> None:
    """docs.ghost.org/admin-api: header `alg`, `typ`, `kid`; claims `iat`, `exp` within five minutes, `aud` "/admin/"."""
    head, claims, signed = token_of("6748592f:00ff", NOON).split(".")
    assert json.loads(base64.urlsafe_b64decode(head + "==")) == {"alg": "HS256", "typ": "JWT", "kid": "6748592f"}
    began = int(NOON.timestamp())
    assert json.loads(base64.urlsafe_b64decode(claims + "==")) == {"iat": began, "exp": began + 300, "aud": "/admin/"}
    assert len(base64.urlsafe_b64decode(signed + "==")) == 32


@pytest.mark.parametrize("key", ["", "x", "x:", ":00ff", "x:not hex", "a Content API key"])
def test_what_is_no_admin_key_is_refused_with_a_mend(site: SmallSite, key: str) -> None:
    with pytest.raises(Refused) as caught:
        CONNECTOR.connect({"server": SERVER, "token": key}, http=site)
    assert "Admin API key" in caught.value.mend


def test_the_sites_own_clock_decides_whatever_ours_says(site: SmallSite, line: Line) -> None:
    for year in (1999, 2044):
        site.now = datetime(year, 1, 1, tzinfo=UTC)
        assert CONNECTOR.publish(replace(POST, key=f"{year}"), over=line).id


def test_a_site_that_does_not_tell_the_time_is_tried_later(line: Line) -> None:
    class Timeless:
        def request(self, *given: Any, **more: Any) -> Response:
            return Reply(200, b'{"site": {"title": "x"}}')

    with pytest.raises(TryLater):
        CONNECTOR.publish(POST, over=Line(Timeless(), line.credentials))


def test_what_goes_out_is_what_the_documents_show(site: SmallSite, line: Line) -> None:
    made = CONNECTOR.publish(replace(POST, pictures=(LAMP, replace(LAMP, content=b"\x89PNG 2"))), over=line)
    (post,) = site.posts.values()
    first, second = (f"{SERVER}/content/images/2031/05/{name}" for name, _content in site.pictures)
    assert {name: post[name] for name in ("title", "slug", "status", "feature_image", "feature_image_alt")} == {
        "title": "Zips can be mended",
        "slug": made.address.removeprefix(f"{SERVER}/").strip("/"),
        "status": "published",
        "feature_image": first,
        "feature_image_alt": LAMP.alt,
    }
    assert post["html"] == (
        '<p>Come: <a href="https://stoa.test/l/abc">https://stoa.test/l/abc</a> &amp; &lt;bring&gt; two.</p>'
        f'<figure class="kg-card kg-image-card"><img src="{second}" class="kg-image" '
        'alt="Eine &quot;Lampe&quot; &lt;5 V&gt;, 灯" loading="lazy"></figure>'
    )
    assert [content for _name, content in site.pictures] == [b"\x89PNG lamp", b"\x89PNG 2"]


def test_a_description_too_long_for_the_featured_picture_stands_in_the_text(site: SmallSite, line: Line) -> None:
    alt = "word " * 60
    CONNECTOR.publish(replace(POST, pictures=(replace(LAMP, alt=alt),)), over=line)
    (post,) = site.posts.values()
    assert "feature_image" not in post
    assert f'alt="{alt}"' in post["html"]


def test_a_picture_alone_is_titled_by_what_it_shows(site: SmallSite, line: Line) -> None:
    CONNECTOR.publish(replace(POST, text="", pictures=(LAMP,)), over=line)
    assert next(iter(site.posts.values()))["title"] == LAMP.alt


def test_a_draft_of_that_name_is_published_and_not_doubled(site: SmallSite, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    site.posts[made.id]["status"] = "draft"
    assert CONNECTOR.settle(POST, over=line) == Absent()
    assert not CONNECTOR.stands(made.id, over=line)
    assert CONNECTOR.publish(POST, over=line).id == made.id
    assert (len(site.posts), site.posts[made.id]["status"]) == (1, "published")


def test_an_edit_keeps_address_and_pictures(site: SmallSite, line: Line) -> None:
    made = CONNECTOR.publish(replace(POST, pictures=(LAMP, LAMP)), over=line)
    changed = CONNECTOR.edit(made.id, replace(POST, text="New title\n\nNew words"), over=line)
    post = site.posts[made.id]
    assert (post["title"], changed.address, changed.version != made.version) == ("New title", made.address, True)
    assert (post["html"].startswith("<p>New words</p><figure"), post["html"].count("<img")) == (True, 1)


def test_what_was_saved_there_meanwhile_is_not_written_over(site: SmallSite, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)

    class Meanwhile:
        def request(self, method: str, url: str, **more: Any) -> Response:
            answer = site.request(method, url, **more)
            if method == "GET" and f"posts/{made.id}" in url:
                site.posts[made.id] |= {"updated_at": "later", "title": "Theirs"}
            return answer

    with pytest.raises(TryLater):
        CONNECTOR.edit(made.id, replace(POST, text="Ours"), over=Line(Meanwhile(), line.credentials))
    assert site.posts[made.id]["title"] == "Theirs"


def test_an_unclear_answer_to_a_picture_publishes_nothing(site: SmallSite, line: Line) -> None:
    faults = Faults(site, after=lambda: Reply(502))
    with pytest.raises(NotSent):
        CONNECTOR.publish(replace(POST, pictures=(LAMP,)), over=Line(faults, line.credentials))
    assert site.posts == {}


def test_deleting_says_what_stays(line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    assert "pictures stay" in CONNECTOR.delete(made.id, over=line).answer


def test_it_presents_itself_with_members_and_last_posts(line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    seen = CONNECTOR.present(over=line)
    assert (seen.account.name, seen.bio, seen.has_picture, seen.followers) == ("The Guild", "We mend", False, 12)
    assert [(each.id, each.address) for each in seen.posts] == [(made.id, made.address)]


@pytest.mark.parametrize(
    ("typed", "server"),
    [
        ("guild.ghost.io", "https://guild.ghost.io"),
        ("https://guild.test/blog/ghost/#/settings", "https://guild.test/blog"),
        ("http://localhost:2368/", "http://localhost:2368"),
    ],
)
def test_a_site_may_live_in_a_folder(typed: str, server: str) -> None:
    assert wire.server_of(typed) == server


@pytest.mark.parametrize("typed", ["http://guild.test", "ftp://a.b", "https://u:p@a.b", "", "https://[x"])
def test_other_addresses_are_refused_before_anything_is_sent(typed: str) -> None:
    with pytest.raises(Refused):
        CONNECTOR.connect({"server": typed, "token": KEY}, http=SmallSite())


@pytest.mark.parametrize(
    ("status", "kind", "trouble"),
    [
        (401, "UnauthorizedError", Reconnect),
        (403, "NoPermissionError", Refused),
        (403, "HostLimitError", Refused),
        (404, "NotFoundError", Gone),
        (409, "UpdateCollisionError", TryLater),
        (413, "RequestEntityTooLargeError", Refused),
        (415, "UnsupportedMediaTypeError", Refused),
        (422, "ValidationError", Refused),
        (429, "TooManyRequestsError", TryLater),
        (404, "", Unknown),
        (500, "InternalServerError", Unknown),
        (503, "MaintenanceError", Unknown),
    ],
)
def test_each_answer_means_one_thing(status: int, kind: str, trouble: type[Trouble]) -> None:
    body = {"errors": [{"message": "Sorry.", "context": None, "type": kind}]} if kind else {}
    with pytest.raises(trouble) as caught:
        wire.answer_of(Reply(status, json.dumps(body).encode()))
    assert type(caught.value) is trouble


@pytest.mark.parametrize(
    "body", [b"[]", b'"x"', b'{"posts": 7}', b'{"posts": [null]}', b'{"errors": {}}', b"[" * 5000, b"<html>"]
)
@pytest.mark.parametrize("status", [200, 404])
def test_hostile_answers_break_nothing(line: Line, site: SmallSite, body: bytes, status: int) -> None:
    class Hostile:
        def request(self, method: str, url: str, **more: Any) -> Response:
            return site.request(method, url, **more) if url.endswith("/site/") else Reply(status, body)

    hostile = Line(Hostile(), line.credentials)
    for act in (
        lambda: CONNECTOR.publish(replace(POST, pictures=(LAMP,)), over=hostile),
        lambda: CONNECTOR.settle(POST, over=hostile),
        lambda: CONNECTOR.edit("7", POST, over=hostile),
        lambda: CONNECTOR.stands("../x", over=hostile),
        lambda: CONNECTOR.delete("7", over=hostile),
        lambda: CONNECTOR.present(over=hostile),
    ):
        with suppress(Trouble):
            act()


def test_an_address_tells_the_post() -> None:
    assert CONNECTOR.recognise("https://guild.ghost.io/zips-can-be-mended/") == Seen("zips-can-be-mended")
    assert CONNECTOR.recognise("https://guild.ghost.io/") is None
