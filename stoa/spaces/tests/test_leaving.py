"""Leaving the community with roles in one's hands, and coming by invitation."""

import pytest

from stoa.base.errors import NotPossible
from stoa.base.work.drain import drain
from stoa.people import door
from stoa.people.actions.joining import admit, sign_up
from stoa.people.actions.leaving import erase_person
from stoa.people.models import Account, DoorPass, Notice, Person
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.actions.entry import apply_to_space, decide_application
from stoa.spaces.actions.invitation import invite
from stoa.spaces.models import Grant
from stoa.spaces.tests.makers import give, make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db


def test_the_last_steward_of_others_cannot_leave_unseen() -> None:
    space, person = make_space(), make_person()
    give(person, "space.steward", space)
    make_insider(space)
    with pytest.raises(NotPossible, match="You are the last"):
        erase_person(person, by=actor_of(person))
    assert Person.objects.get(id=person.id).standing == "member"


def test_a_steward_alone_may_leave() -> None:
    space, person = make_space(), make_person()
    give(person, "space.steward", space)
    erase_person(person, by=actor_of(person))
    assert Grant.objects.count() == 0


def test_an_invitation_carried_through_the_door_is_used() -> None:
    space = make_space("Den", "private")
    invitation = invite(space, by=make_insider(space, "space.steward"))
    person = sign_up(Account.objects.create(email="n@example.org"), name="Noor", invitation=invitation.code)
    DoorPass.objects.bulk_create(DoorPass(person=person, step=step.key) for step in door.all_steps())
    assert admit(person, by=actor_of(person))
    drain()
    assert Grant.objects.get(person=person).role.key == "space.member"


def test_stewards_are_told_of_an_application_and_the_applicant_of_the_answer() -> None:
    space = make_space(joining="apply")
    steward, ada = make_insider(space, "space.steward"), make_actor()
    application = apply_to_space(space, "", by=ada)
    drain()
    decide_application(application, accept=False, reason="Full until May", by=steward)
    drain()
    told = {(notice.person_id, notice.kind) for notice in Notice.objects.all()}
    assert told == {(steward.person_id, "spaces.application"), (ada.person_id, "spaces.decided")}
    assert make_staff("moderator").person_id not in {person for person, _ in told}
