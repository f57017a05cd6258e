"""What follows from facts: an invitation carried through the door is used, applications are told of."""

from stoa.base import actors
from stoa.base.errors import Refusal
from stoa.base.facts import Told, hears
from stoa.people.actions.notice import tell
from stoa.people.facts import PersonJoined
from stoa.people.models import Person, SignUp
from stoa.spaces.actions.invitation import use_invitation
from stoa.spaces.facts import ApplicationDecided, ApplicationMade
from stoa.spaces.models import Grant, Invitation


@hears(PersonJoined, name="spaces.invitations")
def use_carried_invitation(told: Told[PersonJoined]) -> None:
    """An invitation that has run out meanwhile opens nothing; the person is a member all the same."""
    sign_up = SignUp.objects.filter(id=told.fact.sign_up or 0).exclude(invitation="").first()
    invitation = Invitation.objects.filter(fingerprint=sign_up.invitation).first() if sign_up else None
    person = Person.objects.members().filter(id=told.fact.person).first()
    if invitation is None or person is None:
        return
    try:
        use_invitation(invitation, person, by=actors.of_person(person.id))
    except Refusal:
        return


@hears(ApplicationMade, name="spaces.tell_stewards")
def tell_stewards(told: Told[ApplicationMade]) -> None:
    deciding = Grant.objects.standing().within(("space", told.fact.space)).select_related("role")
    people = [grant.person_id for grant in deciding if "spaces.decide_applications" in grant.role.rights]
    tell(people, "spaces.application", ("spaces.space", told.fact.space), by=actors.of_person(told.fact.person))


@hears(ApplicationDecided, name="spaces.tell_applicant")
def tell_applicant(told: Told[ApplicationDecided]) -> None:
    by = actors.of_person(told.by_id) if told.by_id else actors.system("spaces")
    tell([told.fact.person], "spaces.decided", ("spaces.space", told.fact.space), by=by)
