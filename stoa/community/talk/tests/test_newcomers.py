"""Limits for somebody new: how much in a day, how many links, pictures and names in a text; what was typed is never lost."""

from datetime import timedelta

import pytest
from django.test import Client

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotPossible
from stoa.community.talk.actions import add_reply, edit_reply, open_topic
from stoa.community.talk.models import Reply, Topic
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.tests.makers import give, make_space

pytestmark = pytest.mark.django_db
LINKS = "See https://a.example/ and https://b.example/ and https://c.example/ too."


@pytest.fixture
def nia() -> Actor:
    return actor_of(make_person("Nia", level=0))


def test_somebody_new_opens_three_topics_a_day(nia: Actor) -> None:
    space, start = make_space(), clock.now()
    for number in range(3):
        make_topic(space, f"Topic {number}", by=nia)
    with pytest.raises(NotPossible) as refused:
        make_topic(space, "One more", by=nia)
    assert refused.value.reason == "While you are new here, you can write 3 topics a day."
    assert Topic.objects.count() == 3
    with clock.pinned(start + timedelta(hours=25)):
        make_topic(space, "The day after", by=nia)


def test_somebody_new_writes_ten_replies_a_day_and_nothing_typed_is_lost(nia: Actor) -> None:
    topic = make_topic()
    for _number in range(10):
        make_reply(topic, by=nia)
    client = Client()
    client.force_login(make_person("Unused").account)
    from stoa.people.models import Person

    client.force_login(Person.objects.get(id=nia.own_id).account)
    answer = client.post(f"/topics/{topic.shown_id}/replies/", {"source": "The eleventh thought."})
    assert answer.status_code == 422
    assert "The eleventh thought." in answer.content.decode()
    assert "10 replies a day" in answer.content.decode()
    assert Reply.objects.count() == 10


@pytest.mark.parametrize("source", [LINKS, "@One, @Two and @Three, look."])
def test_a_text_of_somebody_new_holds_few_links_and_names(nia: Actor, source: str) -> None:
    for name in ("One", "Two", "Three"):
        make_person(name)
    topic = make_topic()
    with pytest.raises(Invalid) as refused:
        add_reply(topic, source=source, by=nia)
    assert refused.value.field == "source"
    assert Reply.objects.count() == 0


def test_what_was_refused_cannot_be_edited_in(nia: Actor) -> None:
    reply = make_reply(make_topic(), "Harmless.", by=nia)
    with pytest.raises(Invalid):
        edit_reply(reply, source=LINKS, by=nia)
    assert Reply.objects.get().source == "Harmless."


def test_who_settled_in_is_not_limited() -> None:
    ada, space = make_actor("Ada"), make_space()
    for number in range(4):
        open_topic(space, title=f"Topic {number}", source=LINKS, by=ada)
    assert Topic.objects.count() == 4


def test_who_tends_a_space_is_not_limited_there() -> None:
    new, space = make_person("New", level=0), make_space()
    give(new, "space.moderator", space)
    for number in range(4):
        make_topic(space, f"Topic {number}", by=actor_of(new))
    assert Topic.objects.count() == 4
