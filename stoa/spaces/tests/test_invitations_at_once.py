"""Two presses in the same moment, with two real connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from stoa.people.models import Person
from stoa.people.tests.makers import actor_of, make_person
from stoa.spaces.actions.invitation import invite, use_invitation
from stoa.spaces.actions.roles import role, ship
from stoa.spaces.models import Grant, Invitation, InvitationUse
from stoa.spaces.tests.makers import make_insider, make_space

pytestmark = pytest.mark.django_db(transaction=True)


def press(invitations: list[int], people: list[int]) -> list[str]:
    """Each person uses an invitation, all at once. Gives what each was answered."""
    barrier = Barrier(len(people))

    def one(pair: tuple[int, int]) -> str:
        try:
            invitation, person = Invitation.objects.get(id=pair[0]), Person.objects.get(id=pair[1])
            by = actor_of(person)
            barrier.wait(timeout=30)
            use_invitation(invitation, person, by=by)
        except Exception as trouble:
            return type(trouble).__name__
        else:
            return "in"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        return sorted(pool.map(one, zip(invitations, people, strict=True)))


def test_two_presses_of_one_person_are_one_use() -> None:
    ship()
    space = make_space("Den", "private")
    made = invite(space, by=make_insider(space, "space.steward"), uses=5)
    ada = make_person("Ada")
    for _round in range(5):
        assert press([made.id] * 2, [ada.id] * 2) == ["in", "in"]
        made.refresh_from_db()
        assert (made.used, InvitationUse.objects.count(), Grant.objects.filter(person=ada).count()) == (1, 1, 1)
        InvitationUse.objects.all().delete()
        Grant.objects.filter(person=ada).delete()
        Invitation.objects.update(used=0)


def test_two_links_of_one_person_give_one_role() -> None:
    ship()
    space = make_space("Den", "private")
    steward = make_insider(space, "space.steward")
    one, other = invite(space, by=steward), invite(space, by=steward, role=role("space.guest"))
    ada = make_person("Ada")
    for _round in range(5):
        assert press([one.id, other.id], [ada.id] * 2) == ["in", "in"]
        assert (InvitationUse.objects.count(), Grant.objects.filter(person=ada).count()) == (1, 1)
        InvitationUse.objects.all().delete()
        Grant.objects.filter(person=ada).delete()
        Invitation.objects.update(used=0)


def test_the_last_place_is_given_once() -> None:
    ship()
    space = make_space("Den", "private")
    made = invite(space, by=make_insider(space, "space.steward"), uses=1)
    people = [make_person(f"P{number}").id for number in range(4)]
    assert press([made.id] * 4, people) == ["NotPossible"] * 3 + ["in"]
    assert InvitationUse.objects.count() == 1
