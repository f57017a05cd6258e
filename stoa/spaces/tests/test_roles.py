"""Roles hold rights; nobody gives or takes more than they hold."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from stoa.base import actors, clock
from stoa.base.errors import NotAllowed, NotPossible
from stoa.base.models import FactRow
from stoa.people import rights
from stoa.people.loading import account_known
from stoa.people.models import Account, Block, Notice
from stoa.people.tests.makers import make_actor, make_person
from stoa.spaces.actions.composing import edit_role
from stoa.spaces.actions.glass import break_glass, list_closed_names
from stoa.spaces.actions.roles import grant_role, make_owner, role, ship, take_role
from stoa.spaces.models import Grant, Role, Space
from stoa.spaces.policy import may_manage
from stoa.spaces.tests.makers import give, make_insider, make_space, make_staff
from stoa.spaces.visibility import may_read

pytestmark = pytest.mark.django_db
WHY = "A letter from the police names this space."


def test_an_actor_with_roles_and_blocks_is_loaded_in_two_queries() -> None:
    person, space = make_person("Ada"), make_space()
    give(person, "moderator")
    give(person, "space.steward", space)
    others = [make_person(f"P{number}") for number in range(3)]
    for other in others:
        Block.objects.create(person=person, other=other)
    with CaptureQueriesContext(connection) as asked:
        actor = actors.of_account(Account.objects.get(id=person.account_id))
    assert len(asked) == 1 + 2
    with CaptureQueriesContext(connection) as asked:
        assert actors.of_account(account_known(person.account_id or 0)) == actor == actors.of_person(person.id)
    assert len(asked) == 2 + 2
    assert actor.blocked == {other.id for other in others}
    assert actor.is_staff
    assert actor.holds("spaces.read", space.scope)
    assert not actor.may("spaces.manage")
    assert actor.may("spaces.manage", space.scope)
    assert actor.may("spaces.take_part")


def test_a_plain_member_holds_member_rights_and_is_not_staff() -> None:
    actor = make_actor()
    assert actor.may("spaces.take_part")
    assert not actor.is_staff
    assert not make_actor("Pia", "pending").may("spaces.take_part")


def test_the_owner_holds_every_right_but_sight_of_spaces() -> None:
    owner = make_staff("owner")
    assert {key for key in rights.all_rights() if not owner.may(key)} == {"spaces.read", "spaces.see_all_questions"}


def test_a_right_taken_out_of_a_shipped_role_stays_out() -> None:
    owner = make_staff("owner")
    edit_role(role("space.member"), ["spaces.read"], by=owner)
    ship()
    assert role("space.member").rights == ["spaces.read"]


def test_sight_cannot_be_put_into_a_role_of_the_site() -> None:
    with pytest.raises(Exception, match="Sight"):
        edit_role(role("moderator"), ["spaces.read"], by=make_staff("owner"))
    assert "spaces.read" not in role("moderator").rights


def test_a_manager_cannot_make_or_strip_an_owner() -> None:
    owner = make_staff("owner")
    manager = make_staff("community_manager")
    grant = Grant.objects.get(person_id=owner.person_id)
    with pytest.raises(NotAllowed):
        take_role(grant, by=manager)
    with pytest.raises(NotAllowed):
        grant_role(make_person("Cy"), role("owner"), by=manager)
    assert list(Grant.objects.filter(role__key="owner")) == [grant]


def test_the_last_owner_cannot_be_taken() -> None:
    owner = make_staff("owner")
    with pytest.raises(NotPossible):
        take_role(Grant.objects.get(person_id=owner.person_id), by=owner)


def test_the_last_steward_hands_over_first() -> None:
    space = make_space()
    steward = make_insider(space, "space.steward")
    with pytest.raises(NotPossible):
        take_role(Grant.objects.get(person_id=steward.person_id), by=steward)
    other = make_person("Bo")
    grant_role(other, role("space.steward"), space, by=steward)
    take_role(Grant.objects.get(person_id=steward.person_id), by=steward)
    assert Grant.objects.get().person_id == other.id
    assert FactRow.objects.filter(name="spaces.role_granted").count() == 1


def test_a_space_moderator_cannot_strip_a_steward() -> None:
    space = make_space()
    steward = make_insider(space, "space.steward")
    moderator = make_insider(space, "space.moderator")
    with pytest.raises(NotAllowed):
        take_role(Grant.objects.get(person_id=steward.person_id), by=moderator)


def test_a_site_owner_has_no_say_in_a_closed_space() -> None:
    space, owner = make_space("Den", "private"), make_staff("owner")
    assert not may_manage(owner, space)
    with pytest.raises(NotAllowed):
        grant_role(make_person("Cy"), role("space.member"), space, by=owner)
    assert may_manage(owner, make_space("Hall", "public"))


def test_the_first_owner_is_made_once() -> None:
    grant = make_owner(make_person(), by=actors.system("set-up"))
    assert grant.role.key == "owner"
    with pytest.raises(NotPossible):
        make_owner(make_person("Bo"), by=actors.system("set-up"))


def test_broken_glass_gives_sight_for_a_day_and_tells_the_space() -> None:
    space, owner = make_space("Cellar", "secret"), make_staff("owner")
    member = make_insider(space)
    with pytest.raises(NotPossible):
        break_glass(space, WHY, by=owner)
    assert list_closed_names(WHY, by=owner) == [space]
    break_glass(space, WHY, by=owner)
    looking = actors.of_person(owner.person_id or 0)
    assert may_read(looking, space)
    assert not may_manage(looking, space)
    told = member.person_id
    kinds = sorted(Notice.objects.filter(person_id=told).values_list("kind", flat=True))
    assert kinds == ["spaces.glass_broken", "spaces.names_listed"]
    with clock.moved(by=timedelta(hours=25)):
        assert not may_read(actors.of_person(owner.person_id or 0), space)
        assert Space.objects.visible_to(actors.of_person(owner.person_id or 0)).count() == 0


def test_only_owners_break_glass_and_only_with_a_reason() -> None:
    make_space("Cellar", "secret")
    with pytest.raises(NotAllowed):
        list_closed_names(WHY, by=make_staff("moderator"))
    with pytest.raises(Exception, match="Say why"):
        list_closed_names("because", by=make_staff("owner"))
    assert FactRow.objects.count() == 0
    assert Role.objects.filter(key="space.witness").exists()
