"""Merging a topic into an older one."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from stoa.base import actors, clock, files
from stoa.base.actors import Actor
from stoa.base.errors import NotPossible
from stoa.base.models import File, SearchDocument
from stoa.base.work.drain import drain
from stoa.community.talk import actions
from stoa.community.talk.check import check
from stoa.community.talk.models import IdeaVote, Mark, Presence, Progress, Reply, Topic
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.community.talk.tests.pairs import MINUTE, NOW, pair
from stoa.community.talk.unread import news_in, with_news
from stoa.moderation.actions.report import report
from stoa.moderation.subjects import subject_of
from stoa.moderation.tests.makers import make_decision, make_guidelines
from stoa.people.actions.bookmarks import bookmark
from stoa.people.actions.leaving import erase_person
from stoa.people.actions.profile import follow
from stoa.people.models import Bookmark, Follow, Notice, Person
from stoa.people.tests.makers import make_actor, make_person
from stoa.spaces.models import Space
from stoa.spaces.tests.makers import give, make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def space() -> Space:
    return make_space("Sewing", "public")


@pytest.fixture
def moderator(space: Space) -> Actor:
    return make_insider(space, "space.moderator", "Mo")


def test_its_text_becomes_a_reply_and_all_stand_in_the_order_of_time(space: Space, moderator: Actor) -> None:
    old, new, replies = pair(space)
    merged = actions.merge_topic(new, into=old, by=moderator)
    there = list(old.replies.in_order())
    assert merged == old
    assert [reply.source for reply in there] == ["The new words.", "Reply 0", "Reply 1", "Reply 2", "Reply 3"]
    assert [reply.id for reply in there] == [new.id, *(reply.id for reply in replies)]
    assert (there[0].author_id, there[0].added_at) == (new.author_id, NOW + MINUTE)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.replies_count, old.answered_at, old.bumped_at) == (5, NOW + MINUTE, NOW + 5 * MINUTE)
    assert (new.presence, new.merged_into_id, new.source, new.html) == (Presence.MERGED, old.id, "", "")
    assert list(check()) == []


def test_who_answered_its_author_goes_on_answering_them(space: Space, moderator: Actor) -> None:
    old, new, replies = pair(space)
    author = actors.of_person(new.author_id)
    own = make_reply(new, "Any news?", by=author)
    to_nell = actions.add_reply(new, source="To Nell.", by=make_actor("Pia"), answers=replies[1])
    actions.merge_topic(new, into=old, by=moderator)
    answered = dict(Reply.objects.filter(topic=old).values_list("id", "answers"))
    assert [answered[reply.id] for reply in replies] == [None, new.id, None, new.id]
    assert (answered[own.id], answered[to_nell.id], answered[new.id]) == (None, replies[1].id, None)


def test_its_address_leads_to_the_other_for_whoever_may_see_that_one(
    space: Space, moderator: Actor, client: Client
) -> None:
    old, new, _replies = pair(space)
    address = new.get_absolute_url()
    actions.merge_topic(new, into=old, by=moderator)
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (303, f"{old.get_absolute_url()}#reply-{new.shown_id}")
    page = client.get(old.get_absolute_url()).content.decode()
    assert "This became part of it" in page
    Space.objects.filter(id=space.id).update(visibility="secret", joining="invite")
    assert client.get(address).status_code == 404
    assert client.get(reverse("talk:topic_short", kwargs={"topic_id": new.id})).status_code == 404


def test_it_is_in_no_list_any_more_not_even_its_authors(space: Space, moderator: Actor) -> None:
    old, new, _replies = pair(space)
    actions.merge_topic(new, into=old, by=moderator)
    for actor in (actors.of_person(new.author_id), moderator, make_staff("owner")):
        assert list(Topic.objects.visible_to(actor)) == [old]
    found = SearchDocument.objects.filter(thing_key="talk.topic").values_list("thing_id", flat=True)
    assert list(found) == [old.id]
    words = SearchDocument.objects.get(thing_key="talk.reply", thing_id=new.id)
    assert (words.title, words.body) == ("Old", "The new words.")


def test_signs_bookmarks_pictures_and_notices_follow(space: Space, moderator: Actor) -> None:
    old, new, _replies = pair(space)
    reader = make_actor("Reader")
    actions.leave_mark(new, "thanks", by=reader)
    bookmark(("talk.topic", new.id), by=reader)
    drain()
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(drawn, "PNG")
    drawn.seek(0)
    author = actors.of_person(new.author_id)
    kept = files.keep_picture(drawn, by=author, name="zip.png")
    files.attach([kept.id], ("talk.topic", new.id), by=author)
    told = Notice.objects.filter(person=new.author_id, kind="talk.reply").get()
    actions.merge_topic(new, into=old, by=moderator)
    mark = Mark.objects.get()
    assert (mark.topic_id, mark.reply_id) == (old.id, new.id)
    assert Bookmark.objects.get().reference == ("talk.reply", new.id)
    file = File.objects.get(id=kept.id)
    assert (file.thing_key, file.thing_id) == ("talk.reply", new.id)
    told.refresh_from_db()
    assert told.reference == ("talk.topic", old.id)
    thanked = Notice.objects.get(kind="talk.thanks")
    assert thanked.reference == ("talk.reply", new.id)


def test_unread_notices_of_both_become_one(space: Space, moderator: Actor) -> None:
    old, new, _replies = pair(space)
    reader = make_actor("Reader")
    drain()
    for topic in (old, new):
        follow(("talk.topic", topic.id), "watch", by=reader)
        make_reply(topic, "Once more.", by=make_actor("Nora"))
    drain()
    actions.merge_topic(new, into=old, by=moderator)
    notice = Notice.objects.get(person=reader.own_id)
    assert (notice.reference, notice.count) == (("talk.topic", old.id), 2)


def test_followers_follow_the_other_as_they_did_and_no_mute_is_overridden(space: Space, moderator: Actor) -> None:
    old, new, _replies = pair(space)
    watcher, muted, silent, both = (make_actor(name) for name in ("Watcher", "Muted", "Silent", "Both"))
    drain()
    follow(("talk.topic", new.id), "watch", by=watcher)
    follow(("talk.topic", new.id), "watch", by=muted)
    follow(("talk.topic", old.id), "mute", by=muted)
    follow(("talk.topic", new.id), "mute", by=silent)
    follow(("talk.topic", new.id), "watch", by=both)
    follow(("talk.topic", old.id), "follow", by=both)
    actions.merge_topic(new, into=old, by=moderator)
    rows = dict(Follow.objects.filter(thing_id=old.id).values_list("person_id", "level"))
    assert [rows.get(each.own_id) for each in (watcher, muted, silent, both)] == ["watch", "mute", None, "follow"]
    assert rows[new.author_id] == "watch"
    assert not Follow.objects.filter(thing_id=new.id).exists()


def test_each_reader_stops_just_before_the_first_that_they_have_not_read(space: Space, moderator: Actor) -> None:
    with clock.pinned(NOW - timedelta(days=1)):
        all_read, only_old, only_new, neither = (make_actor(name) for name in ("A", "B", "C", "D"))
    old, new, replies = pair(space)
    for each, topics in ((all_read, (old, new)), (only_old, (old,)), (only_new, (new,))):
        for topic in topics:
            actions.read_topic(topic, replies[3].id, by=each)
    actions.merge_topic(new, into=old, by=moderator)
    left = {}
    for each in (all_read, only_old, only_new, neither):
        row = with_news(Topic.objects.filter(id=old.id), each).get()
        left[each.name] = (vars(row)["unseen"], [reply.source for reply in news_in(row, each)])
    words = ["The new words.", "Reply 0", "Reply 1", "Reply 2", "Reply 3"]
    assert left == {"A": (False, []), "B": (False, words), "C": (True, words), "D": (True, words)}
    assert not Progress.objects.filter(topic=new).exists()
    assert list(check()) == []


def test_what_was_settled_there_settles_the_other_question(space: Space, moderator: Actor) -> None:
    old, new, replies = pair(space)
    Topic.objects.update(kind="question")
    actions.accept_answer(Reply.objects.select_related("topic__space").get(id=replies[1].id), by=moderator)
    new.refresh_from_db()
    actions.merge_topic(new, into=Topic.objects.select_related("space").get(id=old.id), by=moderator)
    old.refresh_from_db()
    assert old.accepted_id == replies[1].id
    assert list(check()) == []


def test_votes_for_an_idea_go_with_it_into_another_idea_each_person_once(space: Space, moderator: Actor) -> None:
    first = actions.open_topic(space, title="Bench", source="A bench.", kind="idea", by=make_actor("Amara"))
    second = actions.open_topic(space, title="A bench", source="Please.", kind="idea", by=make_actor("Bo"))
    one, two = make_actor("One"), make_actor("Two")
    for topic, voter in ((first, one), (second, one), (second, two)):
        actions.vote_for(topic, by=voter)
    actions.merge_topic(second, into=first, by=moderator)
    first.refresh_from_db()
    assert (first.votes_count, IdeaVote.objects.count()) == (2, 2)
    assert list(check()) == []


def test_a_reply_sent_to_the_old_address_meanwhile_stands_in_the_other(
    space: Space, moderator: Actor, client: Client
) -> None:
    old, new, _replies = pair(space)
    writer = make_person("Writer")
    actions.merge_topic(new, into=old, by=moderator)
    client.force_login(writer.account)
    answer = client.post(reverse("talk:replies", kwargs={"topic_id": new.id}), {"source": "Just in time."})
    assert answer.status_code == 303
    assert Reply.objects.get(author=writer).topic_id == old.id
    with pytest.raises(NotPossible):
        make_reply(Topic.objects.select_related("space").get(id=new.id), by=make_actor("Late"))


def test_a_case_about_it_hides_and_restores_the_words_where_they_stand_now(space: Space, moderator: Actor) -> None:
    clause = make_guidelines().clauses.get(part=1)
    old, new, _replies = pair(space)
    subject = subject_of("talk.topic")
    assert subject is not None
    case = report(subject, new.id, clause=clause, words="Look.", by=make_actor("Reporter")).case
    actions.merge_topic(new, into=old, by=moderator)
    decision = make_decision(case, "hide", by=make_staff("moderator", "Bashir"))
    words = Reply.objects.get(id=new.id)
    assert (decision.hid, words.presence) == (True, Presence.HIDDEN)
    row = subject.find(new.id)
    assert subject.snapshot(row).text == "The new words."
    subject.restore(row, by=moderator)
    words.refresh_from_db()
    assert words.presence == Presence.HERE


def test_its_author_who_leaves_leaves_no_words(space: Space, moderator: Actor) -> None:
    old, new, _replies = pair(space)
    actions.merge_topic(new, into=old, by=moderator)
    person = Person.objects.get(id=new.author_id)
    erase_person(person, by=actors.of_person(person.id))
    new.refresh_from_db()
    assert (new.title, Reply.objects.get(id=new.id).source) == ("—", "")
    assert list(check()) == []


@pytest.mark.parametrize("closed", ["private", "secret"])
def test_in_a_closed_space_only_its_readers_see_it(space: Space, moderator: Actor, closed: str, client: Client) -> None:
    inside = make_space("Inside", closed)
    give(Person.objects.get(id=moderator.own_id), "space.moderator", inside)
    with clock.pinned(NOW - MINUTE):
        hidden = make_topic(inside, "Hidden", by=make_insider(inside, "space.member", "Anatole"))
    _old, new, replies = pair(space)
    actions.merge_topic(new, into=hidden, by=actors.of_person(moderator.own_id))
    assert client.get(new.get_absolute_url()).status_code == 404
    assert client.get(reverse("talk:reply", kwargs={"reply_id": replies[1].id})).status_code == 404
    scopes = SearchDocument.objects.filter(thing_id__in=[new.id, replies[1].id]).values_list("scope", flat=True)
    assert set(scopes) == {inside.id}


def test_a_moderator_finds_the_topic_by_its_title_or_address(space: Space, moderator: Actor, client: Client) -> None:
    old, new, _replies = pair(space)
    client.force_login(Person.objects.get(id=moderator.own_id).account)
    at = reverse("talk:merger", kwargs={"topic_id": new.id})
    for asked in ("", "old", f"http://testserver{old.get_absolute_url()}"):
        assert f'value="{old.shown_id}"' in client.get(at, {"q": asked}).content.decode()
    assert f'value="{old.shown_id}"' not in client.get(at, {"q": "nothing of it"}).content.decode()
    later = reverse("talk:merger", kwargs={"topic_id": old.id})
    answer = client.post(later, {"into": new.shown_id})
    assert (answer.status_code, "opened later" in answer.content.decode()) == (422, True)
    answer = client.post(at, {"into": old.shown_id})
    assert (answer.status_code, Topic.objects.get(id=new.id).merged_into_id) == (303, old.id)
