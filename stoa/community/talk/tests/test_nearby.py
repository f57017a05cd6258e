"""Who is writing, who was here lately: shown to members who read that place, but for those who must not see, or do not want to be seen."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stoa.base import clock
from stoa.base.actors import VISITOR, Actor
from stoa.base.errors import NotAllowed
from stoa.base.live import nearby as said
from stoa.base.models import FactRow, OptionRow
from stoa.community.talk.actions import choose_to_be_seen, close_topic
from stoa.community.talk.keeping import export
from stoa.community.talk.models import Topic, Unseen
from stoa.community.talk.nearby import Nearby, lately_in, says_here, says_writing, writing_in
from stoa.community.talk.tests.makers import make_topic
from stoa.people.actions.leaving import erase_person
from stoa.people.models import Account, Block, Person
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.models import Grant
from stoa.spaces.tests.makers import make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quiet() -> None:
    said.forget_all()


def names(seen: Nearby) -> list[str]:
    return [person.name for person in seen.people]


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(person=actor.person_id))
    return client


def again(actor: Actor) -> Actor:
    return actor_of(Person.objects.get(id=actor.person_id))


def test_others_who_read_the_topic_see_who_is_writing_until_the_reply_is_there() -> None:
    ada, ben = make_actor("Ada"), make_actor("Ben")
    topic = make_topic(make_space(visibility="members"))
    page, at = client_of(ada), f"/topics/{topic.shown_id}/nearby/"
    assert page.post(at).status_code == 204
    assert (names(writing_in(topic, ben)), names(writing_in(topic, ada))) == (["Ada"], [])
    assert "Ada is writing…" in client_of(ben).get(at).content.decode()
    assert page.post(f"/topics/{topic.shown_id}/replies/", {"source": "A few words."}).status_code == 303
    assert names(writing_in(topic, ben)) == []
    assert not FactRow.objects.filter(name__contains="writing").exists()


def test_saying_so_changes_no_row() -> None:
    ada, topic = make_actor("Ada"), make_topic(make_space(visibility="members"))
    with CaptureQueriesContext(connection) as asked:
        says_writing(topic, by=ada)
        says_here(topic.space, by=ada)
    assert [each["sql"] for each in asked if not each["sql"].startswith("SELECT")] == []


def test_three_are_named_and_it_is_said_that_there_are_more() -> None:
    topic = make_topic(make_space(visibility="members"))
    for number in range(5):
        says_writing(topic, by=make_actor(f"Writer {number}"))
    seen = writing_in(topic, make_actor("Ben"))
    assert (names(seen), seen.more) == (["Writer 4", "Writer 3", "Writer 2"], 2)
    for number in range(12):
        says_here(topic.space, by=make_actor(f"Guest {number}"))
    lately = lately_in(topic.space, make_actor("Cem"))
    assert (len(lately.people), lately.more) == (8, 4)


@pytest.mark.parametrize("kind", ["block", "mute"])
def test_whom_somebody_blocked_or_muted_they_do_not_see(kind: str) -> None:
    ada, ben = make_person("Ada"), make_person("Ben")
    topic = make_topic(make_space(visibility="members"))
    Block.objects.create(person=ada, other=ben, kind=kind)
    for person in (ada, ben):
        says_writing(topic, by=actor_of(person))
        says_here(topic.space, by=actor_of(person))
    assert (names(writing_in(topic, actor_of(ada))), names(lately_in(topic.space, actor_of(ada)))) == ([], [])
    seen = ["Ada"] if kind == "mute" else []
    assert (names(writing_in(topic, actor_of(ben))), names(lately_in(topic.space, actor_of(ben)))) == (seen, seen)


def test_who_stays_out_of_sight_is_not_shown_and_their_page_is_told_not_to_say_it() -> None:
    ada, ben = make_actor("Ada"), make_actor("Ben")
    topic = make_topic(make_space(visibility="members"))
    says_writing(topic, by=ada)
    assert writing_in(topic, ada).says
    choose_to_be_seen(False, by=ada)
    choose_to_be_seen(False, by=ada)
    assert (names(writing_in(topic, ben)), writing_in(topic, ada).says) == ([], False)
    says_writing(topic, by=ada)
    says_here(topic.space, by=ada)
    choose_to_be_seen(True, by=ada)
    said.stop("writing", ("talk.topic", topic.id), ada.own_id)
    assert (names(lately_in(topic.space, ben)), Unseen.objects.count()) == ([], 0)


def test_the_community_can_switch_it_off() -> None:
    ada, ben = make_actor("Ada"), make_actor("Ben")
    topic = make_topic(make_space(visibility="members"))
    OptionRow.objects.create(key="talk.nearby", value=False, at=clock.now())
    says_writing(topic, by=ada)
    says_here(topic.space, by=ada)
    assert said.who("writing", ("talk.topic", topic.id)) == []
    assert (writing_in(topic, ben), lately_in(topic.space, ben)) == (Nearby([]), Nearby([]))


def test_where_each_sees_only_their_own_topics_nobody_is_shown() -> None:
    team = make_space(visibility="members", ask_team=True)
    ada = make_actor("Ada")
    topic = make_topic(team, by=ada)
    says_writing(topic, by=ada)
    says_here(team, by=ada)
    assert (said.who("writing", ("talk.topic", topic.id)), said.who("here", team.reference)) == ([], [])
    steward = make_insider(team, "space.steward")
    assert (writing_in(topic, steward).says, lately_in(team, steward).says) == (False, False)
    assert 'data-behaviour="nearby"' not in client_of(ada).get(topic.get_absolute_url()).content.decode()


def test_visitors_see_nobody_and_cannot_say_that_they_are_there() -> None:
    topic, ada = make_topic(make_space(visibility="public")), make_actor("Ada")
    says_writing(topic, by=ada)
    says_here(topic.space, by=ada)
    assert (writing_in(topic, VISITOR), lately_in(topic.space, VISITOR)) == (Nearby([]), Nearby([]))
    for act in (lambda: says_writing(topic, by=VISITOR), lambda: says_here(topic.space, by=VISITOR)):
        with pytest.raises(NotAllowed):
            act()
    shown = (
        Client().get(topic.get_absolute_url()).content.decode()
        + Client().get(topic.space.address, follow=True).content.decode()
    )
    assert 'data-behaviour="nearby"' not in shown


def test_of_a_closed_space_only_those_who_read_it_see_and_are_shown() -> None:
    space = make_space("Crew", "secret")
    ada, ben = make_insider(space, name="Ada"), make_insider(space, name="Ben")
    topic = make_topic(space, by=ben)
    says_writing(topic, by=ada)
    says_here(space, by=ada)
    assert (names(writing_in(topic, ben)), names(lately_in(space, ben))) == (["Ada"], ["Ada"])
    stranger = client_of(make_actor("Cem"))
    for at in (f"/topics/{topic.shown_id}/nearby/", f"/spaces/{space.shown_id}/nearby/"):
        assert (stranger.get(at).status_code, stranger.post(at).status_code) == (404, 404)
    Grant.objects.filter(person_id=ada.person_id).delete()
    assert (names(writing_in(topic, ben)), names(lately_in(space, ben))) == ([], [])


def test_who_cannot_reply_is_not_writing() -> None:
    topic, ada = make_topic(make_space(visibility="members")), make_actor("Ada")
    close_topic(topic, by=make_staff("moderator"))
    with pytest.raises(NotAllowed):
        says_writing(Topic.objects.get(id=topic.id), by=ada)
    assert said.who("writing", ("talk.topic", topic.id)) == []


def test_the_wish_is_chosen_on_its_page_exported_and_gone_with_the_person() -> None:
    ada = make_actor("Ada")
    page = client_of(ada)
    assert "checked" in page.get("/profile/seen/").content.decode()
    assert page.post("/profile/seen/", {}).status_code == 303
    assert "checked" not in page.get("/profile/seen/").content.decode()
    person = Person.objects.get(id=ada.person_id)
    assert len(export(person)["out_of_sight"]) == 1
    erase_person(person, by=again(ada))
    assert Unseen.objects.count() == 0
