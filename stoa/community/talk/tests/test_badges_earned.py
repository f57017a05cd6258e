"""What each badge that is earned asks for, and what is not enough."""

from datetime import timedelta

import pytest

from stoa.base import clock
from stoa.base.work.drain import drain
from stoa.community.talk.actions import accept_answer, add_reply, open_topic, settle_badges
from stoa.community.talk.models import Ritual, RitualTopic, Welcome
from stoa.community.talk.tests.test_badges import SYSTEM, keys, of, settled
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.tests.makers import make_space

pytestmark = pytest.mark.django_db


def test_ten_questions_of_five_people_and_five_within_a_day() -> None:
    ada, space = make_actor("Ada"), make_space()
    askers = [make_actor(f"Asker {number}") for number in range(5)]
    for number in range(9):
        settled(space, ada, askers[number % 5])
    drain()
    assert "settled_ten" not in keys(ada)
    assert {"settled_first", "within_a_day"} <= set(keys(ada))
    settled(space, ada, askers[4])
    drain()
    assert "settled_ten" in keys(ada)
    assert of(ada).get(key="settled_ten").evidence.count() == 10
    assert of(ada).get(key="within_a_day").evidence.count() == 5


def test_an_answer_after_a_day_is_not_there_within_a_day() -> None:
    ada, space = make_actor("Ada"), make_space()
    for number in range(5):
        asker = make_actor(f"Asker {number}")
        topic = open_topic(space, title="Zip", source="Stuck.", kind="question", by=asker)
        with clock.moved(by=timedelta(days=2)):
            accept_answer(add_reply(topic, source="Rub it.", by=ada), by=asker)
    settle_badges(by=SYSTEM)
    assert "within_a_day" not in keys(ada)
    assert "settled_first" in keys(ada)


def test_the_first_reply_to_five_newcomers_first_topics_earns_a_badge() -> None:
    ada, ben, space = make_actor("Ada"), make_actor("Ben"), make_space()
    for number in range(5):
        newcomer = make_actor(f"Newcomer {number}")
        topic = open_topic(space, title="Hello", source="I am new.", by=newcomer)
        add_reply(topic, source="I am still here.", by=newcomer)
        add_reply(topic, source="Welcome.", by=ada)
        add_reply(topic, source="Welcome too.", by=ben)
    settle_badges(by=SYSTEM)
    assert (keys(ada), keys(ben)) == (["newcomers_heard"], [])
    assert of(ada).get().evidence.count() == 5


def test_ten_newcomers_welcomed_earn_a_badge() -> None:
    ada, space = make_actor("Ada"), make_space()
    for number in range(10):
        newcomer = make_person(f"Newcomer {number}")
        topic = open_topic(space, title="Hello", source="I am new.", by=actor_of(newcomer))
        Welcome.objects.create(newcomer=newcomer, by_id=ada.own_id, topic=topic)
        if number == 8:
            settle_badges(by=SYSTEM)
            assert keys(ada) == []
    settle_badges(by=SYSTEM)
    assert keys(ada) == ["welcomed_ten"]


def test_a_ritual_that_others_came_to_for_twelve_weeks_earns_a_badge() -> None:
    ada, ben, space = make_actor("Ada"), make_actor("Ben"), make_space()
    ritual = Ritual.objects.create(
        space=space, kept_by_id=ada.own_id, title="Show and tell", rhythm="weekly", at="09:00", zone="UTC", tzdata="x",
        since=clock.now().date(),
    )  # fmt: skip
    for week in (0, 6, 11, 12):
        topic = open_topic(space, title="Show and tell", source="What did you mend?", by=ada)
        RitualTopic.objects.create(ritual=ritual, instant=clock.now() - timedelta(weeks=20 - week), topic=topic)
        if week != 12:
            add_reply(topic, source="A lamp.", by=ben)
    settle_badges(by=SYSTEM)
    assert "ritual_season" not in keys(ada)
    add_reply(topic, source="A clock.", by=ben)
    settle_badges(by=SYSTEM)
    assert "ritual_season" in keys(ada)
