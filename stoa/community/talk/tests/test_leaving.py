"""What becomes of the words of somebody who leaves, and of the places in which they stood."""

import pytest
from django.test import Client

from stoa.community.talk.check import check
from stoa.community.talk.models import Presence, Reply, Topic
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.people.actions.leaving import erase_person
from stoa.people.models import Person
from stoa.people.tests.makers import make_actor
from stoa.spaces.tests.makers import make_space

pytestmark = pytest.mark.django_db


def test_a_topic_that_others_answered_keeps_an_empty_place_and_any_other_goes() -> None:
    ada = make_actor("Ada")
    answered, alone = make_topic(by=ada), make_topic(by=ada)
    make_reply(answered, "Rub a pencil along it.")
    make_reply(alone, "I found it myself.", by=ada)
    erase_person(Person.objects.get(id=ada.person_id), by=ada)
    rows = Topic.objects.in_bulk([answered.id, alone.id])
    assert [(each.title, each.source, each.presence, each.replies_count) for each in rows.values()] == [
        ("—", "", Presence.HERE, 1),
        ("—", "", Presence.WITHDRAWN, 0),
    ]
    assert list(check()) == []


def test_the_place_of_words_whose_author_left_says_so() -> None:
    ada = make_actor("Ada")
    topic = make_topic(make_space(visibility="public"), by=ada)
    make_reply(topic, "Rub a pencil along it.")
    erase_person(Person.objects.get(id=ada.person_id), by=ada)
    said = Client().get(Topic.objects.get().get_absolute_url()).content.decode()
    assert said.count("A topic whose author left") == 2  # its title and its heading
    assert "took their words along" in said
    assert "A topic whose author left" in Client().get("/topics/").content.decode()


def test_a_topic_counts_its_replies_anew_when_somebody_who_replied_leaves() -> None:
    ada, topic = make_actor("Ada"), make_topic()
    make_reply(topic, by=ada)
    erase_person(Person.objects.get(id=ada.person_id), by=ada)
    topic.refresh_from_db()
    assert (topic.replies_count, topic.answered_at, topic.last_reply_by) == (0, None, None)
    assert Reply.objects.get().presence == Presence.WITHDRAWN
    assert list(check()) == []
