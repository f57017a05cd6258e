"""Welcomes: words with a strict set of variables, sent by a person into the newcomer's first topic; who welcomed whom is kept."""

from datetime import timedelta

import pytest
from django.test import Client

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.desk import Section
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.models import FactRow
from stoa.base.work.drain import drain
from stoa.community.talk import today
from stoa.community.talk.actions.welcomes import keep_welcome, welcome
from stoa.community.talk.keeping import erase, export
from stoa.community.talk.models import Introduction, Reply, SavedWelcome, Topic, Welcome
from stoa.community.talk.tests.makers import make_topic
from stoa.community.talk.welcoming import prefilled
from stoa.people.models import Notice, Person
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.tests.makers import make_space, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def nia() -> Person:
    return make_person("Nia Moss", interests=["Lamps", "zips"])


@pytest.fixture
def manager() -> Actor:
    return make_staff("community_manager")


def client_of(person_id: int) -> Client:
    client = Client()
    client.force_login(Person.objects.get(id=person_id).account)
    return client


def test_an_unknown_variable_is_an_error_beside_the_field(manager: Actor) -> None:
    with pytest.raises(Invalid) as refused:
        keep_welcome(None, title="Warm", source="Hello {nmae}.", by=manager)
    assert (refused.value.field, refused.value.reason) == ("source", "There is no variable {nmae}.")
    assert SavedWelcome.objects.count() == 0


def test_variables_are_filled_in_and_what_has_no_value_is_left_to_be_written(nia: Person, manager: Actor) -> None:
    saved = keep_welcome(None, title="Warm", source="Hello {name}, you like {interest}. See {space}. {me}", by=manager)
    begun = prefilled(nia, saved, manager)
    assert begun.startswith("Hello @Nia Moss, you like Lamps. See {space}. ")
    with pytest.raises(Invalid) as refused:
        welcome(nia, begun, space=make_space(), by=manager)
    assert (refused.value.field, Topic.objects.count(), Welcome.objects.count()) == ("source", 0, 0)


def test_what_a_newcomer_called_themselves_cannot_become_more_than_words(manager: Actor) -> None:
    saved = keep_welcome(None, title="Warm", source="You like {interest}.", by=manager)
    sly = make_person("Sly", interests=["[prizes](https://evil.example) **now** @Nia"])
    assert prefilled(sly, saved, manager) == r"You like \[prizes\]\(https://evil.example\) \*\*now\*\* \@Nia."


def test_a_welcome_answers_the_first_topic_and_is_kept_once(nia: Person, manager: Actor) -> None:
    topic = make_topic(by=actor_of(nia))
    made = welcome(nia, "Hello @Nia Moss, good that you are here.", by=manager)
    drain()
    assert (made.topic, made.reply, made.by_id) == (topic, Reply.objects.get(), manager.person_id)
    assert Notice.objects.filter(person=nia).values_list("kind", flat=True).get() == "talk.mention"
    with pytest.raises(NotPossible):
        welcome(nia, "Again.", by=make_staff("moderator"))
    assert Reply.objects.count() == 1
    assert FactRow.objects.filter(name="talk.welcomed").count() == 1


def test_without_a_topic_of_theirs_a_space_is_chosen(nia: Person, manager: Actor) -> None:
    with pytest.raises(Invalid) as refused:
        welcome(nia, "Hello.", by=manager)
    assert refused.value.field == "space"
    made = welcome(nia, "Hello @Nia Moss.", space=make_space(), by=manager)
    assert made.topic is not None
    assert (made.topic.title, made.reply) == ("Welcome, Nia Moss", None)


def test_members_welcome_nobody_in_the_name_of_the_team(nia: Person) -> None:
    make_topic(by=actor_of(nia))
    with pytest.raises(NotAllowed):
        welcome(nia, "Hello.", by=make_actor("Member"))
    assert (Reply.objects.count(), Welcome.objects.count()) == (0, 0)


def test_today_names_those_whom_nobody_has_welcomed_and_the_page_does_it(nia: Person, manager: Actor) -> None:
    topic = make_topic(by=actor_of(nia))
    keep_welcome(None, title="Warm", source="Hello {name}.", by=manager)
    rows = [row for row in today.rows(manager) if row.section is Section.WELCOME]
    assert [(row.what, row.address) for row in rows] == [("Nia Moss", f"/desk/members/{nia.shown_id}/welcome/")]
    client = client_of(manager.own_id)
    assert "Hello @Nia Moss." in client.get(rows[0].address).content.decode()
    refused = client.post(rows[0].address, {"source": "Hello {interest}, kept as typed."})
    assert refused.status_code == 422
    assert "kept as typed" in refused.content.decode()
    assert client.post(rows[0].address, {"source": "Hello @Nia Moss."}).status_code == 303
    assert not [row for row in today.rows(manager) if row.section is Section.WELCOME]
    assert Reply.objects.get().topic == topic


def test_who_welcomed_them_is_shown_to_the_team_and_to_themselves(nia: Person, manager: Actor) -> None:
    make_topic(by=actor_of(nia))
    welcome(nia, "Hello.", by=manager)
    shown = ["Welcomed by" in client_of(each).get(nia.address).content.decode()
             for each in (nia.id, manager.own_id, make_person("Other").id)]  # fmt: skip
    assert shown == [True, True, False]
    assert export(nia)["welcomes"][0]["of"] == "Nia Moss"
    erase(nia)
    assert Welcome.objects.count() == 0


def test_words_are_kept_changed_and_deleted_at_the_desk(manager: Actor) -> None:
    client = client_of(manager.own_id)
    refused = client.post("/desk/welcomes/", {"title": "Warm", "source": "Hello {you}, dear."})
    assert (refused.status_code, "Hello {you}, dear." in refused.content.decode()) == (422, True)
    client.post("/desk/welcomes/", {"title": "Warm", "source": "Hello {name}."})
    address = f"/desk/welcomes/{SavedWelcome.objects.get().shown_id}/"
    client.post(address, {"title": "Warmer", "source": "Dear {name}."})
    assert SavedWelcome.objects.values_list("title", "source").get() == ("Warmer", "Dear {name}.")
    assert client.post(address, {"_method": "DELETE"}).status_code == 303
    assert SavedWelcome.objects.count() == 0


def test_a_first_topic_offers_two_who_share_an_interest_and_agreed_to_welcome(nia: Person) -> None:
    old = clock.now() - timedelta(days=90)
    ada = make_person("Ada", interests=["lamps"], welcomes=True, joined_at=old)
    make_person("Cyd", interests=["lamps"], joined_at=old)
    topic = make_topic(by=actor_of(nia))
    client = client_of(nia.id)
    address = f"/topics/{topic.shown_id}/meeting/"
    assert address in client.get(topic.get_absolute_url()).content.decode()
    said = client.get(address).content.decode()
    assert ("Ada" in said, "Cyd" in said, Introduction.objects.count()) == (True, False, 0)
    assert client.post(address, {"welcomer": ada.shown_id}).status_code == 303
    assert Introduction.objects.values_list("newcomer", "welcomer", "interest").get() == (nia.id, ada.id, "Lamps")
    assert Notice.objects.values_list("person", "kind").get() == (ada.id, "talk.asks_hello")


def test_nobody_else_is_offered_that_nor_somebody_who_is_here_for_long(nia: Person) -> None:
    topic = make_topic(by=actor_of(nia))
    address = f"/topics/{topic.shown_id}/meeting/"
    other = make_person("Other")
    assert client_of(other.id).get(address).status_code == 404
    Person.objects.filter(id=nia.id).update(joined_at=clock.now() - timedelta(days=8))
    assert client_of(nia.id).get(address).status_code == 404
    assert address not in client_of(nia.id).get(topic.get_absolute_url()).content.decode()
