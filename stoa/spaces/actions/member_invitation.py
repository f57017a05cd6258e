"""Invitations that members make: a few links, for a few people, for a short time, to where everybody may come in by themselves."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.crypto import Secret
from stoa.base.errors import NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.people.models import Person
from stoa.people.vouching import fingerprint
from stoa.spaces.actions.entry import hold
from stoa.spaces.actions.roles import role as role_of
from stoa.spaces.facts import InvitationMade
from stoa.spaces.models import Invitation, Space
from stoa.spaces.options import FROM_LEVEL, LINK_DAYS, LINK_USES, LINKS_A_WEEK
from stoa.spaces.policy import may_invite_few

WEEK = timedelta(days=7)


def left_this_week(by: Actor) -> int:
    """How many more the actor may make now. What was taken back counts: it may have been handed on."""
    made = Invitation.objects.made_as_member(by).filter(made_at__gt=clock.now() - WEEK).count()
    return max(LINKS_A_WEEK.get() - made, 0)


def invite_as_member(space: Space | None, *, by: Actor) -> Invitation:
    """A link into the community, and on into an open space that its maker is in. It names no address: whoever makes it sees the code, and
    such a code would prove an address that is somebody else's."""
    if not may_invite_few(by, space, FROM_LEVEL.get()):
        raise NotAllowed(
            _("You may not invite people here."), _("“What you may do” in your menu says what is missing.")
        )
    code = secrets.token_urlsafe(18)
    with transaction.atomic():
        hold(Person.objects.get(id=by.own_id))
        if not left_this_week(by):
            most = LINKS_A_WEEK.get()
            words = ngettext(
                "You can make %(count)s invitation in a week.", "You can make %(count)s invitations in a week.", most
            )
            raise NotPossible(words % {"count": most}, _("Hand on one that is still open, or wait some days."))
        now = clock.now()
        made = Invitation(
            fingerprint=fingerprint(code), space=space, role=role_of("space.member") if space else None, by_id=by.person_id,
            uses=LINK_USES.get(), made_at=now, ends_at=now + timedelta(days=LINK_DAYS.get()), made_as=Invitation.MadeAs.MEMBER,
        )  # fmt: skip
        made.sealed = Secret(code)
        made.save(force_insert=True)
        announce(InvitationMade(made.id, space.id if space else None, made.ends_at), by=by)
    return made
