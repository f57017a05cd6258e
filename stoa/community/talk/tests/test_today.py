"""Who waits for an answer stands on Today, newcomers first, for those who answer for the talk."""

from datetime import timedelta

import pytest

from stoa.base import clock
from stoa.base.desk import Section
from stoa.community.talk.models import Topic
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.community.talk.today import rows
from stoa.people.tests.makers import make_actor
from stoa.spaces.tests.makers import make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db


def test_a_first_topic_stands_before_one_that_waits_longer() -> None:
    ada, amara = make_actor("Ada"), make_actor("Amara")
    answered = make_topic(title="Answered", by=ada)
    make_reply(answered, by=amara)
    again = make_topic(title="Again", by=ada)
    Topic.objects.filter(id=again.id).update(opened_at=clock.now() - timedelta(hours=20))
    first = make_topic(title="First", by=amara)
    Topic.objects.filter(id=first.id).update(opened_at=clock.now() - timedelta(hours=19))
    found = [row for row in rows(make_staff("community_manager")) if row.section is Section.WAITING]
    assert [(row.what, row.section) for row in found] == [("First", Section.WAITING), ("Again", Section.WAITING)]
    assert found[0].why == "Amara's first topic, nobody has answered"
    assert found[0].weight > found[1].weight


def test_members_and_closed_spaces_are_left_alone() -> None:
    space = make_space("Team", "private")
    make_topic(space, by=make_insider(space))
    make_topic(by=make_actor("Ada"))
    assert list(rows(make_actor("Ben"))) == []
    assert [row.what for row in rows(make_staff("moderator")) if row.section is Section.WAITING] == ["Zip stuck"]
