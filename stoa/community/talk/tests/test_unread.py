"""Unread is exact: where somebody stopped, what is new since, and the way there."""

from datetime import timedelta

import pytest
from django.test import Client

from stoa.base import clock, ids
from stoa.base.actors import VISITOR, Actor
from stoa.base.errors import NotAllowed
from stoa.base.work.drain import drain
from stoa.community.talk import actions
from stoa.community.talk.models import CaughtUp, Progress, Reply, Topic
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.community.talk.unread import news_by_space, only_news, with_news
from stoa.people.actions.profile import block_person, follow
from stoa.people.models import Notice, Person
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.actions import entry
from stoa.spaces.tests.makers import make_insider, make_space

pytestmark = pytest.mark.django_db


def as_seen(topic: Topic, actor: Actor) -> tuple[bool, int]:
    """Whether it was never looked at, and how many replies are new."""
    row = vars(with_news(Topic.objects.visible_to(actor), actor).get(id=topic.id))
    return row["unseen"], row["news"]


def kinds(topic: Topic, actor: Actor) -> list[str]:
    """On which lists it stands."""
    rows = Topic.objects.visible_to(actor).here()
    return [kind for kind in ("new", "unread", "") if only_news(rows, actor, kind).filter(id=topic.id).exists()]


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(id=actor.own_id).account)
    return client


def test_a_topic_is_new_until_it_is_opened_and_unread_when_somebody_answers_after_that() -> None:
    ada, ben = make_actor("Ada"), make_actor("Ben")
    topic = make_topic(by=ben)
    assert (as_seen(topic, ada), kinds(topic, ada)) == ((True, 0), ["new", ""])
    actions.read_topic(topic, topic.id, by=ada)
    assert (as_seen(topic, ada), kinds(topic, ada)) == ((False, 0), [])
    first, second = make_reply(topic, by=ben), make_reply(topic, by=ben)
    assert (as_seen(topic, ada), kinds(topic, ada)) == ((False, 2), ["unread", ""])
    actions.read_topic(topic, first.id, by=ada)
    assert as_seen(topic, ada) == (False, 1)
    actions.read_topic(topic, second.id, by=ada)
    assert (as_seen(topic, ada), kinds(topic, ada)) == ((False, 0), [])


def test_where_somebody_stopped_never_goes_back() -> None:
    ada, topic = make_actor("Ada"), make_topic()
    first, second = make_reply(topic), make_reply(topic)
    assert actions.read_topic(topic, second.id, by=ada) == second.id
    actions.read_topic(topic, first.id, by=ada)
    assert Progress.objects.get().read_to == second.id


def test_nobody_reads_beyond_what_they_may_see() -> None:
    ada, ben, topic = make_actor("Ada"), make_actor("Ben"), make_topic()
    seen, hidden = make_reply(topic, by=ben), make_reply(topic, by=ben)
    actions.withdraw_reply(hidden, by=ben)
    assert actions.read_topic(topic, ids.at(clock.now() + timedelta(days=9)), by=ada) == seen.id
    later = make_reply(topic, by=ben)
    assert as_seen(topic, ada) == (False, 1)
    assert actions.read_topic(topic, later.id, by=ada) == later.id


def test_own_words_are_never_new() -> None:
    ada = make_actor("Ada")
    topic = make_topic(by=ada)
    make_reply(topic, by=ada)
    assert (as_seen(topic, ada), kinds(topic, ada)) == ((False, 0), [])


def test_what_is_withdrawn_or_hidden_is_never_new() -> None:
    ada, ben, topic = make_actor("Ada"), make_actor("Ben"), make_topic()
    actions.read_topic(topic, topic.id, by=ada)
    actions.withdraw_reply(make_reply(topic, by=ben), by=ben)
    actions.hide_reply(make_reply(topic, by=ben), by=make_actor("Moderator"))
    assert (as_seen(topic, ada), kinds(topic, ada)) == ((False, 0), [])


def test_what_people_write_whom_one_blocked_or_muted_is_not_new() -> None:
    ada, ben, topic = make_actor("Ada"), make_person("Ben"), make_topic()
    actions.read_topic(topic, topic.id, by=ada)
    make_reply(topic, by=actor_of(ben))
    block_person(ben, by=ada, kind="mute")
    ada = actor_of(Person.objects.get(id=ada.own_id))
    assert (as_seen(topic, ada), kinds(topic, ada)) == ((False, 0), [])
    assert kinds(make_topic(by=actor_of(ben)), ada) == []


def test_what_was_there_before_one_came_is_not_new_but_what_came_since_is() -> None:
    with clock.pinned(clock.now() - timedelta(days=30)):
        old = make_topic()
        make_reply(old)
    ada = make_actor("Ada")
    assert (as_seen(old, ada), kinds(old, ada)) == ((False, 0), [])
    make_reply(old)
    assert (as_seen(old, ada), kinds(old, ada)) == ((False, 1), ["unread", ""])


def test_what_a_closed_space_held_when_one_came_in_is_not_new() -> None:
    space, ada = make_space(visibility="private"), make_person("Ada")
    inside = make_insider(space)
    with clock.pinned(clock.now() + timedelta(minutes=1)):
        old = make_topic(space, by=inside)
    with clock.pinned(clock.now() + timedelta(minutes=2)):
        entry.let_in(ada, space, "space.member", by=inside)
        drain()
        assert kinds(old, actor_of(ada)) == []
    with clock.pinned(clock.now() + timedelta(minutes=3)):
        assert kinds(make_topic(space, by=inside), actor_of(ada)) == ["new", ""]


def test_all_of_a_space_or_all_there_is_counts_as_read_from_then_on() -> None:
    here, there, ada = make_space("Here"), make_space("There"), make_actor("Ada")
    topics = [make_topic(here), make_topic(there)]
    for topic in topics:
        make_reply(topic)
    assert news_by_space(ada) == {here.id: 1, there.id: 1}
    actions.catch_up(here, by=ada)
    assert news_by_space(ada) == {there.id: 1}
    actions.catch_up(None, by=ada)
    actions.catch_up(None, by=ada)
    assert (news_by_space(ada), CaughtUp.objects.count()) == ({}, 2)
    with clock.pinned(clock.now() + timedelta(seconds=1)):
        make_reply(topics[0])
        assert (as_seen(topics[0], ada), news_by_space(ada)) == ((False, 1), {here.id: 1})


def test_counts_never_tell_of_what_one_may_not_see() -> None:
    ada, secret, asking = make_actor("Ada"), make_space(visibility="secret"), make_space("Ask", ask_team=True)
    make_topic(secret, by=make_insider(secret))
    make_topic(asking, by=make_actor("Ben"))
    assert news_by_space(ada) == {}
    assert list(only_news(Topic.objects.visible_to(VISITOR), VISITOR)) == []


def test_a_muted_topic_or_space_has_nothing_new_unless_its_topic_is_followed() -> None:
    ada, space = make_actor("Ada"), make_space()
    muted, followed = make_topic(space), make_topic(space)
    follow(("talk.topic", muted.id), "mute", by=ada)
    assert (kinds(muted, ada), kinds(followed, ada)) == ([], ["new", ""])
    follow(("talk.topic", muted.id), "", by=ada)
    follow(("spaces.space", space.id), "mute", by=ada)
    assert (kinds(muted, ada), as_seen(muted, ada)) == ([], (False, 0))
    follow(("talk.topic", followed.id), "follow", by=ada)
    assert kinds(followed, ada) == ["new", ""]


def test_a_count_stops_at_a_hundred() -> None:
    ada, topic = make_actor("Ada"), make_topic()
    actions.read_topic(topic, topic.id, by=ada)
    author = make_actor("Ben").own_id
    Reply.objects.bulk_create([Reply(topic=topic, author_id=author, html="x") for _each in range(120)])
    assert as_seen(topic, ada) == (False, 100)
    assert "99+ new" in signed_in(ada).get("/topics/").content.decode()


def test_a_beacon_says_how_far_and_a_form_without_scripts_does_too() -> None:
    ada, topic = make_actor("Ada"), make_topic()
    first, second = make_reply(topic), make_reply(topic)
    client, address = signed_in(ada), f"/topics/{topic.shown_id}/progress/"
    assert client.post(address, {"to": first.shown_id, "beacon": "1"}).status_code == 204
    assert Progress.objects.get().read_to == first.id
    assert client.post(address, {"to": second.shown_id}).status_code == 303
    assert client.post(address, {"to": "nonsense"}).status_code == 303
    assert Progress.objects.get().read_to == second.id
    assert Client().post(address, {"to": second.shown_id}).status_code == 404
    with pytest.raises(NotAllowed):
        actions.catch_up(None, by=VISITOR)


def test_what_was_read_leaves_the_notices() -> None:
    ada, topic = make_person("Ada"), None
    topic = make_topic(by=actor_of(ada))
    first, second = make_reply(topic), make_reply(topic)
    drain()
    unread = Notice.objects.filter(person=ada, read_at=None)
    assert unread.get().count == 2
    actions.read_topic(topic, first.id, by=actor_of(ada))
    assert unread.count() == 1
    actions.read_topic(topic, second.id, by=actor_of(ada))
    assert unread.count() == 0


def test_the_page_draws_its_line_above_the_first_new_reply_and_keeps_it_there() -> None:
    ada, topic = make_actor("Ada"), make_topic()
    first, second = make_reply(topic), make_reply(topic)
    actions.read_topic(topic, first.id, by=ada)
    client = signed_in(ada)
    page = client.get(topic.get_absolute_url()).content.decode()
    assert (
        page.index(f'id="reply-{first.shown_id}"')
        < page.index('id="new"')
        < page.index(f'id="reply-{second.shown_id}"')
    )
    assert "Jump to what is new (1)" in page
    actions.read_topic(topic, second.id, by=ada)
    assert 'id="new"' not in client.get(topic.get_absolute_url()).content.decode()
    again = client.get(f"{topic.get_absolute_url()}?since={first.shown_id}").content.decode()
    assert ('id="new"' in again, "Mark as read" in again) == (True, False)


def test_one_jumps_to_what_is_new_and_to_the_newest_on_whatever_page_they_stand() -> None:
    ada, topic = make_actor("Ada"), make_topic()
    replies = [make_reply(topic) for _each in range(45)]
    client, here = signed_in(ada), topic.get_absolute_url()
    assert client.get(f"/topics/{topic.shown_id}/new/").headers["Location"] == here
    actions.read_topic(topic, replies[41].id, by=ada)
    new = client.get(f"/topics/{topic.shown_id}/new/").headers["Location"]
    assert new == f"{here}?after={replies[39].shown_id}#reply-{replies[42].shown_id}"
    newest = Client().get(f"/topics/{topic.shown_id}/newest/")
    assert newest.status_code == 404
    newest = client.get(f"/topics/{topic.shown_id}/newest/").headers["Location"]
    assert newest == f"{here}?after={replies[39].shown_id}#reply-{replies[44].shown_id}"


def test_spaces_say_in_how_many_topics_there_is_something_new() -> None:
    ada, space = make_actor("Ada"), make_space("Sewing")
    make_topic(space)
    make_topic(space)
    client = signed_in(ada)
    assert "2 topics with something new" in client.get("/spaces/").content.decode()
    assert client.post(f"/spaces/{space.shown_id}/progress/").status_code == 303
    assert "with something new" not in client.get("/spaces/").content.decode()


def test_a_space_counts_no_topic_that_its_list_leaves_out() -> None:
    space = make_space("Workshop", "members")
    ada, ben = make_actor("Ada"), make_person("Ben")
    topic = make_topic(space, by=actor_of(ben))
    make_reply(topic, by=make_actor("Cy"))
    assert news_by_space(ada)[space.id] == 1
    block_person(ben, by=ada)
    ada = actor_of(Person.objects.get(id=ada.own_id))
    assert news_by_space(ada)[space.id] == 0
