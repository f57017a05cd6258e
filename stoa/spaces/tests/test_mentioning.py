"""Whom a writer is offered to mention: those whom they see and who read the space; nobody else, and few."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stoa.base.actors import Actor
from stoa.people.models import Account, Block
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.mentioning import MOST, mentionable
from stoa.spaces.models import Space
from stoa.spaces.tests.makers import give, make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db


def names(space: Space, begins: str, to: Actor) -> list[str]:
    return [each.label for each in mentionable(space, begins, to=to)]


def test_names_that_begin_so_come_before_those_in_which_a_later_word_does() -> None:
    for name in ("Ben Ito", "Benja Roe", "Ana Benton", "Ruben Oz"):
        make_person(name)
    assert names(make_space(), "ben", make_actor("Ada")) == ["Ben Ito", "Benja Roe", "Ana Benton"]
    assert names(make_space(), "BEN I", make_actor("Ada")) == ["Ben Ito"]
    assert names(make_space(), "  ", make_actor("Ada")) == []
    assert names(make_space(), "%", make_actor("Ada")) == []


def test_in_a_closed_space_only_those_who_read_it_and_no_staff_of_the_site() -> None:
    closed = make_space("Crew", "private")
    writer = make_insider(closed, name="Writer")
    make_person("Olga Out")
    make_staff("owner", "Olaf Owner")
    make_insider(closed, name="Oli In")
    assert names(closed, "ol", writer) == ["Oli In"]


def test_where_each_sees_their_own_topics_only_those_who_see_all() -> None:
    space = make_space("Ask", ask_team=True)
    make_insider(space, name="Tim Member")
    make_insider(space, "space.steward", name="Tim Steward")
    assert names(space, "tim", make_insider(space, name="Writer")) == ["Tim Steward"]


def test_whom_one_chose_not_to_read_those_at_the_door_and_those_who_left_are_not_offered() -> None:
    writer = make_person("Ada")
    blocked = make_person("Max Blocked")
    make_person("Max Door", "pending")
    make_person("Max Gone", "erased")
    make_person("Max Here")
    Block.objects.create(person=writer, other=blocked, kind="block")
    assert names(make_space(), "max", actor_of(writer)) == ["Max Here"]


def test_what_is_written_means_the_one_who_was_chosen() -> None:
    one, other, odd = make_person("Kim Doe"), make_person("Kim Doe"), make_person("Kim (she) of the long long name")
    make_person("Kimberly Roe")
    offered = mentionable(make_space(), "kim", to=make_actor())
    assert sorted(each.insert for each in offered) == sorted(
        ["@Kimberly Roe", *(f"@[person:{each.shown_id}]" for each in (one, other, odd))]
    )


def test_there_are_few_and_it_takes_three_queries_at_most() -> None:
    closed = make_space("Crew", "secret")
    for number in range(2 * MOST):
        give(make_person(f"Sam {number:02}"), "space.member", closed)
    writer = make_insider(closed)
    with CaptureQueriesContext(connection) as seen:
        assert len(mentionable(closed, "sam", to=writer)) == MOST
    assert len(seen) <= 3


def test_the_address_is_for_those_who_write_there() -> None:
    space = make_space(visibility="public")
    make_person("Ben Ito", helps_with="zips")
    address = f"/spaces/{space.shown_id}/members/mentionable/?q=be"
    assert Client().get(address).status_code == 404
    client = Client()
    client.force_login(Account.objects.get(person=make_actor("Ada").person_id))
    assert client.get(address).json() == {
        "people": [{"label": "Ben Ito", "note": "zips", "picture": "", "insert": "@Ben Ito"}]
    }
    Space.objects.update(state="readonly")
    assert client.get(address).status_code == 404
