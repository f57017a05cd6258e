"""The bell counts what the list of notices shows; an Actor knows of which kinds of things unread notices speak, so that it asks little."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stoa.base import actors
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.people.actions.notice import tell
from stoa.people.models import Notice
from stoa.people.reading import count_unread, notices_page
from stoa.people.tests.makers import make_actor
from stoa.spaces.models import Grant
from stoa.spaces.tests.makers import make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db


def test_the_bell_counts_what_the_list_shows_and_no_more() -> None:
    closed, open_ = make_space("Cellar", "private"), make_space("Sewing", "members")
    reader, by = make_insider(closed, name="Reader"), make_insider(closed, name="Other")
    topics = [make_topic(closed, by=by), make_topic(closed, by=by), make_topic(open_, by=make_actor("Amara"))]
    reply = make_reply(topics[2], by=make_actor("Tomasz"))
    Notice.objects.all().delete()
    for topic in topics:
        tell([reader.own_id], "talk.mention", ("talk.topic", topic.id), by=by)
    tell([reader.own_id], "talk.mention", ("talk.reply", reply.id), by=by)
    assert (count_unread(reader), len(notices_page(reader).notices)) == (4, 4)
    Grant.objects.filter(person_id=reader.person_id, scope_kind="space").delete()
    outside = make_staff("moderator")
    Notice.objects.update(person_id=outside.own_id)
    with CaptureQueriesContext(connection) as asked:
        assert count_unread(outside) == 2
    assert len(asked) == 2
    shown = notices_page(outside).notices
    assert {each.notice.reference for each in shown} == {("talk.topic", topics[2].id), ("talk.reply", reply.id)}
    Notice.objects.filter(id=shown[0].notice.id).update(kind="a.kind.that.is.gone")
    assert (count_unread(outside), len(notices_page(outside).notices)) == (1, 1)


def test_a_bell_without_unread_notices_asks_one_query_and_looks_at_no_thing() -> None:
    reader = make_actor("Reader")
    with CaptureQueriesContext(connection) as asked:
        assert count_unread(reader) == 0
    assert len(asked) == 1


def test_an_actor_brings_along_of_what_unread_notices_speak_so_that_a_bell_asks_once_or_not_at_all() -> None:
    space = make_space("Sewing", "members")
    reader, by = make_insider(space, name="Reader"), make_insider(space, name="Other")
    with CaptureQueriesContext(connection) as asked:
        assert count_unread(reader, actors.of_person(reader.own_id).told_of) == 0
    assert len(asked) == 2  # those that load the Actor
    topics = [make_topic(space, by=by), make_topic(space, by=by)]
    for key, number in [("talk.topic", topics[0].id), ("talk.topic", topics[1].id), ("people.person", by.own_id)]:
        tell([reader.own_id], "talk.mention", (key, number), by=by)
    loaded = actors.of_person(reader.own_id)
    assert loaded.told_of == {"talk.topic", "people.person"}
    with CaptureQueriesContext(connection) as asked:
        assert count_unread(loaded, loaded.told_of) == 3
    assert len(asked) == 1
