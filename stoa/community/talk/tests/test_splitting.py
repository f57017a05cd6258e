"""Splitting a topic: replies go to a new one, and everything that stands by them goes along."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from stoa.base import actors, clock, ids
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.models import FactRow, SearchDocument
from stoa.base.work.drain import drain
from stoa.community.talk import actions
from stoa.community.talk.check import check
from stoa.community.talk.models import Mark, Progress, Reply, Split, Topic
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.community.talk.unread import news_in, with_news
from stoa.people.actions.profile import follow
from stoa.people.models import Follow, Person
from stoa.people.tests.makers import make_actor
from stoa.spaces.models import Space
from stoa.spaces.tests.makers import give, make_insider, make_space

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
TITLE, WORDS = "Rust on zips", "This became its own thing."


@pytest.fixture
def space() -> Space:
    return make_space("Sewing", "public")


@pytest.fixture
def moderator(space: Space) -> Actor:
    return make_insider(space, "space.moderator", "Mo")


def talked(space: Space, count: int = 4) -> tuple[Topic, list[Reply]]:
    """A topic of Amara's with replies by Nell and Ines in turn, a minute apart."""
    with clock.pinned(NOW):
        topic = make_topic(space)
    people, replies = [make_actor("Nell"), make_actor("Ines")], []
    for number in range(count):
        with clock.pinned(NOW + timedelta(minutes=number + 1)):
            replies.append(make_reply(topic, f"Reply {number}", by=people[number % 2]))
    topic.refresh_from_db()
    return topic, replies


def split(topic: Topic, picked: list[int], *, to: Space, by: Actor, and_after: bool = False) -> Topic:
    return actions.split_topic(topic, picked, title=TITLE, source=WORDS, to=to, by=by, and_after=and_after)


def numbers(rows: list[Reply]) -> list[int]:
    return [row.id for row in rows]


def of(topic: Topic) -> list[int]:
    return list(topic.replies.in_order().values_list("id", flat=True))


def test_picked_replies_stand_in_a_new_topic_with_their_ids_authors_and_times(space: Space, moderator: Actor) -> None:
    topic, replies = talked(space)
    before = list(Reply.objects.in_order().values("id", "author", "added_at", "source"))
    new = split(topic, numbers([replies[1], replies[3]]), to=space, by=moderator)
    assert (of(topic), of(new)) == (numbers([replies[0], replies[2]]), numbers([replies[1], replies[3]]))
    assert list(Reply.objects.in_order().values("id", "author", "added_at", "source")) == before
    assert (new.title, new.author_id, new.opened_at) == ("Rust on zips", moderator.own_id, replies[1].added_at)
    assert new.id < replies[1].id
    assert list(check()) == []


def test_the_counters_of_both_are_those_of_their_replies(space: Space, moderator: Actor) -> None:
    topic, replies = talked(space)
    new = split(topic, numbers(replies[2:]), to=space, by=moderator)
    topic.refresh_from_db()
    new.refresh_from_db()
    assert (topic.replies_count, topic.bumped_at) == (2, replies[1].added_at)
    assert (new.replies_count, new.bumped_at, new.answered_at) == (2, replies[3].added_at, replies[2].added_at)
    assert (new.last_reply_by_id, topic.last_reply_by_id) == (replies[3].author_id, replies[1].author_id)


def test_everything_after_the_last_picked_goes_along_where_that_is_asked(space: Space, moderator: Actor) -> None:
    topic, replies = talked(space)
    new = split(topic, [replies[1].id], to=space, by=moderator, and_after=True)
    assert of(new) == numbers(replies[1:])


def test_signs_versions_and_search_follow(space: Space, moderator: Actor) -> None:
    topic, replies = talked(space)
    reader = make_actor("Reader")
    actions.leave_mark(replies[1], "thanks", by=reader)
    new = split(topic, [replies[1].id], to=space, by=moderator)
    assert Mark.objects.get().topic_id == new.id
    found = SearchDocument.objects.get(thing_key="talk.reply", thing_id=replies[1].id)
    assert found.title == "Rust on zips"
    assert SearchDocument.objects.filter(thing_key="talk.topic", thing_id=new.id).exists()
    assert list(check()) == []


def test_an_accepted_answer_that_leaves_no_longer_settles_the_question(space: Space, moderator: Actor) -> None:
    topic = make_topic(space)
    Topic.objects.filter(id=topic.id).update(kind="question")
    topic.refresh_from_db()
    reply = make_reply(topic)
    actions.accept_answer(reply, by=moderator)
    new = split(topic, [reply.id], to=space, by=moderator)
    topic.refresh_from_db()
    assert (topic.accepted_id, new.accepted_id, topic.answered_at) == (None, None, None)
    assert FactRow.objects.filter(name="talk.acceptance_taken_back", about_id=topic.id).count() == 1
    assert list(check()) == []


def test_what_was_read_stays_read_and_what_was_new_stays_new(space: Space, moderator: Actor) -> None:
    with clock.pinned(NOW - timedelta(days=1)):
        far, near, none = (make_actor(name) for name in ("Far", "Near", "None"))
    topic, replies = talked(space)
    actions.read_topic(topic, replies[3].id, by=far)
    actions.read_topic(topic, replies[2].id, by=near)
    new = split(topic, numbers([replies[1], replies[3]]), to=space, by=moderator)
    left = {}
    for each in (far, near, none):
        row = with_news(Topic.objects.filter(id=new.id), each).get()
        left[each.person_id] = [reply.id for reply in news_in(row, each)]
    assert left == {
        far.person_id: [],
        near.person_id: [replies[3].id],
        none.person_id: numbers([replies[1], replies[3]]),
    }
    assert not Progress.objects.filter(person=none.own_id).exists()


def test_who_watches_goes_along_who_muted_and_who_may_not_read_does_not(space: Space, moderator: Actor) -> None:
    inside = make_space("Inside", "private")
    give(Person.objects.get(id=moderator.own_id), "space.moderator", inside)
    member, outsider, silent = make_insider(inside, "space.member", "Member"), make_actor("Out"), make_actor("Silent")
    give(Person.objects.get(id=silent.own_id), "space.member", inside)
    topic, replies = talked(space)
    drain()
    for each in (member, outsider):
        follow(("talk.topic", topic.id), "watch", by=each)
    follow(("talk.topic", topic.id), "mute", by=silent)
    new = split(topic, [replies[0].id], to=inside, by=actors.of_person(moderator.own_id))
    there = Follow.objects.filter(thing_key="talk.topic", thing_id=new.id).values_list("person_id", "level")
    assert list(there) == [(member.own_id, "watch")]


@pytest.mark.parametrize("closed", ["private", "secret"])
def test_in_a_closed_space_only_its_readers_see_replies_and_the_line_that_says_where_they_are(
    space: Space, moderator: Actor, closed: str, client: Client
) -> None:
    inside = make_space("Inside", closed)
    mover = Person.objects.get(id=moderator.own_id)
    give(mover, "space.moderator", inside)
    topic, replies = talked(space)
    new = split(topic, [replies[0].id], to=inside, by=actors.of_person(moderator.own_id))
    page = client.get(topic.get_absolute_url()).content.decode()
    assert ("Rust on zips" in page, "moved to" in page, "Reply 0" in page) == (False, False, False)
    assert client.get(new.get_absolute_url()).status_code == 404
    client.force_login(mover.account)
    page = client.get(topic.get_absolute_url()).content.decode()
    assert "1 reply moved to" in page
    assert "1 reply came from" in client.get(new.get_absolute_url()).content.decode()


def test_a_split_is_refused_without_the_right_in_both_spaces_and_nothing_changes(space: Space) -> None:
    topic, replies = talked(space)
    elsewhere = make_space("Elsewhere", "private")
    with pytest.raises(NotAllowed):
        split(topic, numbers(replies), to=space, by=make_actor("Amara"))
    moderator = make_insider(space, "space.moderator", "Mo")
    with pytest.raises(NotAllowed):
        split(topic, numbers(replies), to=elsewhere, by=moderator)
    assert (Topic.objects.count(), Split.objects.count(), of(topic)) == (1, 0, numbers(replies))


def test_without_a_reply_of_this_topic_nothing_is_split(space: Space, moderator: Actor) -> None:
    topic, _replies = talked(space)
    other = make_reply(make_topic(space))
    for picked in ([], [other.id], [ids.new()]):
        with pytest.raises(Invalid):
            split(topic, picked, to=space, by=moderator)
    assert (Topic.objects.count(), other.topic_id) == (2, Reply.objects.get(id=other.id).topic_id)


def test_where_each_sees_only_their_own_topics_nothing_is_split(space: Space, moderator: Actor) -> None:
    topic, replies = talked(space)
    Space.objects.filter(id=space.id).update(ask_team=True)
    with pytest.raises(NotPossible):
        split(Topic.objects.select_related("space").get(id=topic.id), [replies[0].id], to=space, by=moderator)
    assert Split.objects.count() == 0


def test_a_live_page_of_the_old_topic_is_told(space: Space, moderator: Actor) -> None:
    topic, replies = talked(space)
    new = split(topic, numbers(replies[:2]), to=space, by=moderator)
    row = FactRow.objects.get(name="talk.topic_split")
    assert (row.about_key, row.about_id) == ("talk.topic", topic.id)
    assert {key: int(value) for key, value in row.content.items()} == {
        "topic": topic.id, "space": space.id, "into": new.id, "into_space": space.id, "count": 2,
    }  # fmt: skip


def test_picking_goes_over_pages_and_keeps_what_was_typed(space: Space, moderator: Actor, client: Client) -> None:
    with clock.pinned(NOW):
        topic = make_topic(space)
    nell = make_actor("Nell")
    replies = []
    for number in range(55):
        with clock.pinned(NOW + timedelta(seconds=number + 1)):
            replies.append(make_reply(topic, f"Reply {number}", by=nell))
    client.force_login(Person.objects.get(id=moderator.own_id).account)
    at = reverse("talk:split", kwargs={"topic_id": topic.id})
    first = client.get(at).content.decode()
    assert (first.count('name="picked"'), f'value="{replies[49].shown_id}" formnovalidate' in first) == (50, True)
    sent = {
        "shown": [each.shown_id for each in replies[:50]],
        "picked": [replies[2].shown_id],
        "title": "Kept title",
        "source": "Kept words.",
        "space": space.shown_id,
    }
    second = client.post(at, {**sent, "go": replies[49].shown_id}).content.decode()
    assert (second.count('name="picked"'), "1 picked on another page" in second) == (5, True)
    assert ("Kept title" in second, "Kept words." in second) == (True, True)
    last = {
        **sent,
        "elsewhere": replies[2].shown_id,
        "shown": [each.shown_id for each in replies[50:]],
        "picked": [replies[51].shown_id],
    }
    answer = client.post(at, last)
    new = Topic.objects.get(title="Kept title")
    assert (answer.status_code, answer["Location"]) == (303, new.get_absolute_url())
    assert of(new) == numbers([replies[2], replies[51]])


def test_a_split_without_a_title_is_refused_beside_the_field_and_keeps_the_picks(
    space: Space, moderator: Actor, client: Client
) -> None:
    topic, replies = talked(space)
    client.force_login(Person.objects.get(id=moderator.own_id).account)
    at = reverse("talk:split", kwargs={"topic_id": topic.id})
    given = {
        "shown": [r.shown_id for r in replies],
        "picked": [replies[1].shown_id],
        "title": "",
        "source": "Words.",
        "space": space.shown_id,
    }
    answer = client.post(at, given)
    page = answer.content.decode()
    assert (answer.status_code, Topic.objects.count()) == (422, 1)
    assert page.count(" checked") == 1
    assert "Words." in page
