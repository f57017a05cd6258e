"""A stream that is open when its reader loses sight of the topic: what happens there afterwards does not reach them."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client

from stoa.base.actors import Actor
from stoa.base.tests.serving import Served, served
from stoa.base.tests.test_live import Listener, nothing
from stoa.community.talk.actions import move_topic
from stoa.community.talk.models import Topic
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.people.models import Account
from stoa.people.rights import all_rights
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.actions.roles import ship, take_role
from stoa.spaces.actions.space import Settings, change_space
from stoa.spaces.models import Grant
from stoa.spaces.tests.makers import give, make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house() -> Iterator[Served]:
    assert all_rights()
    ship()
    with served(nothing) as running:
        yield running


def listen(house: Served, reader: Actor, topic: Topic) -> Listener:
    client = Client()
    client.force_login(Account.objects.get(person__id=reader.person_id))
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    return Listener(house, f"on=talk.topic:{topic.shown_id}\nCookie: {cookie}")


def put_out(topic: Topic, reader: Actor) -> None:
    grant = Grant.objects.get(person_id=reader.person_id, scope_kind="space")
    take_role(grant, by=make_insider(topic.space, "space.steward", "Steward"))


def moved_away(topic: Topic, reader: Actor) -> None:
    mover, place = make_person("Mover"), make_space("Elsewhere", "secret")
    for space in (topic.space, place):
        give(mover, "space.steward", space)
    move_topic(topic, to=place, by=actor_of(mover))


@pytest.mark.parametrize("lose", [put_out, moved_away])
def test_who_loses_sight_hears_nothing_more_on_the_open_stream(
    lose: Callable[[Topic, Actor], None], house: Served
) -> None:
    space = make_space("Cellar", "private")
    topic = make_topic(space, by=make_insider(space, name="Amara"))
    reader, other = make_insider(space, name="Reader"), make_insider(space, "space.moderator", "Other")
    leaving, staying = listen(house, reader, topic), listen(house, other, topic)
    make_reply(topic, by=make_insider(space, name="Tomasz"))
    told = {"fact": "talk.reply_added", "key": "talk.topic", "id": topic.shown_id}
    assert (leaving.next(), staying.next()) == (told, told)
    lose(topic, reader)
    topic.refresh_from_db()
    make_reply(topic, by=make_insider(topic.space, "space.moderator", "Late"))
    assert leaving.next() is None
    leaving.close()
    staying.close()


def test_a_visitor_is_cut_off_when_the_space_closes(house: Served) -> None:
    topic = make_topic(make_space("Sewing", "public"), by=make_actor("Amara"))
    listener = Listener(house, f"on=talk.topic:{topic.shown_id}")
    make_reply(topic)
    assert (listener.next() or {})["fact"] == "talk.reply_added"
    change_space(topic.space, Settings(name="Sewing", visibility="members"), by=make_staff("owner"))
    make_reply(topic, by=make_actor("Late"))
    assert listener.next() is None
    listener.close()
