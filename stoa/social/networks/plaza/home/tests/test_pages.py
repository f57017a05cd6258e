"""Plaza's pages: anyone reads; who may practise answers, likes and reposts as a stranger."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from stoa.base.models.site import site
from stoa.social.networks.plaza.home.actions.accounts import open_account
from stoa.social.networks.plaza.home.actions.posts import Draft, take_down, write_post
from stoa.social.networks.plaza.home.models import Account, Post, Reaction
from stoa.social.networks.plaza.home.policy import practice_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def guild() -> Account:
    return open_account("guild", "The Guild", key=practice_key())[0]


@pytest.fixture
def demo() -> None:
    row = site()
    row.is_demo = True
    row.save()


def address(name: str, **arguments: Any) -> str:
    return reverse(f"plaza:{name}", kwargs=arguments)


def test_the_timeline_shows_what_stands(guild: Account, client: Client) -> None:
    write_post(Draft("Saturday <b>at ten</b>", link="https://example.org/l/ABC", card_title="Repair café"), by=guild)
    gone = write_post(Draft("Soon gone"), by=guild)
    take_down(gone, by=guild)
    page = client.get("/plaza/").content.decode()
    assert "Saturday &lt;b&gt;at ten&lt;/b&gt;" in page
    assert 'href="https://example.org/l/ABC"' in page
    assert "Soon gone" not in page
    assert client.get(address("post", post_id=gone.id)).status_code == 404


def test_a_timeline_of_many_posts_takes_few_queries(
    guild: Account, client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        write_post(Draft(f"Post {number}"), by=guild)
    with django_assert_max_num_queries(5):
        page = client.get("/plaza/").content.decode()
    assert page.count("<article") == 20
    assert "Older posts" in page


def test_outside_a_demo_folder_a_visitor_only_reads(guild: Account, client: Client) -> None:
    post = write_post(Draft("Hello"), by=guild)
    assert "<textarea" not in client.get(address("post", post_id=post.id)).content.decode()
    assert practice_key() not in client.get(address("connecting")).content.decode()
    for name in ("answers", "likes", "reposts"):
        assert client.post(address(name, post_id=post.id), {"text": "Hi", "as": "Rosa"}).status_code == 403
    assert client.post(address("posts"), {"text": "Hi"}).status_code == 403
    assert Post.objects.count() == 1
    assert Reaction.objects.count() == 0


@pytest.mark.usefixtures("demo")
def test_in_a_demo_folder_a_stranger_answers(guild: Account, client: Client) -> None:
    post = write_post(Draft("Who has a soldering iron?"), by=guild)
    answer = client.post(address("answers", post_id=post.id), {"text": "I do", "as": "Rosa Lind"})
    written = Post.objects.get(answered=post)
    assert answer.status_code == 303
    assert answer["Location"] == f"{address('post', post_id=post.id)}?as=Rosa+Lind#post-{written.shown_id}"
    assert (written.author.handle, written.author.kind, written.root_id) == ("x-rosa-lind", "stranger", post.id)
    assert [notice.kind for notice in guild.notices.all()] == ["reply"]
    page = client.get(answer["Location"]).content.decode()
    assert 'value="Rosa Lind"' in page
    assert practice_key() in client.get(address("connecting")).content.decode()


@pytest.mark.usefixtures("demo")
def test_a_stranger_mentions_an_account(guild: Account, client: Client) -> None:
    client.post(address("posts"), {"text": "Thank you @guild and @nobody, not me@guild.test", "as": ""})
    assert [(notice.kind, notice.post.author.name) for notice in guild.notices.all()] == [("mention", "A passer-by")]


@pytest.mark.usefixtures("demo")
def test_a_like_and_a_repost_count_once_each(guild: Account, client: Client) -> None:
    post = write_post(Draft("Like me"), by=guild)
    for name in ("likes", "likes", "reposts"):
        client.post(address(name, post_id=post.id), {"as": "Rosa"})
    counted = Post.objects.with_counts().get()
    assert (counted.likes, counted.reposts, counted.replies) == (1, 1, 0)


def test_each_reader_counts_once_in_the_reach(guild: Account, client: Client) -> None:
    post = write_post(Draft("Seen"), by=guild)
    body = json.dumps({"posts": [post.shown_id]})
    for agent in ("one", "one", "two"):
        answer = client.post(address("sightings"), body, content_type="text/plain", headers={"user-agent": agent})
        assert answer.status_code == 204
    post.refresh_from_db()
    assert post.reach == 2
    assert client.post(address("sightings"), "nonsense", content_type="text/plain").status_code == 400


def test_reading_writes_nothing(guild: Account, client: Client) -> None:
    post = write_post(Draft("Read me"), by=guild)
    for path in ("/plaza/", address("post", post_id=post.id), address("account", handle="guild")):
        assert client.get(path).status_code == 200
    post.refresh_from_db()
    assert post.reach == 0
    assert client.get(address("avatar", handle="guild"))["Content-Type"] == "image/svg+xml"


def test_staff_say_what_an_account_of_ours_says_of_itself(guild: Account, demo: None, client: Client) -> None:
    where = address("words", handle="guild")
    assert client.post(where, {"bio": "We mend <b>things</b>", "link": "https://guild.example/"}).status_code == 303
    page = client.get(address("account", handle="guild")).content.decode()
    assert "We mend &lt;b&gt;things&lt;/b&gt;" in page
    assert 'href="https://guild.example/"' in page
    assert client.post(where, {"bio": "x", "link": "javascript:alert(1)"}).status_code == 422
    assert Account.objects.get(handle="guild").link == "https://guild.example/"


def test_a_strangers_account_says_nothing_of_itself(demo: None, client: Client) -> None:
    client.post("/plaza/posts/", {"as": "Rosa", "text": "Hello"})
    stranger = Account.objects.get(kind=Account.Kind.STRANGER)
    assert client.post(address("words", handle=stranger.handle), {"bio": "x"}).status_code == 404
