"""The API of feeds, as a program meets it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from stoa.social.networks.web_feed.home.models import Entry, Feed
from stoa.social.networks.web_feed.home.policy import feeds_key
from stoa.social.networks.web_feed.home.tests.program import Program, drawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def guild() -> Program:
    return Program()


def test_the_same_key_is_the_same_entry_with_the_same_id_for_ever(guild: Program) -> None:
    first = guild.send("POST", "entries", {"title": "Once", "text": "x"}, key="k").json()
    again = guild.send("POST", "entries", {"title": "Twice", "text": "x"}, key="k").json()
    assert again["id"] == first["id"]
    one, other = Entry(feed=guild.feed, key="k"), Entry(feed=guild.feed, key="k2")
    assert one.tag == Entry.objects.get().tag != other.tag


def test_nobody_writes_into_the_feed_of_another(guild: Program) -> None:
    other = Program("other", "Other")
    made = guild.send("POST", "entries", {"title": "Ours", "text": "x"}).json()
    for method in ("GET", "PUT", "DELETE"):
        assert other.send(method, f"entries/{made['id']}", {"title": "Theirs", "text": "y"}).status_code == 404
    assert Entry.objects.get().title == "Ours"
    stored = Program("third", "Third").send("POST", "pictures", drawn())
    body = {"title": "x", "text": "y", "pictures": [{"id": stored.json()["id"], "alt": ""}]}
    assert guild.send("POST", "entries", body).status_code == 404


def test_opening_again_renews_token_and_title_and_keeps_what_stands(guild: Program) -> None:
    guild.send("POST", "entries", {"title": "Stays", "text": "x"})
    again = Program(title="The Guild of Menders")
    assert again.feed.id == guild.feed.id
    assert guild.send("GET", "entries?key=a").status_code == 401
    page = Client().get("/feeds/guild/").content.decode()
    assert ("The Guild of Menders" in page, "Stays" in page) == (True, True)


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "entries", b"[]", 400),
        ("POST", "entries", b"[" * 9000, 400),
        ("POST", "entries", {"title": " ", "text": "\n"}, 422),
        ("POST", "entries", {"title": 7, "text": ["x"]}, 422),
        ("POST", "entries", {"title": "t" * 201, "text": "x"}, 422),
        ("POST", "entries", {"title": "", "text": "x" * 20_001}, 422),
        ("POST", "entries", {"title": "x", "pictures": "y"}, 422),
        ("POST", "entries", {"title": "x", "pictures": [{"id": "nonsense"}]}, 404),
        ("POST", "pictures", b"<svg/>", 422),
        ("GET", "entries", None, 422),
        ("GET", "entries/nonsense", None, 404),
        ("POST", "feeds", {"handle": "new", "key": "wrong"}, 403),
        ("POST", "feeds", {"handle": "Not Possible", "key": feeds_key()}, 422),
    ],
)
def test_nonsense_is_answered_in_words(guild: Program, method: str, path: str, body: Any, status: int) -> None:
    answer = guild.send(method, path, body)
    assert (answer.status_code, bool(answer.json()["message"])) == (status, True)
    assert (Entry.objects.count(), Feed.objects.count()) == (0, 1)
