"""One's own page: what became of questions and ideas, whom one met and helped; nothing of what one may not see any more."""

import pytest
from django.test import Client

from stoa.community.talk.actions import accept_answer, leave_mark, open_topic, withdraw_reply
from stoa.community.talk.models import Introduction
from stoa.community.talk.own_page import PARTS, overview, part
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.people.models import Block, Person
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.actions.roles import take_role
from stoa.spaces.models import Grant
from stoa.spaces.tests.makers import make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db


def page_of(person: Person, query: str = "") -> str:
    client = Client()
    client.force_login(person.account)
    return client.get(f"/me/{query}").content.decode()


def test_an_empty_page_says_what_will_stand_there() -> None:
    said = page_of(make_person("Ada"))
    assert said.count('class="section"') == 6
    assert "You have not asked anything yet." in said


def test_it_says_what_became_of_questions_and_ideas() -> None:
    ada, ben = make_person("Ada"), make_actor("Ben")
    space = make_space()
    solved = open_topic(space, title="Zip", source="Stuck.", kind="question", by=actor_of(ada))
    accept_answer(make_reply(solved, by=ben), by=actor_of(ada))
    open_topic(space, title="Kettle", source="Leaks.", kind="question", by=actor_of(ada))
    open_topic(space, title="A tool shelf", source="Yes.", kind="idea", by=actor_of(ada))
    said = page_of(ada)
    assert said.index("Kettle") < said.index("Nobody has answered yet") < said.index("Zip") < said.index("Solved")
    assert "A tool shelf" in said


def test_whom_one_met_and_helped() -> None:
    ada, ben, cyd = make_person("Ada"), make_person("Ben"), make_person("Cyd")
    mine, theirs = make_topic(by=actor_of(ada)), make_topic(title="Lamp", by=actor_of(cyd))
    make_reply(mine, by=actor_of(ben))
    make_reply(mine, by=actor_of(ben))
    helping = make_reply(theirs, by=actor_of(ada))
    leave_mark(helping, "helpful", by=actor_of(cyd))
    Introduction.objects.create(newcomer=cyd, welcomer=ada, interest="lamps")
    actor = actor_of(ada)
    found = {each.key: each for each in overview(actor)}
    assert [(met.person.name, met.times) for met in found["answered_me"].met] == [("Ben", 2)]
    assert [(met.person.name, met.times) for met in found["i_answered"].met] == [("Cyd", 1)]
    assert [(met.person.name, met.interest) for met in found["introduced"].met] == [("Cyd", "lamps")]
    assert [(reply.id, vars(reply)["thanked"]) for reply in found["helped"].replies] == [(helping.id, 1)]
    assert "Cyd" in page_of(ada)


def test_what_one_may_not_see_any_more_is_not_there() -> None:
    space = make_space("Cellar", visibility="private")
    ada, keeper = make_insider(space, "space.member"), make_insider(space, "space.steward")
    make_reply(make_topic(space, by=ada), by=keeper)
    make_reply(make_topic(space, title="Theirs", by=keeper), by=ada)
    before = overview(actor_of(Person.objects.get(id=ada.own_id)))
    assert [each.is_empty for each in before] == [True, True, True, False, False, True]
    take_role(Grant.objects.get(person_id=ada.own_id), by=keeper)
    assert all(each.is_empty for each in overview(actor_of(Person.objects.get(id=ada.own_id))))


def test_nothing_of_those_whom_one_blocked_and_of_what_was_withdrawn() -> None:
    ada, ben, cyd = make_person("Ada"), make_person("Ben"), make_actor("Cyd")
    topic = make_topic(by=actor_of(ada))
    make_reply(topic, by=actor_of(ben))
    withdraw_reply(make_reply(topic, by=cyd), by=cyd)
    Block.objects.create(person=ada, other=ben)
    assert part(actor_of(ada), "answered_me").is_empty


def test_every_list_goes_on() -> None:
    ada = make_person("Ada")
    topic = make_topic(by=actor_of(ada))
    for number in range(33):
        make_reply(topic, by=actor_of(make_person(f"P{number}")))
    first = part(actor_of(ada), "answered_me")
    rest = part(actor_of(ada), "answered_me", first.next)
    names = [met.person.name for met in (*first.met, *rest.met)]
    assert (len(first.met), len(rest.met), len(set(names)), rest.next) == (30, 3, 33, "")
    said = page_of(ada)
    assert "?list=answered_me" in said
    assert page_of(ada, "?list=answered_me").count('class="row ') == 30


def test_lists_that_are_not_there_are_the_whole_page_and_visitors_are_led_away() -> None:
    assert page_of(make_person("Ada"), "?list=nothing").count('class="section"') == len(PARTS)
    assert Client().get("/me/").status_code == 403
    assert make_staff("moderator").is_staff
