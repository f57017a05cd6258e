"""People on networks who wait too long: told once, together, to those who answer on the channel."""

from datetime import timedelta

import pytest

from stoa.base import clock
from stoa.base.mail import may_be_sent
from stoa.base.models.letter import Letter
from stoa.people.models import Notice, Person
from stoa.people.reading import notices_page
from stoa.people.tests.makers import actor_of
from stoa.social.listen.models import Conversation
from stoa.social.listen.tests.makers import make_conversation
from stoa.social.listen.waiting import KIND, tell_of_waiting
from stoa.social.networks.tests.makers import make_channel
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db
LONG = timedelta(hours=8, minutes=1)


def test_those_who_answer_are_told_once_of_all_who_wait_on_a_channel() -> None:
    social, lead = make_staff("social_media_manager", "Mia"), make_staff("lead")
    channel = make_channel(by=social)
    make_conversation(channel), make_conversation(channel, handle="other")
    assert tell_of_waiting() == 0
    with clock.moved(by=LONG):
        assert (tell_of_waiting(), tell_of_waiting()) == (2, 0)
        rows = Notice.objects.filter(kind=KIND).values_list("person_id", "thing_id", "count")
        assert list(rows) == [(social.person_id, channel.id, 2)]
        shown = notices_page(actor_of(Person.objects.get(id=social.person_id))).notices[0]
        assert shown.sentence == "2 people on Porch have waited too long for an answer"
        assert shown.card.address == f"/desk/inbox/?channel={channel.shown_id}"
    assert not Notice.objects.filter(person_id=lead.person_id).exists()


def test_whom_somebody_put_aside_or_answered_does_not_wait_and_no_letter_goes_out() -> None:
    social = make_staff("social_media_manager")
    conversation = make_conversation(make_channel(by=social))
    Conversation.objects.update(snoozed_until=clock.now() + timedelta(days=2))
    with clock.moved(by=LONG):
        assert tell_of_waiting() == 0
        Conversation.objects.update(snoozed_until=None)
        assert tell_of_waiting() == 1
        letter = Letter.objects.get(kind=KIND)
        assert may_be_sent(actor_of(Person.objects.get(id=social.person_id)), letter)
        Conversation.objects.filter(id=conversation.id).update(state="answered")
        assert not may_be_sent(actor_of(Person.objects.get(id=social.person_id)), letter)
