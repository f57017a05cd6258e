"""A usage right ends: taken back by its author, by what became of the text, or because its time is over."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor, system
from stoa.base.errors import NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.bridge import policy
from stoa.bridge.actions.rights import locked, write_state
from stoa.bridge.actions.uses import take_down_uses
from stoa.bridge.facts import Cause, UsageRightExpired, UsageRightWithdrawn
from stoa.bridge.models import UsageRight
from stoa.bridge.models.right import EXPIRED, REQUESTED, VALID, WITHDRAWN

HOUSE = system("bridge")
ENDABLE = (REQUESTED, *VALID, EXPIRED)
AT_ONCE = 200


def take_back(right: UsageRight, *, by: Actor) -> UsageRight:
    """The author takes it back: every use comes down, what is scheduled is held."""
    if not policy.is_author(by, right):
        raise NotAllowed(_("Only the author can take this back."))
    if not policy.may_take_back(by, right):
        raise NotPossible(_("There is nothing to take back."))
    return end(right, Cause.AUTHOR, by=by)


def take_back_of(rights: Q, cause: Cause, *, by: Actor = HOUSE) -> int:
    """Ends all rights that meet the condition, for a cause other than the author's wish. Says how many."""
    found = list(UsageRight.objects.filter(rights, state__in=ENDABLE).with_all().order_by("id"))
    for right in found:
        end(right, cause, by=by)
    return len(found)


def end(right: UsageRight, cause: Cause, *, by: Actor) -> UsageRight:
    with transaction.atomic():
        right = locked(right)
        if right.state not in ENDABLE:
            return right
        right.cause = cause.value
        write_state(right, WITHDRAWN, by=by)
        uses = take_down_uses(right, reason_of(cause))
        announce(UsageRightWithdrawn(right.id, cause, uses), by=by)
    return right


def reason_of(cause: Cause) -> str:
    """What the delivery says of why it comes down."""
    return {
        Cause.AUTHOR: _("The author has taken their words back."),
        Cause.DECISION: _("The text was hidden by a decision."),
        Cause.WITHDRAWN: _("The author has withdrawn the text."),
        Cause.MOVED: _("The text is no longer in a space that every member reads."),
        Cause.ERASED: _("The author has left."),
    }[cause]


def expire_rights() -> int:
    """Ends what has run out: nothing new goes out under it. Says how many."""
    over = UsageRight.objects.granted().filter(until__lte=clock.now()).order_by("until")
    return sum(expire(right) for right in over[:AT_ONCE])


def expire(right: UsageRight) -> bool:
    with transaction.atomic():
        right = locked(right)
        if not right.is_granted or clock.now() < right.until:
            return False
        write_state(right, EXPIRED, by=HOUSE)
        announce(UsageRightExpired(right.id), by=HOUSE)
    return True
