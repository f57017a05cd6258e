"""The reply that settled a question: who says so, what shows it, and what happens when it goes."""

import pytest
from django.test import Client

from stoa.base.errors import NotAllowed, NotPossible
from stoa.base.work.drain import drain
from stoa.community.talk import actions
from stoa.community.talk.models import Topic
from stoa.community.talk.tests.makers import make_reply
from stoa.people.models import Notice, Person
from stoa.people.tests.makers import make_actor
from stoa.spaces.tests.makers import make_space, make_staff

pytestmark = pytest.mark.django_db


def ask(by: object, kind: str = "question") -> Topic:
    space = make_space(visibility="public")
    return actions.open_topic(space, title="Zip stuck", source="It will not move.", kind=kind, by=by)  # type: ignore[arg-type]


def test_who_asked_says_what_settled_it_and_another_reply_takes_its_place() -> None:
    ada, ben = make_actor("Ada"), make_actor("Ben")
    topic = ask(ada)
    first, second = make_reply(topic, by=ben), make_reply(topic, by=make_actor("Cleo"))
    actions.accept_answer(first, by=ada)
    actions.accept_answer(second, by=ada)
    topic.refresh_from_db()
    assert topic.accepted_id == second.id
    actions.take_acceptance_back(first, by=ada)
    topic.refresh_from_db()
    assert topic.accepted_id == second.id
    actions.take_acceptance_back(second, by=ada)
    topic.refresh_from_db()
    assert topic.accepted_id is None


def test_moderators_may_and_others_may_not() -> None:
    topic = ask(make_actor("Ada"))
    reply = make_reply(topic, by=make_actor("Ben"))
    for actor in (make_actor("Cleo"), make_actor("Dov")):
        with pytest.raises(NotAllowed):
            actions.accept_answer(reply, by=actor)
    actions.accept_answer(reply, by=make_staff("moderator"))
    topic.refresh_from_db()
    assert topic.accepted_id == reply.id


def test_a_discussion_has_no_accepted_answer() -> None:
    ada = make_actor("Ada")
    reply = make_reply(ask(ada, "discussion"))
    with pytest.raises(NotAllowed):
        actions.accept_answer(reply, by=ada)


def test_a_withdrawn_reply_settles_nothing() -> None:
    ada, ben = make_actor("Ada"), make_actor("Ben")
    reply = make_reply(ask(ada), by=ben)
    actions.withdraw_reply(reply, by=ben)
    with pytest.raises(NotPossible):
        actions.accept_answer(reply, by=ada)


def test_the_page_shows_what_settled_it_until_it_is_hidden(client: Client) -> None:
    ada, ben = make_actor("Ada"), make_actor("Ben")
    topic = ask(ada)
    reply = make_reply(topic, by=ben)
    client.force_login(Person.objects.get(id=ada.own_id).account)
    assert client.post(f"/replies/{reply.shown_id}/acceptance/").status_code == 303
    client.logout()
    assert "What settled it" in client.get(topic.get_absolute_url()).content.decode()
    reply.topic.refresh_from_db()
    actions.hide_reply(reply, by=make_staff("moderator"))
    assert "What settled it" not in client.get(topic.get_absolute_url()).content.decode()


def test_whose_answer_it_was_is_told() -> None:
    ada, ben = make_actor("Ada"), make_actor("Ben")
    reply = make_reply(ask(ada), by=ben)
    drain()
    Notice.objects.all().delete()
    actions.accept_answer(reply, by=ada)
    drain()
    told = set(Notice.objects.values_list("person_id", "kind"))
    assert told == {(ben.person_id, "talk.settled"), (ben.person_id, "talk.badge")}
