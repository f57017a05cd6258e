"""A picture without a description: its writer is asked once, loses nothing, and may send it as it is."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from stoa.base import files
from stoa.base.tests.hostile_files import picture
from stoa.community.talk.models import Reply, Topic
from stoa.community.talk.tests.makers import make_topic
from stoa.people.models import Account
from stoa.people.tests.makers import make_actor
from stoa.spaces.tests.makers import make_space

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}


@pytest.fixture
def writer() -> tuple[Client, str]:
    """A writer, and the address of a picture of theirs."""
    ada = make_actor("Ada")
    client = Client()
    client.force_login(Account.objects.get(person=ada.person_id))
    return client, files.keep_picture(io.BytesIO(picture()), by=ada).address


def test_one_is_asked_once_and_then_it_is_sent(writer: tuple[Client, str]) -> None:
    client, address = writer
    topic = make_topic()
    typed = {"source": f"Look:\n\n![]({address})", "once": "abcd"}
    asked = client.post(f"/topics/{topic.shown_id}/replies/", typed)
    page = LexborHTMLParser(asked.content.decode())
    assert (asked.status_code, Reply.objects.count()) == (200, 0)
    assert "A picture has no description" in page.css_first("#preview").text()
    assert page.css_first("#id_source").text() == typed["source"]
    hidden = page.css_first("#preview input[name=as_it_is]").attributes["value"]
    sent = client.post(f"/topics/{topic.shown_id}/replies/", {**typed, "as_it_is": hidden or ""})
    assert (sent.status_code, Reply.objects.count()) == (303, 1)


def test_a_described_picture_is_sent_at_once(writer: tuple[Client, str]) -> None:
    client, address = writer
    topic = make_topic()
    sent = client.post(f"/topics/{topic.shown_id}/replies/", {"source": f"![A door]({address})"})
    assert (sent.status_code, Reply.objects.count()) == (303, 1)


def test_a_new_topic_keeps_all_that_was_typed(writer: tuple[Client, str]) -> None:
    client, address = writer
    space = make_space()
    typed = {"title": "Two doors", "kind": "question", "source": f"![]({address}) ![ ]({address})", "tags": "door"}
    asked = client.post(f"/spaces/{space.shown_id}/topics/new/", typed)
    page = LexborHTMLParser(asked.content.decode())
    assert "2 pictures have no description" in page.css_first("#preview").text()
    assert page.css_first("#id_title").attributes["value"] == "Two doors"
    assert page.css_first("[name=kind][value=question][checked]") is not None
    assert Topic.objects.count() == 0
    client.post(f"/spaces/{space.shown_id}/topics/new/", {**typed, "as_it_is": "1"})
    assert Topic.objects.get().title == "Two doors"


def test_looking_asks_for_nothing(writer: tuple[Client, str]) -> None:
    client, address = writer
    topic = make_topic()
    looked = client.post(f"/topics/{topic.shown_id}/replies/", {"source": f"![]({address})", "preview": "1"})
    assert LexborHTMLParser(looked.content.decode()).css("#preview input[name=as_it_is]") == []
