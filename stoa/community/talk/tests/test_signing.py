"""What the demo's members leave under each other's words stands as the actions would have left it."""

from datetime import timedelta

import pytest

from stoa.base import clock
from stoa.base.demo import Story
from stoa.community.talk.facts import AnswerAccepted
from stoa.community.talk.models import Reply, Topic
from stoa.community.talk.signing import Signing
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.people.tests.makers import make_actor
from stoa.spaces.tests.makers import make_space

pytestmark = pytest.mark.django_db


def told() -> tuple[Topic, list[Reply], Signing]:
    """A question with thirty answers of three people, a day ago; its asker hears of them."""
    space, asker = make_space(), make_actor("Amara")
    with clock.pinned(clock.now() - timedelta(days=1)):
        topic = make_topic(space, by=asker)
        answering = [make_actor(name) for name in ("Ben", "Cleo", "Dov")]
        replies = [make_reply(topic, f"Answer {number}", by=answering[number % 3]) for number in range(30)]
    topic.kind = Topic.Kind.QUESTION
    signing = Signing(Story(clock.now(), seed=7), {asker.own_id})
    signing.go_through(topic, replies, replies[4].id)
    return topic, replies, signing


def test_nobody_signs_their_own_words_or_signs_twice_or_in_time_to_come() -> None:
    topic, _replies, signing = told()
    marks = signing.signed.marks
    assert marks
    assert all(mark.person_id != (mark.reply or topic).author_id for mark in marks)
    assert all((mark.reply or topic).id < mark.id and mark.at <= signing.story.now for mark in marks)
    assert len({(mark.reply_id, mark.person_id, mark.sign) for mark in marks}) == len(marks)


def test_the_answer_that_the_story_names_settles_the_question() -> None:
    topic, replies, signing = told()
    assert topic.accepted == replies[4]
    assert [past.fact for past in signing.signed.facts if isinstance(past.fact, AnswerAccepted)] == [
        AnswerAccepted(replies[4].id, topic.id, topic.space_id, replies[4].author_id)
    ]


def test_who_asked_has_one_unread_notice_of_all_replies() -> None:
    topic, _replies, signing = told()
    [row] = [row for row in signing.notices() if row.kind == "talk.reply"]
    assert (row.person_id, row.thing_id, row.count, row.read_at) == (topic.author_id, topic.id, 30, None)
