"""Coming in and going: joining, applying and being decided on, leaving."""

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor, Standing
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.people.models import Person
from stoa.spaces.actions.keeping_out import keep_out
from stoa.spaces.actions.roles import keep_one, role, write_grant
from stoa.spaces.facts import ApplicationDecided, ApplicationMade, SpaceJoined, SpaceLeft
from stoa.spaces.models import Application, Grant, Space
from stoa.spaces.policy import may_decide_applications


def join_space(space: Space, *, by: Actor) -> Grant:
    """Comes into an open space as a member of it."""
    person = _member(by)
    if space.joining != "open" or space.visibility == "secret":
        raise NotAllowed(_("This space is not open to join."), _("Apply, or ask a steward for an invitation."))
    return let_in(person, space, "space.member", by=by)


def let_in(person: Person, space: Space, key: str, *, by: Actor, invitation: int | None = None) -> Grant:
    """Writes the belonging and the fact, asking nobody: for actions that have asked. Who is in already stays as they are."""
    if space.state == "archived":
        raise NotPossible(_("This space is closed."))
    with transaction.atomic():
        hold(person)
        there = Grant.objects.standing().within(space.scope).filter(person=person).first()
        if there is not None:
            return there
        keep_out(person, space)
        grant = write_grant(person, role(key), space, by=by)
        announce(SpaceJoined(space.id, person.id, invitation), by=by)
    return grant


def hold(person: Person) -> None:
    """Until the transaction ends nothing else lets this person in anywhere: what they press twice happens once."""
    Person.objects.select_for_update().only("id").get(id=person.id)


def leave_space(space: Space, *, by: Actor) -> None:
    """Gives up the role one has there. The last steward hands over first."""
    grant = Grant.objects.within(space.scope).filter(person_id=by.person_id or 0).select_related("role").first()
    if grant is None:
        raise NotPossible(_("You are not in this space."))
    if grant.role.key == "space.steward":
        keep_one("space.steward", space, besides=grant)
    with transaction.atomic():
        grant.delete()
        announce(SpaceLeft(space.id, grant.person_id), by=by)


def apply_to_space(space: Space, answer: str, *, by: Actor) -> Application:
    """Asks to come in."""
    person = _member(by)
    if space.joining != "apply" or space.state == "archived":
        raise NotAllowed(_("This space takes no applications."))
    if Grant.objects.standing().within(space.scope).filter(person=person).exists():
        raise NotPossible(_("You are in this space."))
    keep_out(person, space)
    if space.question and not answer.strip():
        raise Invalid(_("Please answer the question."), field="answer")
    if Application.objects.filter(space=space, person=person, state="open").exists():
        raise NotPossible(_("You have asked already."), _("The space's stewards will answer you."))
    with transaction.atomic():
        application = Application.objects.create(space=space, person=person, answer=answer.strip()[:2000])
        announce(ApplicationMade(space.id, application.id, person.id), by=by)
    return application


def decide_application(application: Application, *, accept: bool, reason: str, by: Actor) -> None:
    """A person decides, with reasons: saying no needs words."""
    space = application.space
    if not may_decide_applications(by, space) or by.person_id == application.person_id:
        raise NotAllowed(_("You may not decide this application."))
    if not accept and not reason.strip():
        raise Invalid(_("Say why, so that they know what they could do."), field="reason")
    with transaction.atomic():
        values = {"decided_at": clock.now(), "decided_by_id": by.person_id, "reason": reason.strip()[:1000]}
        state = "accepted" if accept else "declined"
        if not Application.objects.filter(id=application.id, state="open").update(state=state, **values):
            raise NotPossible(_("This application has been decided."))
        announce(ApplicationDecided(space.id, application.id, application.person_id, accept), by=by)
        if accept:
            let_in(application.person, space, "space.member", by=by)
    application.refresh_from_db()


def withdraw_application(application: Application, *, by: Actor) -> None:
    if application.person_id != by.person_id:
        raise NotAllowed(_("Only who asked can take it back."))
    Application.objects.filter(id=application.id, state="open").update(state="withdrawn", decided_at=clock.now())


def _member(by: Actor) -> Person:
    if by.standing is not Standing.MEMBER or by.person_id is None:
        raise NotAllowed(_("Only members can join a space."), _("Join the community first."))
    return Person.objects.get(id=by.person_id)
