"""Leaving a part out: the rest of its thread goes out without it."""

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.base.work import wake
from stoa.social.publish import policy
from stoa.social.publish.actions import turns
from stoa.social.publish.actions.deciding import locked
from stoa.social.publish.actions.following import release, revive_the_rest
from stoa.social.publish.facts import DeliveryWithdrawn
from stoa.social.publish.models import Delivery
from stoa.social.publish.models.delivery import ASKS, HELD, PLANNED, PUBLISHED, REFUSED, STOPPED, WITHDRAWN

NOT_OUT = (PLANNED, HELD, REFUSED, STOPPED, ASKS)


def can_be_left_out(delivery: Delivery) -> bool:
    """A part in the middle that is not out and not on its way. The first carries link and credit: it is changed, not left out."""
    is_on_its_way = delivery.state == PLANNED and not delivery.is_waiting
    return delivery.role == "part" and delivery.state in NOT_OUT and not is_on_its_way and not delivery.takedown


def leave_out(delivery: Delivery, *, by: Actor) -> Delivery:
    """What follows it follows the one before it instead, and goes out when that is there."""
    if not policy.may_decide(by, delivery):
        raise NotAllowed(_("You may not decide about this."))
    with transaction.atomic():
        row = locked(delivery)
        if not can_be_left_out(row) or row.follows is None:
            raise NotPossible(_("This cannot be left out (any more)."))
        before = row.follows
        before.channel = row.channel
        reason = _("It was left out.")
        turns.write(row, row.fence, due_at=None, state=WITHDRAWN, question="", reason=reason, mend="", held_by="")
        announce(DeliveryWithdrawn(row.id, row.channel_id, row.post_id, read_back=False), by=by)
        revive_the_rest(row, by=by)
        Delivery.objects.filter(follows=row.id, answers="").update(follows=before)
        if before.state == PUBLISHED:
            release(before)
        wake.after_commit()
    return row
