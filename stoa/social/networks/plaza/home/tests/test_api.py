"""Plaza's API, as a program meets it."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from stoa.base import clock
from stoa.base.tests.small_videos import PLACE, mp4
from stoa.social.networks.plaza.home.actions.accounts import let_in, open_account
from stoa.social.networks.plaza.home.actions.posts import Draft, write_post
from stoa.social.networks.plaza.home.actions.reactions import react
from stoa.social.networks.plaza.home.models import Account, Picture, Post, Reaction
from stoa.social.networks.plaza.home.policy import practice_key

pytestmark = pytest.mark.django_db


class Program:
    """A program that holds a token."""

    def __init__(self, handle: str) -> None:
        self.account, self.token = open_account(handle, handle.title(), key=practice_key())

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        mime = headers.pop("mime", "application/json")
        sent = {"authorization": f"Bearer {self.token}", **{k.replace("_", "-"): v for k, v in headers.items()}}
        return Client().generic(method, f"/plaza/api/{path}", content, content_type=mime, headers=sent)


@pytest.fixture
def guild() -> Program:
    return Program("guild")


@pytest.fixture
def storage(tmp_path: Any, settings: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }


def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (6, 4), (200, 90, 30)).save(file, "PNG")
    return file.getvalue()


def test_without_a_token_nothing_is_told(guild: Program) -> None:
    for path in ("posts?key=a", "notifications", "readings"):
        answer = Client().get(f"/plaza/api/{path}")
        assert (answer.status_code, answer.json()["error"]) == (401, "WrongToken")


def test_a_renewed_token_ends_the_old_one(guild: Program) -> None:
    old = guild.token
    guild.token = guild.send("POST", "token").json()["token"]
    assert guild.send("GET", "notifications").status_code == 200
    guild.token = old
    assert guild.send("GET", "notifications").status_code == 401
    assert not Account.objects.filter(token_hash__contains=old).exists()


def test_the_same_key_is_the_same_post_and_after_taking_down_it_is_gone(guild: Program) -> None:
    first = guild.send("POST", "posts", {"text": "Once", "marker": "ABC"}, idempotency_key="k1").json()
    again = guild.send("POST", "posts", {"text": "Once more"}, idempotency_key="k1").json()
    assert again["id"] == first["id"]
    assert again["text"] == "Once"
    assert [post["id"] for post in guild.send("GET", "posts?marker=ABC").json()["posts"]] == [first["id"]]
    assert guild.send("DELETE", f"posts/{first['id']}").status_code == 200
    assert guild.send("DELETE", f"posts/{first['id']}").status_code == 410
    assert guild.send("POST", "posts", {"text": "Once"}, idempotency_key="k1").status_code == 410
    assert guild.send("GET", "posts?marker=ABC").json()["posts"] == []
    assert Post.objects.get().text == ""


def test_nobody_takes_down_the_post_of_another(guild: Program) -> None:
    theirs = write_post(Draft("Mine"), by=Program("other").account)
    assert guild.send("DELETE", f"posts/{theirs.shown_id}").status_code == 404
    assert not Post.objects.get().is_taken_down


@pytest.mark.usefixtures("storage")
def test_a_picture_goes_with_its_post_and_leaves_with_it(guild: Program, client: Client) -> None:
    stored = guild.send("POST", "media", png(), mime="image/png").json()["id"]
    made = guild.send("POST", "posts", {"text": "", "pictures": [{"id": stored, "alt": "An orange square"}]}).json()
    picture = Picture.objects.get()
    assert (picture.alt, picture.width, picture.height, picture.mime) == ("An orange square", 6, 4, "image/png")
    shown = client.get(f"/plaza/pictures/{stored}/")
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert Image.open(io.BytesIO(shown.content)).size == (6, 4)
    guild.send("DELETE", f"posts/{made['id']}")
    assert client.get(f"/plaza/pictures/{stored}/").status_code == 404
    assert default_storage.exists(picture.stored)


@pytest.mark.usefixtures("storage")
def test_what_is_no_picture_is_not_stored(guild: Program) -> None:
    for content in (b"", b"GIF89a", b"<svg/>", png()[:40]):
        answer = guild.send("POST", "media", content, mime="image/png")
        assert (answer.status_code, answer.json()["error"]) == (422, "Invalid")
    assert Picture.objects.count() == 0


@pytest.mark.usefixtures("storage")
def test_a_video_goes_with_its_post_without_the_place_where_it_was_taken(guild: Program, client: Client) -> None:
    stored = guild.send("POST", "media", mp4(4, (320, 180)), mime="video/mp4").json()["id"]
    guild.send("POST", "posts", {"text": "", "pictures": [{"id": stored, "alt": "A lamp is lit"}]})
    video = Picture.objects.get()
    assert (video.alt, video.width, video.height, video.mime) == ("A lamp is lit", 320, 180, "video/mp4")
    shown = client.get(f"/plaza/pictures/{stored}/")
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("video/mp4", "nosniff")
    assert PLACE not in shown.content
    assert b"<video controls" in client.get("/plaza/").content


@pytest.mark.usefixtures("storage")
def test_a_post_has_one_video_or_pictures(guild: Program) -> None:
    both = [guild.send("POST", "media", mp4(4), mime="video/mp4"), guild.send("POST", "media", png(), mime="image/png")]
    shown = [{"id": each.json()["id"], "alt": ""} for each in both]
    assert guild.send("POST", "posts", {"text": "Both", "pictures": shown}).status_code == 422
    assert Post.objects.count() == 0


@pytest.mark.usefixtures("storage")
def test_a_video_that_is_none_or_too_long_is_not_stored(guild: Program) -> None:
    for content in (b"", b"words", mp4()[:-9], mp4(141)):
        assert guild.send("POST", "media", content, mime="video/mp4").status_code == 422
    assert Picture.objects.count() == 0


def test_notifications_come_in_pages_and_none_is_lost(guild: Program) -> None:
    post = write_post(Draft("Ask us"), by=guild.account)
    start = guild.send("GET", "notifications").json()
    assert start == {"notifications": [], "cursor": "", "more": False}
    first = write_post(Draft("0", answered=post), by=let_in("Rosa"))
    cursor = guild.send("GET", "notifications").json()["cursor"]
    for number in range(1, 120):
        write_post(Draft(str(number), answered=post), by=let_in("Rosa"))
    heard, more = set(), True
    while more:
        page = guild.send("GET", f"notifications?since={cursor.replace('+', '%2B')}").json()
        heard |= {notice["post"]["text"] for notice in page["notifications"]}
        cursor, more = page["cursor"], page["more"]
    assert heard >= {str(number) for number in range(1, 120)}
    assert first.shown_id


def test_a_quiet_account_is_not_told_its_reach(guild: Program) -> None:
    quiet = Program("guild-quiet")
    told = {}
    for program in (guild, quiet):
        post = write_post(Draft("Hello"), by=program.account)
        Post.objects.filter(id=post.id).update(reach=12)
        react(post, Reaction.Kind.LIKE, by=let_in("Rosa"))
        told[program.account.handle] = program.send("GET", f"readings?id={post.shown_id}").json()["readings"][
            post.shown_id
        ]
    assert told["guild"] == {"likes": 1, "reposts": 0, "replies": 0, "reach": 12}
    assert told["guild-quiet"] == {"likes": 1, "reposts": 0, "replies": 0, "reach": None}


def test_nonsense_is_answered_in_words(guild: Program) -> None:
    cases = [
        ("POST", "posts", b"[]", 400),
        ("POST", "posts", {"text": "   "}, 422),
        ("POST", "posts", {"text": "x" * 501}, 422),
        ("POST", "posts", {"text": "a\x00b"}, 422),
        ("POST", "posts", {"text": "a", "link": "javascript:alert(1)"}, 422),
        ("POST", "posts", {"text": "a", "pictures": ["x"]}, 422),
        ("POST", "posts", {"text": "a", "in_reply_to": "0" * 13}, 404),
        ("GET", "posts", None, 422),
        ("GET", "posts/nonsense", None, 404),
        ("POST", "accounts", {"handle": "new", "key": "wrong"}, 403),
        ("POST", "accounts", {"handle": "Not Possible", "key": practice_key()}, 422),
    ]
    for method, path, body, status in cases:
        answer = guild.send(method, path, body)
        assert (answer.status_code, bool(answer.json()["message"])) == (status, True), path
    assert Post.objects.count() == 0


def test_too_many_posts_are_asked_to_wait(guild: Program) -> None:
    now = clock.now()
    Post.objects.bulk_create([Post(author=guild.account, text="x", at=now) for _ in range(300)])
    answer = guild.send("POST", "posts", {"text": "One more"})
    assert (answer.status_code, answer["Retry-After"]) == (429, "300")
