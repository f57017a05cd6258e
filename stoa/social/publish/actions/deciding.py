"""What people decide about a delivery: hold it, withdraw it, send it again, let it go.

Each act raises the fence, so that a worker that is busy with the old state writes nothing.
"""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.base.work import wake
from stoa.base.work.locks import held
from stoa.social.publish import policy
from stoa.social.publish.actions import turns
from stoa.social.publish.actions.following import BEFORE, all_after, let_the_rest_go, revive_the_rest, when_to_go
from stoa.social.publish.facts import DeliveryAsks, DeliveryHeld, DeliveryPlanned, DeliveryWithdrawn
from stoa.social.publish.models import Delivery
from stoa.social.publish.models.delivery import (
    ASKS,
    HANDED,
    HELD,
    PLANNED,
    REFUSED,
    SENDING,
    STOPPED,
    UNKNOWN,
    WITHDRAWN,
)
from stoa.social.publish.times import GRACE

NOT_THERE = (PLANNED, HELD, STOPPED, REFUSED)
AGAIN = (HELD, STOPPED, REFUSED, ASKS, UNKNOWN)


def locked(delivery: Delivery) -> Delivery:
    """The row as it is now, locked, with a new fence."""
    fence = Delivery.objects.filter(id=delivery.id).values_list("fence", flat=True).get()
    row = turns.take(delivery.id, fence)
    Delivery.objects.filter(id=row.id).update(fence=F("fence") + 1)
    row.refresh_from_db(fields=["fence"])
    return row


def kept_still(delivery: Delivery) -> Delivery:
    """The row as it is now, locked after its channel: in the order of a worker's turn, or each would wait for the other."""
    return held(Delivery.objects.select_related("channel"), "channel", "self").get(id=delivery.id)


def hold_delivery(delivery: Delivery, reason: str, *, by: Actor) -> Delivery:
    """Keeps back what is planned, until somebody sends it."""
    if not policy.may_withdraw(by, delivery):
        raise NotAllowed(_("You may not hold this back."))
    with transaction.atomic():
        row = kept_still(delivery)
        if row.state not in NOT_THERE:
            raise NotPossible(_("It is too late to hold this back."), _("Withdraw it instead."))
        keep_back(locked(delivery), reason, by=by)
    return delivery


def keep_back(row: Delivery, reason: str, *, by: Actor, held_by: str = "person") -> None:
    turns.write(row, row.fence, due_at=None, state=HELD, reason=reason, mend="", held_by=held_by, question="")
    announce(DeliveryHeld(row.id, row.channel_id, row.post_id, gate=False), by=by)


def ask_whether_posted(row: Delivery, asked: dict[str, Any], *, by: Actor) -> None:
    """Somebody had it in hand: only a person can say whether it stands there."""
    said = _("Somebody had it in hand to post. Was it posted?")
    turns.write(row, row.fence, due_at=None, state=ASKS, question="ambiguous", reason=said, mend="", **asked)
    announce(DeliveryAsks(row.id, row.channel_id, row.post_id, ambiguous=True), by=by)


def withdraw_delivery(delivery: Delivery, reason: str, *, by: Actor) -> Delivery:
    """Takes down what is published, holds what is not, and what may be there is looked up first. So with all that follows it. Speaks to
    nobody: a worker does."""
    if not policy.may_withdraw(by, delivery):
        raise NotAllowed(_("You may not withdraw this."))
    with transaction.atomic():
        row = kept_still(delivery)
        for each in (row, *all_after(row)):
            withdraw(each, reason, by=by)
        wake.after_commit()
    delivery.refresh_from_db()
    return delivery


def withdraw(row: Delivery, reason: str, *, by: Actor) -> None:
    """One delivery, locked."""
    asked = {
        "takedown": "asked",
        "takedown_reason": reason[:300],
        "takedown_at": clock.now(),
        "takedown_answer": "",
    }
    if row.state == HANDED or (row.state == ASKS and row.question == "forgotten"):
        ask_whether_posted(locked(row), asked, by=by)
    elif row.state in NOT_THERE or (row.state == ASKS and row.question != "ambiguous"):
        held_by = BEFORE if row.is_waiting or row.held_by == BEFORE else "person"
        keep_back(locked(row), reason, by=by, held_by=held_by)
    elif row.state == WITHDRAWN:
        return
    elif row.state == SENDING:
        Delivery.objects.filter(id=row.id).update(**asked)
    else:
        row = locked(row)
        state = {"state": UNKNOWN, "question": ""} if row.state == ASKS else {}
        turns.write(row, row.fence, due_at=clock.steady(), looks=0, **asked, **state)


def send_again(delivery: Delivery, *, by: Actor) -> Delivery:
    """Sends it, after looking whether it is there already, wherever something was tried before."""
    if not policy.may_decide(by, delivery):
        raise NotAllowed(_("You may not decide about this."))
    with transaction.atomic():
        row = locked(delivery)
        if row.state not in AGAIN:
            raise NotPossible(_("There is nothing to decide here (any more)."))
        if row.erased_at:
            raise NotPossible(_("Its words were erased at the author's request."))
        if not row.channel.is_connected:
            raise NotPossible(_("This channel is not connected."), _("Connect it again first."))
        now = clock.steady()
        kinds = ("send",) if row.channel.is_by_hand else ("send", "hand")  # who had it in hand may have posted it
        tried = row.attempts.filter(kind__in=kinds).exists()
        state = UNKNOWN if tried else PLANNED
        goes: dict[str, Any] = {"late_after": now + GRACE} | when_to_go(row)
        turns.write(
            row, row.fence, state=state, question="", held_by="", reason="", mend="", looks=0, takedown="",
            quiet_at=row.quiet_at or now, **goes,
        )  # fmt: skip
        revive_the_rest(row, by=by)
        announce(DeliveryPlanned(row.id, row.channel_id, row.post_id, row.planned_for, again=True), by=by)
        wake.after_commit()
    return row


def let_go(delivery: Delivery, reason: str, *, by: Actor) -> Delivery:
    """Nobody sends it any more, nor what only waited for it. What may be there stays as it is."""
    if not policy.may_decide(by, delivery):
        raise NotAllowed(_("You may not decide about this."))
    with transaction.atomic():
        row = locked(delivery)
        if row.state not in (PLANNED, HANDED, *AGAIN):
            raise NotPossible(_("There is nothing to let go."))
        never = {"takedown": "", "takedown_answer": ""} if row.channel.is_by_hand else {}
        turns.write(
            row, row.fence, due_at=None, state=WITHDRAWN, question="", reason=reason, mend="", held_by="", **never
        )
        let_the_rest_go(row, reason, by=by)
        announce(DeliveryWithdrawn(row.id, row.channel_id, row.post_id, read_back=False), by=by)
    return row
