"""Watch, follow, mute: for topics, spaces and people; silence is kept everywhere."""

import pytest
from django.test import Client

from stoa.base.mail import may_be_sent
from stoa.base.models.letter import Letter
from stoa.base.work.drain import drain
from stoa.community.talk import actions
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.people.actions.profile import follow, followers, level_of
from stoa.people.models import Block, Follow, Notice, Person
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.tests.makers import make_space

pytestmark = pytest.mark.django_db


def told(person: Person) -> list[tuple[str, str, int]]:
    drain()
    return list(Notice.objects.filter(person=person).order_by("id").values_list("kind", "thing_key", "count"))


def test_who_watches_a_topic_is_told_of_every_reply_and_who_follows_it_of_none_but_what_answers_them() -> None:
    watching, following, topic = make_person("Ada"), make_person("Ben"), make_topic()
    follow(("talk.topic", topic.id), "watch", by=actor_of(watching))
    mine = make_reply(topic, by=actor_of(following))
    drain()
    assert level_of(("talk.topic", topic.id), by=actor_of(following)) == "follow"
    make_reply(topic)
    assert (told(watching), told(following)) == ([("talk.reply", "talk.topic", 2)], [])
    make_reply(topic, f"> [quote:{mine.shown_id}:0-4]\n\nJust so.")
    assert told(following) == [("talk.reply", "talk.topic", 1)]


def test_who_watches_a_space_is_told_of_every_topic_and_reply_there() -> None:
    ada, space = make_person("Ada"), make_space()
    follow(space.reference, "watch", by=actor_of(ada))
    make_reply(make_topic(space))
    assert told(ada) == [("talk.topic", "talk.topic", 1), ("talk.reply", "talk.topic", 1)]


def test_who_watches_a_person_is_told_of_topics_that_they_open_where_they_may_read() -> None:
    ada, ben = make_person("Ada"), make_person("Ben")
    follow(("people.person", ben.id), "watch", by=actor_of(ada))
    make_topic(make_space(ask_team=True), by=actor_of(ben))
    assert told(ada) == []
    make_topic(by=actor_of(ben))
    assert told(ada) == [("talk.topic", "talk.topic", 1)]


@pytest.mark.parametrize("muted", ["topic", "space", "person"])
def test_what_is_muted_is_silent_even_where_somebody_names_or_answers_one(muted: str) -> None:
    ada, ben, space = make_person("Ada"), make_person("Ben"), make_space()
    topic = make_topic(space, by=actor_of(ada))
    things = {"topic": ("talk.topic", topic.id), "space": space.reference, "person": ("people.person", ben.id)}
    follow(things[muted], "mute", by=actor_of(ada))
    reply = make_reply(topic, f"Look, @[person:{ada.shown_id}]", by=actor_of(ben))
    make_reply(topic, by=actor_of(ben))
    actions.leave_mark(topic, "thanks", by=actor_of(ben))
    actions.accept_answer(reply, by=actor_of(ada)) if topic.kind == "question" else None
    assert told(ada) == []
    assert not Letter.objects.filter(person_id=ada.id).exists()


def test_a_topic_that_one_watches_speaks_though_its_space_is_muted() -> None:
    ada, space = make_person("Ada"), make_space()
    topic = make_topic(space)
    follow(space.reference, "mute", by=actor_of(ada))
    follow(("talk.topic", topic.id), "watch", by=actor_of(ada))
    make_reply(topic)
    assert told(ada) == [("talk.reply", "talk.topic", 1)]


def test_a_letter_that_waits_is_not_sent_after_its_topic_was_muted() -> None:
    ada = make_person("Ada")
    topic = make_topic(by=actor_of(ada))
    letter = Letter(kind="talk.reply", person_id=ada.id, thing_key="talk.topic", thing_id=topic.id)
    assert may_be_sent(actor_of(ada), letter)
    follow(topic.space.reference, "mute", by=actor_of(ada))
    assert not may_be_sent(actor_of(ada), letter)


def test_muting_a_person_and_hearing_from_them_again_are_one_thing_by_whatever_button() -> None:
    ada, ben = make_actor("Ada"), make_person("Ben")
    thing = ("people.person", ben.id)
    follow(thing, "mute", by=ada)
    assert Block.objects.get(person=ada.own_id, other=ben).kind == "mute"
    follow(thing, "watch", by=ada)
    assert (Block.objects.count(), followers(thing)) == (0, [ada.own_id])
    follow(thing, "mute", by=ada)
    client = Client()
    client.force_login(Person.objects.get(id=ada.own_id).account)
    assert client.post(f"/people/{ben.shown_id}/block/", {"_method": "DELETE"}).status_code == 303
    assert (Block.objects.count(), Follow.objects.count()) == (0, 0)


def test_levels_are_set_on_the_page_of_the_thing_and_on_the_page_of_all_of_them() -> None:
    ada, topic = make_person("Ada"), make_topic()
    client = Client()
    client.force_login(ada.account)
    address = f"/follows/talk.topic/{topic.shown_id}/"
    assert client.post(address, {"level": "watch"}).headers["Location"] == topic.get_absolute_url()
    for page in (topic.get_absolute_url(), "/follows/"):
        assert "You watch" in client.get(page).content.decode()
    assert client.post(address, {"level": "shout"}).status_code == 422
    assert client.post(address, {"level": "", "from": "list"}).headers["Location"] == "/follows/"
    assert (Follow.objects.count(), client.get("/follows/").status_code) == (0, 200)


def test_nobody_follows_what_they_may_not_see_and_what_went_out_of_sight_leaves_the_page() -> None:
    ada, secret, topic = make_person("Ada"), make_space(visibility="secret"), make_topic()
    client = Client()
    client.force_login(ada.account)
    assert client.post(f"/follows/spaces.space/{secret.shown_id}/", {"level": "watch"}).status_code == 404
    assert Client().post(f"/follows/talk.topic/{topic.shown_id}/", {"level": "watch"}).status_code in (403, 404)
    follow(("talk.topic", topic.id), "watch", by=actor_of(ada))
    assert topic.title in client.get("/follows/").content.decode()
    topic.space.visibility = "secret"
    topic.space.joining = "invite"
    topic.space.save()
    assert topic.title not in client.get("/follows/").content.decode()
