"""Beside the box of a new topic: the space's check-list for its writer alone, and a topic that shows how people talk there."""

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from stoa.community.talk.actions import withdraw_topic
from stoa.community.talk.models import Topic
from stoa.community.talk.tests.makers import make_topic
from stoa.people.models import Account
from stoa.people.tests.makers import make_actor
from stoa.spaces.models import Space
from stoa.spaces.tests.makers import make_insider, make_space

pytestmark = pytest.mark.django_db


def page(space: Space, by: int) -> LexborHTMLParser:
    client = Client()
    client.force_login(Account.objects.get(person=by))
    return LexborHTMLParser(client.get(f"/spaces/{space.shown_id}/topics/new/").content.decode())


def test_the_boxes_are_unticked_nameless_and_stop_nobody() -> None:
    space = make_space(standards="- What it is\n- <b>What</b> you tried")
    ada = make_actor("Ada")
    shown = page(space, ada.own_id)
    boxes = shown.css(".checklist input")
    assert [(box.attributes.get("name"), box.attributes.get("checked")) for box in boxes] == [
        (None, None),
        (None, None),
    ]
    assert [each.text().strip() for each in shown.css(".checklist label")] == ["What it is", "<b>What</b> you tried"]
    client = Client()
    client.force_login(Account.objects.get(person=ada.person_id))
    client.post(f"/spaces/{space.shown_id}/topics/new/", {"title": "Zip", "source": "Stuck."})
    assert Topic.objects.get().title == "Zip"


def test_the_example_is_shown_to_who_may_read_it() -> None:
    ada = make_actor("Ada")
    topic = make_topic(title="How to ask", by=ada)
    space = make_space("Kettles", norm=f"Say how sure you are. {topic.get_absolute_url()}")
    shown = page(space, ada.own_id).css_first(".standards").text()
    assert ("Say how sure you are." in shown, "How to ask" in shown, topic.shown_id in shown) == (True, True, False)
    withdraw_topic(topic, by=ada)
    assert "How to ask" not in page(space, make_actor("Ben").own_id).css_first(".standards").text()


def test_an_example_from_a_closed_space_is_no_leak() -> None:
    closed = make_space("Crew", "secret")
    hidden = make_topic(closed, "The plan", by=make_insider(closed))
    space = make_space("Kettles", norm=f"Be kind. /topics/{hidden.shown_id}/")
    assert "The plan" not in (page(space, make_actor("Ada").own_id).html or "")


def test_a_space_that_asks_nothing_shows_nothing() -> None:
    assert page(make_space(), make_actor("Ada").own_id).css(".standards") == []
