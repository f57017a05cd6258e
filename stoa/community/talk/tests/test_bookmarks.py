"""Topics and replies are marked where they stand."""

import pytest
from django.test import Client

from stoa.community.talk import actions
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.people.models import Bookmark
from stoa.people.tests.makers import actor_of, make_person

pytestmark = pytest.mark.django_db


def test_a_topic_and_a_reply_are_marked_on_the_topics_page_and_found_in_the_list() -> None:
    ada, topic = make_person("Ada"), make_topic(title="Zip stuck")
    reply = make_reply(topic, "A pencil.")
    client, page = Client(), topic.get_absolute_url()
    client.force_login(ada.account)
    assert "Bookmarked:" not in client.get(page).content.decode()
    client.post(f"/bookmarks/talk.topic/{topic.shown_id}/")
    client.post(f"/bookmarks/talk.reply/{reply.shown_id}/")
    assert client.get(page).content.decode().count('title="Bookmarked:') == 2
    shown = client.get("/bookmarks/").content.decode()
    assert (shown.count("Zip stuck"), Bookmark.objects.count()) == (2, 2)
    actions.withdraw_topic(topic, by=actor_of(topic.author))
    assert "Zip stuck" not in client.get("/bookmarks/").content.decode()
