"""Introductions: two members who like to welcome and share an interest, told of a newcomer by one act."""

import time
from datetime import timedelta

import pytest
from django.test import Client

from stoa.base import clock
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.models import FactRow
from stoa.community.talk import today
from stoa.community.talk.actions.introducing import introduce
from stoa.community.talk.introducing import Match, matches_for, proposals
from stoa.community.talk.models import Introduction
from stoa.people.models import Block, Notice, Person
from stoa.people.tests.makers import actor_of, make_person
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db


def somebody(name: str, *interests: str, welcomes: bool = False, days: int = 90) -> Person:
    """Each in a millisecond of their own: ids of the same one are in no order."""
    time.sleep(0.002)
    person = make_person(name)
    person.interests, person.welcomes = list(interests), welcomes
    person.joined_at = clock.now() - timedelta(days=days)
    person.save()
    return person


@pytest.fixture
def guild() -> dict[str, Person]:
    return {
        "new": somebody("Nia", "Lamps", "kettles", days=1),
        "ada": somebody("Ada", "lamps", welcomes=True),
        "ben": somebody("Ben", "kettles", "zips", welcomes=True),
        "cyd": somebody("Cyd", "lamps"),
        "dan": somebody("Dan", "zips", welcomes=True),
    }


def test_those_are_proposed_who_welcome_and_share_an_interest(guild: dict[str, Person]) -> None:
    staff = make_staff("community_manager")
    (only,) = proposals(staff)
    assert only.newcomer == guild["new"]
    assert [(match.person.name, match.interest) for match in only.matches] == [("Ada", "Lamps"), ("Ben", "kettles")]


def test_who_is_away_is_not_proposed(guild: dict[str, Person]) -> None:
    Person.objects.filter(id=guild["ada"].id).update(away_until=clock.now().date() + timedelta(days=3))
    (only,) = proposals(make_staff("community_manager"))
    assert [match.person.name for match in only.matches] == ["Ben"]


def test_the_page_of_each_newcomer_proposes_the_two_that_today_names(guild: dict[str, Person]) -> None:
    for number in range(3):
        somebody(f"New {number}", "lamps", days=2)
        somebody(f"Old {number}", "lamps", welcomes=True)
    staff = make_staff("community_manager")
    named = {each.newcomer.name: each.matches for each in proposals(staff)}
    assert len(named) == 4
    assert {name: matches_for(Person.objects.get(name=name), staff) for name in named} == named


def test_nobody_is_proposed_who_blocked_or_was_blocked(guild: dict[str, Person]) -> None:
    Block.objects.create(person=guild["ada"], other=guild["new"])
    (only,) = proposals(make_staff("community_manager"))
    assert [match.person.name for match in only.matches] == ["Ben"]


def test_one_act_tells_both_sides_once(guild: dict[str, Person]) -> None:
    staff = make_staff("community_manager")
    matches = proposals(staff)[0].matches
    assert len(introduce(guild["new"], matches, by=staff)) == 2
    assert introduce(guild["new"], matches, by=staff) == []
    told = Notice.objects.order_by("id").values_list("person__name", "kind", "thing_key")
    assert sorted(told) == [
        ("Ada", "talk.introduced", "people.person"),
        ("Ben", "talk.introduced", "people.person"),
        ("Nia", "talk.meet", "people.person"),
        ("Nia", "talk.meet", "people.person"),
    ]
    assert FactRow.objects.filter(name="talk.introduced").count() == 2
    assert proposals(staff) == []


def test_members_introduce_nobody_and_nothing_changes(guild: dict[str, Person]) -> None:
    with pytest.raises(NotAllowed):
        introduce(guild["new"], [Match(guild["ada"], "lamps")], by=actor_of(guild["cyd"]))
    with pytest.raises(Invalid):
        introduce(guild["new"], [], by=make_staff("community_manager"))
    assert not Introduction.objects.exists()
    assert not Notice.objects.exists()


def test_today_proposes_and_the_page_does_it(guild: dict[str, Person]) -> None:
    staff = make_staff("community_manager")
    rows = [row for row in today.rows(staff) if row.key.startswith("talk.introduction:")]
    assert [(row.what, row.why) for row in rows] == [
        ("Introduce Nia to Ada and Ben", "they share an interest: Lamps, kettles")
    ]
    client = Client()
    client.force_login(Person.objects.get(id=staff.person_id).account)
    assert "Ada" in client.get(rows[0].address).content.decode()
    assert client.post(rows[0].address, {"welcomer": guild["ada"].shown_id}).status_code == 303
    assert [row.welcomer for row in Introduction.objects.all()] == [guild["ada"]]
    assert not [row for row in today.rows(staff) if row.key.startswith("talk.introduction:")]
