"""The loop: asked outside, answered here, told back; its four times."""

import pytest
from django.test import Client

from stoa.base import clock
from stoa.base.errors import NotPossible
from stoa.base.work.drain import drain
from stoa.bridge.actions import open_loop, tell_back
from stoa.bridge.models import Loop
from stoa.community.talk.tests.makers import make_reply
from stoa.people.models import Identity, Person
from stoa.social.listen.models import Conversation, Message
from stoa.social.networks.models import Channel
from stoa.social.publish.tests.hostile import HostileNetwork
from stoa.social.publish.tests.makers import run
from stoa.spaces.tests.makers import make_space, make_staff

pytestmark = pytest.mark.django_db


def make_conversation(channel: Channel) -> Conversation:
    stranger = Identity.objects.create(network=channel.network, remote_id="s1", handle="kettlefan")
    now = clock.now()
    made = Conversation.objects.create(
        channel=channel, identity=stranger, root="m1", waiting_since=now, opened_at=now, last_at=now
    )
    Message.objects.create(
        conversation=made, channel=channel, direction="in", kind="mention", remote_id="m1", text="Why?", at=now
    )
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
