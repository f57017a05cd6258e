"""What a stranger said is kept for a time only; what a member said goes when they go."""

from datetime import timedelta

import pytest

from stoa.base import clock
from stoa.base.options import set_option
from stoa.moderation.subjects import subject_of
from stoa.people.models import Identity
from stoa.people.tests.makers import make_person
from stoa.social.listen.actions import answer_conversation, forget_old
from stoa.social.listen.check import check
from stoa.social.listen.keeping import KEEPING
from stoa.social.listen.models import Conversation, Mention, Message
from stoa.social.listen.tests.fake import START, HardOfHearing, heard
from stoa.social.listen.tests.makers import identity_of, make_conversation, work_on
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Hearing
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.usefixtures("network")


def test_a_strangers_words_go_when_their_time_is_over(channel: Channel) -> None:
    old = make_conversation(channel, "Old words")
    with clock.pinned(START + timedelta(days=5)):
        young = make_conversation(channel, "Young", handle="robin")
    with clock.pinned(START + timedelta(days=180, minutes=-1)):
        assert forget_old() == 0
    with clock.pinned(START + timedelta(days=181)):
        assert forget_old() == 1
        assert forget_old() == 0
    gone = Message.objects.get(conversation=old)
    assert (gone.text, gone.permalink, gone.presence) == ("", "", "forgotten")
    assert "heard" not in gone.remote_id
    stranger = Identity.objects.get(id=old.identity_id)
    assert (stranger.handle, stranger.name) == ("", "")
    assert "kettle" not in stranger.remote_id
    assert "heard" not in Conversation.objects.get(id=old.id).root
    assert Conversation.objects.get(id=old.id).state == "closed"
    assert Mention.objects.count() == 2
    assert Message.objects.get(conversation=young).words == "Young"
    assert list(check()) == []


def test_the_time_is_an_option(channel: Channel) -> None:
    make_conversation(channel)
    set_option("listen.keep_days", 30, by=make_staff("owner"))
    with clock.pinned(START + timedelta(days=31)):
        assert forget_old() == 1


def test_whoever_speaks_again_afterwards_is_new(channel: Channel) -> None:
    make_conversation(channel)
    with clock.pinned(START + timedelta(days=181)):
        forget_old()
        again = make_conversation(channel, "Me again", at=START + timedelta(days=181))
    assert Conversation.objects.count() == 2
    assert again.identity.handle == "kettlefan"


def test_what_is_told_again_after_it_was_forgotten_stays_forgotten(network: HardOfHearing, channel: Channel) -> None:
    network.pages = [Hearing((heard("c1", "Old words"),), "1")]
    work_on(START + timedelta(minutes=1), minutes=0)
    with clock.pinned(START + timedelta(days=181)):
        forget_old()
    network.pages = [Hearing((heard("c1", "Old words", version="2"),), "1")]
    work_on(START + timedelta(days=181), minutes=0)
    message = Message.objects.get()
    assert (message.text, message.version, message.presence) == ("", "", "forgotten")
    assert Conversation.objects.count() == 1
    assert list(check()) == []


def test_a_member_takes_their_words_with_them(network: HardOfHearing, channel: Channel) -> None:
    conversation = make_conversation(channel, "My own words")
    with clock.pinned(START + timedelta(minutes=5)):
        answer_conversation(conversation, "Thank you.", by=make_staff("social_media_manager"))
    work_on(START + timedelta(minutes=5), minutes=1)
    member = make_person("Kettle Fan")
    Identity.objects.update(person=member)
    with clock.pinned(START + timedelta(days=400)):
        assert forget_old() == 0
    assert [each["text"] for each in KEEPING.export(member)["messages"]] == ["My own words"]
    KEEPING.erase(member)
    assert KEEPING.export(member)["messages"][0]["text"] == ""
    assert [each.words for each in conversation.messages.told()] == ["", "Thank you."]
    assert identity_of().handle == "kettlefan"


def test_a_message_is_judged_like_a_topic(channel: Channel) -> None:
    conversation = make_conversation(channel, "Rude words")
    message, subject = Message.objects.get(), subject_of("listen.message")
    assert subject is not None
    assert subject.snapshot(subject.find(message.id)).text == "Rude words"
    moderator = make_staff("moderator")
    assert list(subject.visible(moderator, [message.id])) == [message]
    assert subject.hide(message, by=moderator) is True
    assert subject.hide(message, by=moderator) is False
    assert (Message.objects.get().words, Conversation.objects.get().state) == ("", "closed")
    subject.restore(message, by=moderator)
    assert (Message.objects.get().words, Conversation.objects.get().state) == ("Rude words", "waiting")
    assert Conversation.objects.get().waiting_since == conversation.waiting_since
