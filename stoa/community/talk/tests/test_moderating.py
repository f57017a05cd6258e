"""A reply is reported, hidden by a decision, and restored by an appeal."""

import pytest

from stoa.community.talk.actions import move_topic
from stoa.community.talk.models import Presence
from stoa.community.talk.moderating import find_reply
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.moderation.actions.appeal import appeal, decide_appeal
from stoa.moderation.actions.report import report
from stoa.moderation.reading import case_page
from stoa.moderation.subjects import subject_of
from stoa.moderation.tests.makers import make_decision, make_guidelines
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.tests.makers import give, make_space, make_staff


@pytest.mark.django_db
def test_a_reply_is_reported_hidden_and_restored_exactly() -> None:
    clause, author = make_guidelines().clauses.get(part=1), make_actor("Hamish")
    reply = make_reply(make_topic(), "Only a fool buys that.", by=author)
    subject = subject_of("talk.reply")
    assert subject is not None
    made = report(subject, reply.id, clause=clause, words="I bought it.", by=make_actor("Nell"))
    assert "Only a fool" in made.case.text
    decision = make_decision(made.case, by=make_staff("moderator", "Bashir"))
    reply.refresh_from_db()
    assert reply.presence == Presence.HIDDEN
    filed = appeal(decision, "A grumble.", by=author)
    decide_appeal(filed, upheld=True, reasons="About kettles.", by=make_staff("moderator", "Sunniva"))
    found = find_reply(reply.id)
    assert found is not None
    assert (found.presence, found.topic.replies_count) == (Presence.HERE, 1)


@pytest.mark.django_db
def test_what_moved_to_a_closed_space_shows_the_sites_moderators_nothing_around_it() -> None:
    """They keep the copy that was reported to them; what is said in the closed space is its own moderators' to see."""
    clause, moderator, closed = (
        make_guidelines().clauses.get(part=1),
        make_staff("moderator"),
        make_space("Inside", "private"),
    )
    reply = make_reply(topic := make_topic(), "Only a fool buys that.")
    subject = subject_of("talk.reply")
    assert subject is not None
    case = report(subject, reply.id, clause=clause, words="I bought it.", by=make_actor("Nell")).case
    make_reply(topic, "Said in the open.")
    assert [near.text for near in case_page(case, moderator)["around"]] == ["Said in the open."]
    mover = make_person("Sunniva")
    for space in (topic.space, closed):
        give(mover, "space.moderator", space)
    move_topic(topic, to=closed, by=actor_of(mover))
    assert case_page(case, moderator)["around"] == []
