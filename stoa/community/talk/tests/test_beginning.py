"""Beginning a topic from anywhere, and a reply that came too late."""

import pytest
from django.test import Client

from stoa.community.talk.actions import close_topic
from stoa.community.talk.models import Reply
from stoa.community.talk.tests.makers import make_topic
from stoa.people.tests.makers import make_person
from stoa.spaces.tests.makers import give, make_space, make_staff

pytestmark = pytest.mark.django_db


def test_a_member_chooses_where_a_new_topic_belongs_among_the_spaces_that_take_it() -> None:
    ada = make_person("Ada")
    inside, outside, closed = make_space("Porch"), make_space("Bench"), make_space("Cellar", visibility="private")
    give(ada, "space.member", inside)
    client = Client()
    client.force_login(ada.account)
    said = client.get("/topics/new/").content.decode()
    addresses = [f"/spaces/{space.shown_id}/topics/new/" for space in (inside, outside, closed)]
    assert [address in said for address in addresses] == [True, True, False]
    assert said.index("Porch") < said.index("Other spaces") < said.index("Bench")
    assert 'href="/topics/new/" data-create' in client.get("/events/").content.decode()
    assert client.get("/topics/").content.decode().count("Open a topic") == 2


def test_a_visitor_is_told_to_join_before_opening_a_topic() -> None:
    refused = Client().get("/topics/new/")
    assert refused.status_code == 403
    assert "Members open topics." in refused.content.decode()


def test_a_reply_that_comes_after_the_topic_was_closed_is_not_lost() -> None:
    topic, ada = make_topic(), make_person("Ada")
    client = Client()
    client.force_login(ada.account)
    close_topic(topic, by=make_staff("moderator"))
    late = client.post(f"/topics/{topic.shown_id}/replies/", {"source": "Try the other end first."})
    assert late.status_code == 422
    assert late.content.decode().count("Try the other end first.") == 1
    assert "What you wrote is kept here" in late.content.decode()
    assert Reply.objects.count() == 0
