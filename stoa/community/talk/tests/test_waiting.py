"""Topics that nobody answers for too long: told once, together, to those who tend the space."""

from datetime import timedelta

import pytest

from stoa.base import clock
from stoa.base.mail import may_be_sent
from stoa.base.models.letter import Letter
from stoa.base.options import set_option
from stoa.community.talk.actions import close_topic, open_topic
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.community.talk.waiting import KIND, tell_of_waiting
from stoa.people.models import Notice
from stoa.people.reading import notices_page
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.tests.makers import give, make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db
DAY = timedelta(hours=24, minutes=1)


def told() -> list[tuple[int, int, int]]:
    rows = Notice.objects.filter(kind=KIND).order_by("person_id")
    return list(rows.values_list("person_id", "thing_id", "count"))


def test_those_who_tend_the_space_are_told_once_and_of_all_that_waits_together() -> None:
    space, moderator = make_space(), make_staff("moderator")
    make_topic(space, "First"), make_topic(space, "Second", by=make_actor("Bo"))
    assert (tell_of_waiting(), told()) == (0, [])
    with clock.moved(by=DAY):
        assert tell_of_waiting() == 2
        assert told() == [(moderator.person_id, space.id, 2)]
        assert tell_of_waiting() == 0
        letter = Letter.objects.get()
        assert (letter.person_id, letter.subject) == (
            moderator.person_id, "2 topics in Sewing have waited too long for an answer",
        )  # fmt: skip
        make_topic(space, "Third")
    with clock.moved(by=2 * DAY):
        assert tell_of_waiting() == 1
    assert told() == [(moderator.person_id, space.id, 3)]


def test_what_was_answered_closed_or_asks_for_nothing_does_not_wait() -> None:
    space, staff = make_space(), make_staff("moderator")
    make_reply(make_topic(space, "Answered"))
    close_topic(make_topic(space, "Closed", by=make_actor("Bo")), by=staff)
    open_topic(space, title="Said", source="We open at nine.", kind="announcement", by=staff)
    with clock.moved(by=DAY):
        assert (tell_of_waiting(), told()) == (0, [])


def test_of_a_closed_space_only_its_own_moderators_hear() -> None:
    make_staff("moderator")
    space = make_space("Diary", "private")
    own, member = make_insider(space, "space.moderator", "Own"), make_insider(space, name="Member")
    make_topic(space, by=member)
    with clock.moved(by=DAY):
        tell_of_waiting()
        assert told() == [(own.person_id, space.id, 1)]


def test_a_moderator_is_not_told_of_their_own_topic() -> None:
    space, moderator = make_space(), make_staff("moderator")
    make_topic(space, by=moderator)
    with clock.moved(by=DAY):
        tell_of_waiting()
        assert told() == []


def test_who_lost_the_right_sees_nothing_of_it_and_an_answer_stops_the_letter() -> None:
    space, person = make_space(), make_person("Mo")
    grant = give(person, "moderator")
    topic = make_topic(space)
    with clock.moved(by=DAY):
        tell_of_waiting()
        assert may_be_sent(actor_of(person), Letter.objects.get())
        assert [each.card.address for each in notices_page(actor_of(person)).notices] == [
            f"/spaces/{space.shown_id}/topics/?list=unanswered"
        ]
        make_reply(topic)
        assert not may_be_sent(actor_of(person), Letter.objects.get())
        grant.delete()
        assert notices_page(actor_of(person)).notices == []


def test_the_hours_are_the_communitys_choice_and_none_means_never() -> None:
    make_staff("moderator"), make_topic()
    owner = make_staff("owner")
    set_option("talk.alert_hours", 0, by=owner)
    with clock.moved(by=DAY):
        assert tell_of_waiting() == 0
    set_option("talk.alert_hours", 2, by=owner)
    with clock.moved(by=timedelta(hours=3)):
        assert tell_of_waiting() == 1
