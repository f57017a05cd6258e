"""Changing what has not gone out: the same delivery, frozen anew under a new fence.

A worker that claimed it meanwhile is fenced and sends nothing; one that has begun to send has won, and the change is refused. The key
stays: no network has ever taken it, else the change is refused too.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.base.walltime import Moment
from stoa.base.work import wake
from stoa.social.publish import policy
from stoa.social.publish.actions import turns
from stoa.social.publish.actions.deciding import locked
from stoa.social.publish.actions.following import move_waiting, revive_the_rest, when_to_go
from stoa.social.publish.actions.planning import moment_of
from stoa.social.publish.actions.rewriting import freeze_anew
from stoa.social.publish.facts import DeliveryChanged, DeliveryPlanned
from stoa.social.publish.models import Delivery, Post
from stoa.social.publish.models.delivery import ASKS, HELD, PLANNED, REFUSED, STOPPED
from stoa.social.publish.times import GRACE

CHANGEABLE = (PLANNED, HELD, STOPPED, REFUSED, ASKS)


def change_delivery(delivery: Delivery, text: str, *, wall: datetime | None, zone: str = "", by: Actor) -> Delivery:
    """Another text, another time (`wall` in `zone`; None means now). Another time moves what its post still plans elsewhere along."""
    if not policy.may_decide(by, delivery):
        raise NotAllowed(_("You may not change this."))
    moment = moment_of(wall, zone)
    with transaction.atomic():
        post = Post.objects.select_for_update(of=("self",)).filter(deliveries=delivery).first()
        row = locked(delivery)
        reason, mend = why_too_late(row)
        if reason or post is None:
            raise NotPossible(reason or _("An answer cannot be changed."), mend)
        if not row.channel.is_connected:
            raise NotPossible(_("This channel is not connected."), _("Connect it again first."))
        is_new_text = freeze_anew(row, post, text, by=by)
        plan_anew(row, moment, by=by)
        move_post(post, row, moment)
        if is_new_text:
            announce(DeliveryChanged(row.id, row.channel_id, post.id), by=by)
        wake.after_commit()
    return row


def why_too_late(delivery: Delivery) -> tuple[str, str]:
    """(the reason, the way to mend it) when it cannot be changed any more; empty when it can."""
    if delivery.erased_at:
        return _("Its words were erased at the author's request."), ""
    if delivery.is_published:
        return _("It is too late to change this: it is out."), _("Take it down, and write a new one.")
    if delivery.state == "handed":
        return (
            _("It is too late to change this: somebody has it in hand to post."),
            _("Let it go and write a new one, or say what became of it."),
        )
    if delivery.state == "withdrawn":
        return _("It is too late to change this: it was withdrawn."), _("Write a new one.")
    if delivery.may_be_there or delivery.state not in CHANGEABLE or delivery.was_unclear:
        return (
            _("It is too late to change this: it was handed to the network, which may have it."),
            _("Look what became of it. If it is not there, let it go and write a new one."),
        )
    return "", ""


def plan_anew(row: Delivery, moment: Moment, *, by: Actor) -> None:
    goes: dict[str, Any] = {"due_at": moment.at, "planned_for": moment.at, "late_after": moment.at + GRACE}
    if row.follows_id:  # what follows has no time of its own
        goes = {"late_after": clock.steady() + GRACE} | when_to_go(row)
    turns.write(
        row, row.fence, state=PLANNED, question="", held_by="", reason="", mend="", looks=0, takedown="", **goes
    )
    revive_the_rest(row, by=by)
    announce(DeliveryPlanned(row.id, row.channel_id, row.post_id, moment.at, again=True), by=by)


def move_post(post: Post, row: Delivery, moment: Moment) -> None:
    """The post stands on the calendar where its next deliveries do: those that nobody has begun to send move along."""
    if post.at == moment.at or row.follows_id:
        return
    waiting = Delivery.objects.filter(post=post, state=PLANNED, due_at=post.at).exclude(id=row.id)
    waiting.update(
        planned_for=moment.at, due_at=moment.at, late_after=moment.at + GRACE, fence=F("fence") + 1, lease_until=None
    )
    move_waiting(post, moment.at)
    post.wall, post.zone, post.tzdata = moment.wall.isoformat(timespec="minutes"), moment.zone, moment.tzdata
    post.at, post.changed_at = moment.at, clock.now()
    post.save(update_fields=["wall", "zone", "tzdata", "at", "changed_at"])
