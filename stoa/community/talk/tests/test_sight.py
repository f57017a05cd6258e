"""Who sees which topics and replies, in lists, in search, in notices and on the pages."""

import pytest
from django.test import Client

from stoa.base import search
from stoa.base.actors import VISITOR, Actor
from stoa.base.text import write
from stoa.base.work.drain import drain
from stoa.community.talk import actions
from stoa.community.talk.models import Reply, Topic
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.people.models import Notice
from stoa.people.tests.makers import make_actor, make_person
from stoa.spaces.readers import search_readable
from stoa.spaces.tests.makers import make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db


def seen(actor: Actor) -> set[int]:
    return set(Topic.objects.visible_to(actor).values_list("id", flat=True))


def found(actor: Actor, asked: str = "canary") -> set[int]:
    return {hit.thing_id for hit in search.query(asked, to=search_readable(actor))}


@pytest.mark.parametrize(
    ("visibility", "visitor", "member", "owner"),
    [
        ("public", True, True, True),
        ("members", False, True, True),
        ("private", False, False, False),
        ("secret", False, False, False),
    ],
)
def test_a_topic_is_seen_and_found_as_far_as_its_space(
    visibility: str, visitor: bool, member: bool, owner: bool
) -> None:
    space = make_space(visibility=visibility)
    inside = make_insider(space)
    topic = make_topic(space, "canary", by=inside)
    for actor, expected in [(VISITOR, visitor), (make_actor(), member), (make_staff("owner"), owner), (inside, True)]:
        assert (topic.id in seen(actor), topic.id in found(actor)) == (expected, expected)


def test_where_each_sees_only_their_own_others_see_nothing_but_stewards_all() -> None:
    space = make_space(ask_team=True)
    ada, ben, steward = make_actor("Ada"), make_actor("Ben"), make_insider(space, "space.steward")
    topic = make_topic(space, "canary", by=ada)
    assert [topic.id in seen(actor) for actor in (ada, ben, steward)] == [True, False, True]
    assert [topic.id in found(actor) for actor in (ada, ben, steward)] == [True, False, True]


def test_what_is_hidden_is_seen_by_its_author_and_the_spaces_moderators_only() -> None:
    ada, moderator = make_actor("Ada"), make_staff("moderator")
    topic = make_topic(title="canary", by=ada)
    reply = make_reply(topic, "canary too", by=ada)
    actions.hide_reply(reply, by=moderator)
    rows = {
        actor: Reply.objects.visible_to(actor).filter(id=reply.id).exists() for actor in (ada, moderator, make_actor())
    }
    assert list(rows.values()) == [True, True, False]
    actions.hide_topic(topic, by=moderator)
    assert [topic.id in seen(actor) for actor in (ada, moderator, make_actor())] == [True, True, False]
    assert found(ada) == set()
    actions.restore_topic(topic, by=moderator)
    actions.restore_reply(reply, by=moderator)
    assert found(make_actor()) == {topic.id, reply.id}


def test_a_moved_topic_leaves_the_search_of_those_outside() -> None:
    closed = make_space("Team", "private")
    topic = make_topic(make_space("Open", "public"), "canary")
    make_reply(topic, "canary")
    Topic.objects.filter(id=topic.id).update(space=closed)
    topic.refresh_from_db()
    mover = make_insider(closed, "space.steward")
    actions.move_topic(topic, to=closed, by=mover)
    assert (found(make_actor()), len(found(mover))) == (set(), 2)


def test_notices_reach_only_those_who_may_see() -> None:
    secret = make_space("Council", "secret")
    inside, outside = make_insider(secret), make_person("Oda")
    topic = make_topic(secret, "canary", f"@[person:{outside.shown_id}] come", by=inside)
    assert outside.id in write(topic.source).person_ids
    drain()
    assert Notice.objects.filter(person=outside).count() == 0


def test_the_author_is_told_of_a_reply_once_however_many_follow() -> None:
    ada, ben = make_actor("Ada"), make_actor("Ben")
    topic = make_topic(by=ada)
    make_reply(topic, by=ben)
    make_reply(topic, by=ben)
    drain()
    notice = Notice.objects.get()
    assert (notice.person_id, notice.kind, notice.count, notice.thing_id) == (ada.person_id, "talk.reply", 2, topic.id)


def test_the_page_of_what_may_not_be_seen_is_the_page_of_what_is_missing(client: Client) -> None:
    space = make_space("Team", "private")
    topic = make_topic(space, by=make_insider(space))
    hidden = client.get(topic.get_absolute_url())
    missing = client.get("/topics/0000000000000-none/")
    assert (hidden.status_code, hidden.content) == (404, missing.content)
