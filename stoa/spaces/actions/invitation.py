"""Invitations: made, used, revoked."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from stoa.base import actors, clock
from stoa.base.actors import Actor, Standing
from stoa.base.crypto import Secret
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.base.mail import compose, write_letter
from stoa.base.models.site import site
from stoa.people.models import Person, SignUp
from stoa.people.vouching import fingerprint
from stoa.spaces.actions.entry import hold, let_in
from stoa.spaces.actions.roles import role as role_of
from stoa.spaces.facts import InvitationMade, InvitationRevoked
from stoa.spaces.models import Grant, Invitation, InvitationUse, Role, Space
from stoa.spaces.options import FROM_LEVEL
from stoa.spaces.policy import may_invite, may_invite_to_site, may_invite_with, may_make_again

LONGEST = timedelta(days=90)


def invite(
    space: Space | None,
    *,
    by: Actor,
    role: Role | None = None,
    email: str = "",
    person: Person | None = None,
    uses: int = 1,
    lasts: timedelta = timedelta(days=14),
) -> Invitation:
    """An invitation to the community, or into a space. Its role holds no more than the inviter holds there."""
    if not (may_invite(by, space) if space else may_invite_to_site(by)):
        raise NotAllowed(_("You may not invite people here."))
    if space is None and role is not None:
        raise Invalid(_("An invitation to the community carries no role."), field="role")
    if space is not None and space.state == "archived":
        raise NotPossible(_("This space is archived."), _("Restore it first, then invite people."))
    role = role or (role_of("space.member") if space else None)
    if not may_invite_with(by, space, role):
        raise NotAllowed(_("You can only invite to roles that hold no more than you hold here yourself."))
    if not (1 <= uses <= 500 and timedelta(0) < lasts <= LONGEST):
        raise Invalid(_("An invitation is good for 1 to 500 people and at most 90 days."), field="uses")
    code, is_mailed = secrets.token_urlsafe(18), bool(email and settings.STOA_MAIL_URL)
    with transaction.atomic():
        made = Invitation(
            fingerprint=fingerprint(code), was_mailed=is_mailed, space=space, role=role, email=email, person=person,
            uses=1 if email or person else uses, ends_at=clock.now() + lasts, by_id=by.person_id,
        )  # fmt: skip
        made.sealed = None if is_mailed else Secret(code)
        made.save(force_insert=True)
        if email:
            _mail(made, code, by)
        announce(InvitationMade(made.id, space.id if space else None, made.ends_at), by=by)
    return made


def _mail(invitation: Invitation, code: str, by: Actor) -> None:
    """Writes the letter that brings the link; without a mail server it stays in the outbox and the link is handed over."""
    words = {
        "place": invitation.space.name if invitation.space else site().name, "name": by.name,
        "address": f"/invitations/{code}/", "day": invitation.ends_at.date().isoformat(),
    }  # fmt: skip
    letter = compose("spaces/mail/invitation.txt", words, language=site().language)
    write_letter("spaces.invitation", subject=letter["subject"], text=letter["text"], address=invitation.email)


def stands(invitation: Invitation) -> bool:
    """Whether its maker could still make it: they are here, may invite there, and hold what it gives. Asked anew at every use."""
    maker = actors.of_person(invitation.by_id) if invitation.by_id else actors.VISITOR
    return may_make_again(maker, invitation, FROM_LEVEL.get())


def use_invitation(invitation: Invitation, person: Person, *, by: Actor) -> None:
    """Comes in by an invitation, once each. Who is in already takes nobody's place. One that is over, used up, taken back, for
    somebody else or of somebody who may not invite any more opens nothing, and the answer does not say which it was."""
    if by.person_id != person.id and not by.is_system:
        raise NotAllowed(_("An invitation is used by oneself."))
    if by.standing is not Standing.MEMBER and not by.is_system:
        raise NotAllowed(_("An invitation is used by members."), _("Come through the door first, then open it again."))
    with transaction.atomic():
        hold(person)
        if is_in(person, invitation):
            return
        good = Invitation.objects.for_bearer(by).filter(id=invitation.id)
        if not stands(invitation) or not good.update(used=F("used") + 1):
            raise NotPossible(_("This invitation does not open anything for you any more."), _("Ask for a new one."))
        InvitationUse.objects.create(invitation=invitation, person=person)
        if invitation.space and invitation.role:
            let_in(person, invitation.space, invitation.role.key, by=by, invitation=invitation.id)
    invitation.refresh_from_db()


def is_in(person: Person, invitation: Invitation) -> bool:
    """Whether they are where it leads to. A place of an invitation to the community is for whoever signed up with it."""
    if InvitationUse.objects.filter(invitation=invitation, person=person).exists():
        return True
    if invitation.space:
        return Grant.objects.standing().within(invitation.space.scope).filter(person=person).exists()
    return not SignUp.objects.filter(person=person, invitation=invitation.fingerprint).exists()


def revoke_invitation(invitation: Invitation, *, by: Actor) -> None:
    """Takes an invitation back; who came by it stays."""
    space = invitation.space
    allowed = may_invite(by, space) if space else may_invite_to_site(by)
    is_own = invitation.by_id == by.person_id and by.standing is Standing.MEMBER
    if not allowed and not is_own:
        raise NotAllowed(_("You may not take this invitation back."))
    with transaction.atomic():
        if Invitation.objects.filter(id=invitation.id, revoked_at=None).update(revoked_at=clock.now()):
            announce(InvitationRevoked(invitation.id, space.id if space else None), by=by)
    invitation.refresh_from_db()


def is_made_out_to(mark: str, email: str) -> bool:
    """Whether the invitation whose code has this fingerprint proves this address to be its holder's: its code was mailed there, or
    handed out by who may invite anybody. One into a space alone shows its code to its maker, who could join with it."""
    named = Invitation.objects.filter(fingerprint=mark, email__iexact=email).exclude(email="")
    return named.filter(Q(was_mailed=True) | Q(space=None)).exists()


def vouches_for(code: str, email: str) -> bool:
    """Whether an invitation proves this address: mailed, for whom it was mailed to; without a mail server, for whoever holds it."""
    found = Invitation.objects.open().with_code(code).select_related("space", "role").first() if code else None
    if found is None or not stands(found):
        return False
    is_theirs = not found.email or found.email.lower() == email.lower()
    return is_theirs and (found.was_mailed or not settings.STOA_MAIL_URL)
