"""The loop: asked outside, answered here, told back; its four times."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from stoa.base import clock
from stoa.base.errors import NotPossible
from stoa.base.work.drain import drain
from stoa.bridge.actions import open_loop, tell_back
from stoa.bridge.models import Loop
from stoa.community.talk.actions import merge_topic
from stoa.community.talk.models import Topic
from stoa.community.talk.tests.makers import make_reply
from stoa.people.models import Identity, Person
from stoa.social.listen.models import Conversation, Message
from stoa.social.networks.models import Channel
from stoa.social.publish.tests.hostile import HostileNetwork
from stoa.social.publish.tests.makers import START, run
from stoa.spaces.models import Space
from stoa.spaces.tests.makers import make_space, make_staff

pytestmark = pytest.mark.django_db


def make_conversation(channel: Channel, number: int = 1) -> Conversation:
    stranger = Identity.objects.create(network=channel.network, remote_id=f"s{number}", handle=f"kettlefan{number}")
    now = clock.now()
    made = Conversation.objects.create(
        channel=channel, identity=stranger, root=f"m{number}", waiting_since=now, opened_at=now, last_at=now
    )
    Message.objects.create(
        conversation=made, channel=channel, direction="in", kind="mention", remote_id=f"m{number}", text="Why?", at=now,
    )  # fmt: skip
    return made


def test_the_four_times_are_kept(network: HostileNetwork, channel: Channel) -> None:
    conversation, by = make_conversation(channel), make_staff("community_manager")
    space = make_space(visibility="public")
    loop = open_loop(conversation, space=space, title="A kettle", source="@kettlefan asked.", by=by)
    assert "Why?" not in loop.topic.source
    reply = make_reply(loop.topic)
    drain()
    loop.refresh_from_db()
    assert (loop.answered_at, loop.told_at) == (reply.added_at, None)
    tell_back(loop, "It is answered here.", by=by)
    run()
    loop = Loop.objects.select_related("told").get(id=loop.id)
    assert loop.told
    assert (loop.told.state, loop.told_at) == ("published", loop.told.published_at)
    assert loop.told.answers == "m1"


def test_one_topic_for_one_conversation_and_never_in_a_closed_space(network: HostileNetwork, channel: Channel) -> None:
    conversation, by = make_conversation(channel), make_staff("community_manager")
    with pytest.raises(NotPossible):
        open_loop(conversation, space=make_space("Closed", "private"), title="A", source="B", by=by)
    open_loop(conversation, space=make_space("Open", "public"), title="A", source="B", by=by)
    with pytest.raises(NotPossible):
        open_loop(conversation, space=make_space("Other", "public"), title="A", source="B", by=by)
    assert Loop.objects.count() == 1


def test_the_conversation_leads_to_its_topic_and_back(
    network: HostileNetwork, channel: Channel, client: Client
) -> None:
    conversation, by = make_conversation(channel), make_staff("community_manager")
    client.force_login(Person.objects.get(id=by.person_id).account)

    def offered() -> str:
        page = client.get(conversation.address).content.decode()
        return next(word for word in ("Make a topic", "The topic made of it", "Tell it back") if word in page)

    assert offered() == "Make a topic"
    loop = open_loop(conversation, space=make_space(visibility="public"), title="A kettle", source="Asked.", by=by)
    assert offered() == "The topic made of it"
    make_reply(loop.topic)
    drain()
    assert offered() == "Tell it back"
    tell_back(Loop.objects.get(), "It is answered here.", by=by)
    assert offered() == "The topic made of it"


def opened_at(hour: int, channel: Channel, space: Space) -> Loop:
    with clock.pinned(START + timedelta(hours=hour)):
        asked = make_conversation(channel, hour)
        return open_loop(asked, space=space, title="A kettle", source="Asked.", by=make_staff("owner"))


def answered_at(hour: int, loop: Loop) -> datetime:
    with clock.pinned(START + timedelta(hours=hour)):
        make_reply(Topic.objects.get(id=loop.topic_id))
        drain()
    return START + timedelta(hours=hour)


def merge(one: Loop, into: Loop) -> None:
    with clock.pinned(START + timedelta(hours=5)):
        merge_topic(one.topic, into=Topic.objects.get(id=into.topic_id), by=make_staff("owner"))
        drain()


def test_two_that_asked_the_same_are_both_told_back_once_their_topics_are_one(
    network: HostileNetwork, channel: Channel
) -> None:
    space = make_space(visibility="public")
    first, second = opened_at(1, channel, space), opened_at(2, channel, space)
    merge(second, first)
    at = answered_at(6, first)
    with clock.pinned(START + timedelta(hours=7)):
        for loop in Loop.objects.all():
            tell_back(loop, "It is answered here.", by=make_staff("community_manager"))
    run(START + timedelta(hours=7))
    told = list(Loop.objects.order_by("id").values_list("topic_id", "answered_at", "told__answers"))
    assert told == [(first.topic_id, at, "m1"), (first.topic_id, at, "m2")]
    assert not Loop.objects.filter(told_at=None).exists()


def test_an_answer_from_before_it_was_asked_answers_no_question_that_is_merged_later(
    network: HostileNetwork, channel: Channel
) -> None:
    space = make_space(visibility="public")
    first = opened_at(1, channel, space)
    early = answered_at(2, first)
    second = opened_at(3, channel, space)
    merge(second, first)
    assert list(Loop.objects.order_by("id").values_list("answered_at", flat=True)) == [early, None]
    later = answered_at(6, first)
    assert list(Loop.objects.order_by("id").values_list("answered_at", flat=True)) == [early, later]
