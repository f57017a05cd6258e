"""The community record beside a conversation: under the reader's rights, and only for an account that is somebody's by proof."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stoa.base import clock
from stoa.bridge.actions import open_loop
from stoa.bridge.record import record_of
from stoa.bridge.tests.makers import make_right
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.people.models import Person
from stoa.people.tests.makers import actor_of, make_person
from stoa.social.listen.models import Conversation
from stoa.social.listen.tests.makers import identity_of, make_conversation
from stoa.social.networks.models import Channel
from stoa.social.networks.tests.makers import make_channel
from stoa.spaces.tests.makers import give, make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db


def link(handle: str, person: Person) -> None:
    identity = identity_of(handle)
    identity.person = person
    identity.save(update_fields=["person"])


def loaded(conversation: Conversation) -> Conversation:
    return Conversation.objects.with_faces().get(id=conversation.id)


def test_a_member_is_shown_with_what_this_reader_may_see(channel: Channel) -> None:
    sewing, closed = make_space("Sewing", "public"), make_space("Crew", "private")
    ada = make_insider(closed, "space.member", "Ada")
    topic, hidden = make_topic(sewing, "Zips", by=ada), make_topic(closed, "Locks", by=ada)
    make_reply(topic, by=ada)
    make_right(topic)
    conversation = make_conversation(channel)
    link("kettlefan", Person.objects.get(id=ada.person_id))
    reader = make_staff("owner")
    member = record_of(loaded(conversation), reader).member
    assert member
    assert (member.topics, member.replies, member.rights, member.asked) == (1, 1, 1, 0)
    assert [each.title for each in member.newest] == ["Zips"]
    give(Person.objects.get(id=reader.person_id), "space.member", closed)
    again = record_of(loaded(conversation), actor_of(Person.objects.get(id=reader.person_id))).member
    assert again
    assert (again.topics, hidden in again.newest) == (2, True)


def test_of_a_stranger_there_is_only_what_was_said_before(channel: Channel) -> None:
    by = make_staff("community_manager")
    first = make_conversation(channel)
    assert record_of(first, by).is_empty
    loop = open_loop(first, space=make_space(visibility="public"), title="A kettle", source="Asked.", by=by)
    with clock.moved(by=timedelta(hours=1)):
        second = make_conversation(channel, "And the lid?")
    make_conversation(channel, "Hello.", handle="somebody")
    record = record_of(second, by)
    assert (record.member, record.others, record.has_more, record.loops) == (None, [first], False, [loop])
    assert record_of(first, by).loops == []


def test_conversations_of_channels_that_the_reader_does_not_read_are_not_told_of(channel: Channel) -> None:
    other = make_channel(channel.network, "bench")
    first, second = make_conversation(other), make_conversation(channel)
    person = make_person("Tia")
    give(person, "social_media_manager", channel)
    reader = actor_of(person)
    assert list(Conversation.objects.visible_to(reader)) == [second]
    assert record_of(second, reader).others == []
    assert record_of(second, make_staff("owner")).others == [first]


def test_the_page_shows_it_within_its_budget(channel: Channel, client: Client) -> None:
    conversation, ada = make_conversation(channel), make_person("Ada")
    link("kettlefan", ada)
    reader = make_staff("owner")
    client.force_login(Person.objects.get(id=reader.person_id).account)  # type: ignore[arg-type]
    page = client.get(conversation.address).content.decode()
    assert "In the community" in page
    assert ada.address in page
    with CaptureQueriesContext(
        connection,
    ) as counted:
        record_of(loaded(conversation), reader)
    assert len(counted) <= 8
