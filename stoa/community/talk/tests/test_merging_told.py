"""What waits to be told of a topic, by mail or on a device, when that topic is merged: it follows, once, to who may see the other."""

import json
from datetime import UTC, datetime, time, timedelta

import pytest
from django.test import Client

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.mail.send import message
from stoa.base.models.letter import Letter
from stoa.base.options import set_option
from stoa.base.work.drain import drain
from stoa.community.talk import actions
from stoa.community.talk.models import Topic
from stoa.community.talk.reply_addresses import Answering, read_address
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.people.actions.notice import keep_quiet
from stoa.people.actions.profile import follow
from stoa.people.models import Person, Push
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.people.tests.test_devices import Service, device_of, service  # noqa: F401
from stoa.spaces.models import Space
from stoa.spaces.tests.makers import give, make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 3, 10, 23, tzinfo=UTC)
MORNING = datetime(2026, 3, 11, 7, tzinfo=UTC)


@pytest.fixture
def space() -> Space:
    return make_space("Sewing", "public")


@pytest.fixture
def ada() -> Person:
    """Asleep until seven."""
    person = make_person("Ada")
    keep_quiet(time(22), time(7), by=actor_of(person))
    return person


def told_at_night(ada: Person, space: Space, *, of_both: bool = False) -> tuple[Topic, Topic]:
    """Two topics of hers, the older one first; somebody replied in the newer one."""
    with clock.pinned(NIGHT - timedelta(minutes=1)):
        old = make_topic(space, "Old", by=actor_of(ada))
    new = make_topic(space, "New", by=actor_of(ada))
    for topic in (old, new) if of_both else (new,):
        make_reply(topic)
    drain()
    return old, new


def waiting() -> list[tuple[str, int | None, str]]:
    return list(Letter.objects.order_by("thing_id").values_list("thing_key", "thing_id", "state"))


def moderator_of(*spaces: Space) -> Actor:
    person = make_person("Mo")
    for space in spaces:
        give(person, "space.moderator", space)
    return actor_of(person)


def test_a_letter_that_waits_follows_and_is_answered_where_its_topic_is_now(
    ada: Person, space: Space, client: Client
) -> None:
    set_option("talk.reply_domain", "reply.example", by=make_staff("owner"))
    with clock.pinned(NIGHT):
        old, new = told_at_night(ada, space)
        assert waiting() == [("talk.topic", new.id, "waiting")]
        address = new.get_absolute_url()
        actions.merge_topic(new, into=old, by=moderator_of(space))
        assert waiting() == [("talk.topic", old.id, "waiting")]
    with clock.pinned(MORNING):
        sent = message(Letter.objects.get()).message()
        assert read_address(str(sent["Reply-To"])) == Answering(ada.id, old.id)
        drain()
    assert waiting() == [("talk.topic", old.id, "kept")]
    assert address in Letter.objects.get().text
    assert client.get(address)["Location"].startswith(old.get_absolute_url())


def test_who_waits_for_letters_about_both_gets_one(ada: Person, space: Space) -> None:
    with clock.pinned(NIGHT):
        old, new = told_at_night(ada, space, of_both=True)
        actions.merge_topic(new, into=old, by=moderator_of(space))
    with clock.pinned(MORNING):
        drain()
    assert waiting() == [("talk.topic", old.id, "kept"), ("talk.topic", new.id, "stopped")]


def test_a_device_is_told_of_the_other_topic_once(ada: Person, space: Space, service: Service) -> None:  # noqa: F811
    device_of(ada)
    with clock.pinned(NIGHT):
        old, new = told_at_night(ada, space, of_both=True)
        actions.merge_topic(new, into=old, by=moderator_of(space))
        assert [row.reference for row in Push.objects.all()] == [("talk.topic", old.id)]
    with clock.pinned(MORNING):
        drain()
    ((_to, words, _wish),) = service.sent
    assert (words["to"], "Old" in words["title"]) == (old.get_absolute_url(), True)


def test_who_does_not_see_the_other_topic_is_told_nothing(ada: Person, space: Space, service: Service) -> None:  # noqa: F811
    closed = make_space("Diary", "private")
    author = make_insider(closed, name="Wim")
    device_of(ada)
    with clock.pinned(NIGHT):
        with clock.pinned(NIGHT - timedelta(minutes=1)):
            old = make_topic(closed, "What only we know", by=author)
        new = make_topic(space, "New", by=author)
        follow(("talk.topic", new.id), "watch", by=actor_of(ada))
        make_reply(new, by=make_actor("Nell"))
        drain()
        assert [row[:2] for row in waiting() if row[2] == "waiting"] == [("talk.topic", new.id)]
        actions.merge_topic(new, into=old, by=moderator_of(space, closed))
    with clock.pinned(MORNING):
        drain()
    assert [row[2] for row in waiting() if row[1] == old.id] == ["stopped"]
    assert json.dumps(service.sent) == "[]"
