"""Answering, and what becomes of a conversation."""

from datetime import timedelta

import pytest

from stoa.base import clock
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import load
from stoa.base.models import FactRow
from stoa.people.models import Person
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.social.listen.actions import (
    answer_conversation,
    assign_conversation,
    close_conversation,
    reopen_conversation,
    snooze_conversation,
    sort_conversation,
)
from stoa.social.listen.facts import ConversationAnswered
from stoa.social.listen.models import Conversation, Message
from stoa.social.listen.tests.fake import START, HardOfHearing, heard
from stoa.social.listen.tests.makers import make_conversation, work_on
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Hearing, Refused, Unknown
from stoa.social.networks.tests.makers import make_channel
from stoa.spaces.models import Grant, Role
from stoa.spaces.tests.makers import make_staff

LATER = START + timedelta(minutes=10)


def fresh(conversation: Conversation) -> Conversation:
    return Conversation.objects.get(id=conversation.id)


def test_an_answer_goes_out_on_the_network_and_ends_the_wait(network: HardOfHearing, channel: Channel) -> None:
    conversation = make_conversation(channel)
    with clock.pinned(LATER):
        message = answer_conversation(conversation, "Yes, until six.", by=make_staff("social_media_manager"))
        assert fresh(conversation).state == "open"
        assert fresh(conversation).waiting_since == START
    work_on(LATER)
    assert [(each.text, each.answers) for each in network.said] == [("Yes, until six.", "heard1")]
    now = fresh(conversation)
    assert (now.state, now.waiting_since, now.answered_at) == ("answered", None, LATER)
    message.refresh_from_db()
    assert (message.remote_id, message.permalink, message.words) == (
        "ours1", "https://hard.example/ours1", "Yes, until six.",
    )  # fmt: skip
    row = FactRow.objects.get(name="listen.conversation_answered")
    assert load(row.name, row.content) == ConversationAnswered(now.id, channel.id, message.id, True, 600)


def test_a_refused_answer_leaves_them_waiting(network: HardOfHearing, channel: Channel) -> None:
    network.refuses = [Refused("They closed their answers.", "Write to them elsewhere.")]
    conversation = make_conversation(channel)
    with clock.pinned(LATER):
        answer_conversation(conversation, "Yes.", by=make_staff("social_media_manager"))
    work_on(LATER)
    assert (fresh(conversation).state, fresh(conversation).waiting_since) == ("waiting", START)


def test_an_unknown_answer_is_on_its_way_and_not_an_answer(network: HardOfHearing, channel: Channel) -> None:
    network.refuses = [Unknown("No answer.")]
    conversation = make_conversation(channel)
    with clock.pinned(LATER):
        answer_conversation(conversation, "Yes.", by=make_staff("social_media_manager"))
    work_on(LATER, minutes=0.1)
    assert (fresh(conversation).state, fresh(conversation).answered_at) == ("open", None)


def test_what_they_say_after_our_answer_waits_again(network: HardOfHearing, channel: Channel) -> None:
    network.pages = [Hearing((heard("a"),), "1")]
    work_on(START + timedelta(minutes=1), minutes=2)
    conversation = Conversation.objects.get()
    with clock.pinned(LATER):
        answer_conversation(conversation, "Yes.", by=make_staff("social_media_manager"))
    network.pages = [
        Hearing((), "1"),
        Hearing((heard("b", "Thanks!", minutes=10.5, kind="reply", in_reply_to="ours1"),), "2"),
    ]
    work_on(LATER, minutes=6)
    now = fresh(conversation)
    assert (now.state, now.waiting_since) == ("waiting", START + timedelta(minutes=10.5))
    assert [each.remote_id for each in now.messages.told()] == ["a", "ours1", "b"]


def test_a_text_that_the_network_would_not_take_is_not_planned(network: HardOfHearing, channel: Channel) -> None:
    conversation = make_conversation(channel)
    with pytest.raises(Invalid, match="takes 500"):
        answer_conversation(conversation, "x" * 501, by=make_staff("social_media_manager"))
    assert fresh(conversation).state == "waiting"
    assert Message.objects.count() == 1


def test_only_those_who_may_answer_do(network: HardOfHearing, channel: Channel) -> None:
    conversation = make_conversation(channel)
    for by in (make_actor(), make_staff("lead"), make_staff("moderator")):
        with pytest.raises(NotAllowed):
            answer_conversation(conversation, "Yes.", by=by)
        with pytest.raises(NotAllowed):
            close_conversation(conversation, reason="spam", by=by)
    assert fresh(conversation).state == "waiting"


def test_a_right_on_one_channel_reaches_that_channel_alone(network: HardOfHearing, channel: Channel) -> None:
    other = make_channel(network.key, "second")
    mine, theirs = make_conversation(channel), make_conversation(other, handle="robin")
    person = make_person("Channel keeper")
    role = Role.objects.create(
        key="keeper", scope_kind="site", rights=["listen.read_inbox", "listen.answer", "publish.answer"], rank=1
    )
    Grant.objects.create(person=person, role=role, scope_kind="channel", scope_id=channel.id)
    keeper = actor_of(person)
    assert list(Conversation.objects.visible_to(keeper)) == [mine]
    close_conversation(mine, reason="spam", by=keeper)
    with pytest.raises(NotAllowed):
        close_conversation(theirs, reason="spam", by=keeper)


def test_closing_what_nobody_answered_needs_a_reason(network: HardOfHearing, channel: Channel) -> None:
    conversation, by = make_conversation(channel), make_staff("social_media_manager")
    with pytest.raises(Invalid):
        close_conversation(conversation, reason=" ", by=by)
    close_conversation(conversation, reason="Advertising", by=by)
    now = fresh(conversation)
    assert (now.state, now.closed_because, now.closed_by_id) == ("closed", "Advertising", by.person_id)
    with pytest.raises(NotPossible):
        close_conversation(conversation, reason="again", by=by)
    reopen_conversation(conversation, by=by)
    assert (fresh(conversation).state, fresh(conversation).waiting_since) == ("waiting", START)


def test_who_speaks_again_opens_a_closed_conversation(network: HardOfHearing, channel: Channel) -> None:
    network.pages = [Hearing((heard("a"),), "1")]
    work_on(START + timedelta(minutes=1), minutes=2)
    with clock.pinned(LATER):
        close_conversation(Conversation.objects.get(), reason="Settled", by=make_staff("social_media_manager"))
    again = heard("b", "And now?", minutes=20, kind="reply", in_reply_to="a", root="a")
    network.pages = [Hearing((again,), "2")]
    work_on(START + timedelta(minutes=21))
    now = Conversation.objects.get()
    assert (now.state, now.waiting_since, now.closed_because) == ("waiting", START + timedelta(minutes=20), "")
    assert FactRow.objects.filter(name="listen.conversation_reopened").count() == 1


def test_put_aside_they_still_wait(network: HardOfHearing, channel: Channel) -> None:
    conversation, by = make_conversation(channel), make_staff("social_media_manager")
    snooze_conversation(conversation, START + timedelta(hours=2), by=by)
    assert fresh(conversation).waiting_since == START
    assert not Conversation.objects.unanswered().awake().exists()
    with clock.pinned(START + timedelta(hours=2)):
        assert Conversation.objects.unanswered().awake().exists()
    with pytest.raises(Invalid):
        snooze_conversation(conversation, START, by=by)


def test_it_falls_to_a_person_and_is_about_something(network: HardOfHearing, channel: Channel) -> None:
    conversation, by = make_conversation(channel), make_staff("social_media_manager")
    assign_conversation(conversation, Person.objects.get(id=by.own_id), by=by)
    sort_conversation(conversation, "complaint", by=by)
    now = fresh(conversation)
    assert (now.assigned_to_id, now.matter) == (by.person_id, "complaint")
    with pytest.raises(Invalid):
        sort_conversation(conversation, "rant", by=by)
