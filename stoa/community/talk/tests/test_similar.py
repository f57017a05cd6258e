"""While a title is written: topics that share its rare words, as far as the writer may read them, with what settled them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stoa.base import search
from stoa.base.actors import VISITOR, Actor
from stoa.community.talk.actions import accept_answer, open_topic, withdraw_topic
from stoa.community.talk.similar import similar_topics
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.people.models import Account, Block
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.models import Space
from stoa.spaces.tests.makers import make_insider, make_space

pytestmark = pytest.mark.django_db


def fill(space: Space, by: Actor) -> None:
    """Twenty topics with the words that every question has."""
    for number in range(20):
        open_topic(space, title=f"How do I mend my thing {number}", source="It does not work.", by=by)


def titles(title: str, actor: Actor) -> list[str]:
    return [each.topic.title for each in similar_topics(title, actor)]


def test_rare_words_find_and_common_ones_do_not() -> None:
    ada = make_actor("Ada")
    space = make_space()
    fill(space, ada)
    make_topic(space, "The zip of my tent is stuck", by=ada)
    make_topic(space, "A tent for the garden", "Which one has a good zip?", by=ada)
    make_topic(space, "Kettle without a lid", by=ada)
    search.recount()
    assert titles("How do I mend the zip of a tent", ada) == ["The zip of my tent is stuck", "A tent for the garden"]
    assert titles("How do I mend my thing", ada) == []
    assert titles("Kettle", ada) == ["Kettle without a lid"]
    assert (titles("", ada), titles("zi", ada), titles("?!", ada), titles("xyzzy", ada)) == ([], [], [], [])


def test_one_shared_word_of_many_is_not_enough() -> None:
    ada = make_actor("Ada")
    make_topic(title="Pencil", source="For drawing.", by=ada)
    assert titles("Teapot handle glue and a pencil", ada) == []
    assert titles("Pencil sharpener", ada) == ["Pencil"]


def test_at_most_five_and_the_latest_of_equals_first() -> None:
    ada = make_actor("Ada")
    for number in range(8):
        make_topic(title=f"Zip {number}", source="Stuck.", by=ada)
        make_topic(title=f"Other {number}", source="Words.", by=ada)
        make_topic(title=f"More {number}", source="Text.", by=ada)
    assert titles("zip", ada) == []  # a third of all there is: no rare word
    for number in range(60):
        make_topic(title=f"Kettle {number}", source="Lid.", by=ada)
    search.recount()
    assert titles("zip", ada) == ["Zip 7", "Zip 6", "Zip 5", "Zip 4", "Zip 3"]


def test_only_what_the_writer_may_read() -> None:
    closed = make_space("Crew", "secret")
    insider = make_insider(closed)
    make_topic(closed, "Zip of the tent", by=insider)
    own = make_topic(make_space("Ask", ask_team=True), "Zip of my own tent", by=insider)
    assert titles("zip tent", insider) == ["Zip of my own tent", "Zip of the tent"]
    assert (titles("zip tent", make_actor("Ada")), titles("zip tent", VISITOR)) == ([], [])
    withdraw_topic(own, by=insider)
    assert titles("zip tent", insider) == ["Zip of the tent"]


def test_what_others_write_in_secret_changes_nothing_for_the_reader() -> None:
    ada = make_actor("Ada")
    make_topic(title="Zip stuck", source="Help.", by=ada)
    before = titles("zip", ada)
    closed = make_space("Crew", "secret")
    insider = make_insider(closed)
    for number in range(40):
        make_topic(closed, f"Zip {number}", by=insider)
    search.recount()
    assert titles("zip", ada) == before == ["Zip stuck"]


def test_the_first_line_of_what_settled_it_stands_beneath() -> None:
    ada = make_actor("Ada")
    topic = open_topic(make_space(), title="Zip stuck", source="Help.", kind="question", by=ada)
    accept_answer(make_reply(topic, "Rub a **pencil** along it.\n\nThen pull.", by=make_actor("Ben")), by=ada)
    assert [each.answer for each in similar_topics("zip", ada)] == ["Rub a pencil along it."]


def test_whom_one_chose_not_to_read_is_left_out() -> None:
    reader, author = make_person("Ada"), make_person("Ben")
    make_topic(title="Zip stuck", by=actor_of(author))
    Block.objects.create(person=reader, other=author, kind="mute")
    assert titles("zip", actor_of(reader)) == []


def test_it_asks_as_much_for_one_as_for_many() -> None:
    ada = make_actor("Ada")
    space = make_space()
    for number in range(300):
        make_topic(space, f"Kettle {number}", "Lid.", by=ada)
    counts = []
    for size in (1, 30):
        for number in range(size):
            topic = open_topic(space, title=f"Zip {size} {number}", source="Tent.", kind="question", by=ada)
            accept_answer(make_reply(topic), by=ada)
        with CaptureQueriesContext(connection) as seen:
            similar_topics("The zip of a tent", ada)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 6


def test_the_page_shows_them_with_and_without_a_script() -> None:
    space = make_space(visibility="public")
    make_topic(space, "Zip stuck")
    part = Client().get("/topics/similar/", {"title": "my zip"}).content.decode()
    assert ("Zip stuck" in part, "1 topic may be about the same." in part, "<html" in part) == (True, True, False)
    client = Client()
    client.force_login(Account.objects.get(person=make_actor("Ada").person_id))
    page = client.post(f"/spaces/{space.shown_id}/topics/new/", {"title": "my zip", "source": "x", "preview": "1"})
    assert "Zip stuck" in page.content.decode()
