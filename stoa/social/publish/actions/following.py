"""What follows: the parts of a thread and a first comment go out one after the other, each as its own delivery.

What follows waits until the one before it is there; then it answers that one, is frozen with its id, and is due at once. So nothing that
fails later ever sends the beginning a second time.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import NotPossible
from stoa.base.facts import announce
from stoa.base.standing_queries import standing
from stoa.base.work.locks import held
from stoa.social.publish.actions import turns
from stoa.social.publish.facts import DeliveryAsks, DeliveryPlanned, DeliveryWithdrawn
from stoa.social.publish.models import Delivery, Post
from stoa.social.publish.models.delivery import ASKS, HELD, PLANNED, PUBLISHED, SENDING, WITHDRAWN
from stoa.social.publish.outgoing import hash_of
from stoa.social.publish.times import GRACE, IN_A_ROW, IN_LINE, LONGEST_IN_LINE

LONGEST_LINE = LONGEST_IN_LINE // IN_LINE
BEFORE = "before"  # by what a delivery is held: by what it follows


def release(before: Delivery) -> None:
    """It is there: what waited for it is due at once. In the transaction that says so, which holds its channel."""
    if before.takedown:
        return
    for row in list(waiting_for(before)):
        if can_be_named(before):
            turns.write(row, row.fence, **its_turn(row, before))
        else:
            ask_what_to_do(row)


def can_be_named(before: Delivery) -> bool:
    """Whether what follows can be attached to it: the network is told its own name for it, a person needs none."""
    return before.channel.is_by_hand or bool(before.network_id)


def is_detached(row: Delivery) -> bool:
    """Whether it would answer what only a pasted address names: posted by hand, before the channel was connected."""
    return not row.channel.is_by_hand and row.follows is not None and not row.follows.network_id


def waiting_for(before: Delivery) -> Iterator[Delivery]:
    for row in standing(_followers, delivery_id=before.id):
        row.follows, row.channel = before, before.channel
        yield row


def _followers(*, delivery_id: int) -> "QuerySet[Delivery]":
    return held(Delivery.objects.filter(follows=delivery_id, state=PLANNED, due_at=None).order_by("id"), "self")


def its_turn(row: Delivery, before: Delivery) -> dict[str, Any]:
    """It keeps its place in the channel's order, which is that of its thread; its grace begins now."""
    now, answers = clock.steady(), before.remote_id
    return {
        "due_at": now, "answers": answers, "request_hash": hash_of(row.content, answers), "planned_for": before.planned_for,
        "late_after": now + GRACE,
    }  # fmt: skip


def ask_what_to_do(row: Delivery) -> None:
    """A person said that the one before is there; by which id the network knows it, nobody can say, so nothing can be attached to it."""
    reason = _("The network's own name for what this follows is not known, so it cannot be attached from here.")
    turns.write(row, row.fence, due_at=None, state=ASKS, question="partial", reason=reason, mend="")
    turns.tell(DeliveryAsks(row.id, row.channel_id, row.post_id, ambiguous=False))


def when_to_go(row: Delivery) -> dict[str, Any]:
    """For what a person sends (again): at once; when what it follows is there; or never, because that is not there any more."""
    before = row.follows
    if before is not None and (before.state == WITHDRAWN or before.takedown):
        raise NotPossible(_("What it follows is not there (any more)."), _("Let it go."))
    if before is None:
        return {"due_at": clock.steady()}
    before.channel = row.channel
    if before.state == PUBLISHED and not can_be_named(before):
        raise NotPossible(
            _("It cannot be attached from here: the network's own name for what it follows is not known."),
            _("Post it there by hand and let it go here."),
        )
    if row.answers:
        return {"due_at": clock.steady()}
    return its_turn(row, before) if before.state == PUBLISHED else {"due_at": None}


def move_waiting(post: Post, at: datetime) -> None:
    """What of a post waits for its turn is planned for when the post is."""
    waiting = Delivery.objects.filter(post=post, state=PLANNED, due_at=None, follows__isnull=False)
    waiting.update(planned_for=at, late_after=at + GRACE)


def all_after(delivery: Delivery) -> list[Delivery]:
    """What follows it, and what follows that, in order: locked by its channel, which the caller holds."""
    found, last = [], [delivery.id]
    while last:
        rows = list(Delivery.objects.filter(follows__in=last).select_for_update(of=("self",)).order_by("id"))
        found += rows
        last = [each.id for each in rows]
    for each in found:
        each.channel = delivery.channel
    return found


def let_the_rest_go(delivery: Delivery, reason: str, *, by: Actor) -> None:
    """What only waited for it is not sent any more either."""
    for row in all_after(delivery):
        if row.state in (PLANNED, HELD) and not row.answers:
            turns.write(row, row.fence, due_at=None, state=WITHDRAWN, question="", reason=reason, mend="", held_by="")
            announce(DeliveryWithdrawn(row.id, row.channel_id, row.post_id, read_back=False), by=by)


def revive_the_rest(delivery: Delivery, *, by: Actor) -> None:
    """What was held only because this was waits for it again."""
    for row in all_after(delivery):
        if row.state == HELD and row.held_by == BEFORE:
            turns.write(row, row.fence, due_at=None, state=PLANNED, reason="", held_by="")
            announce(DeliveryPlanned(row.id, row.channel_id, row.post_id, row.planned_for, again=True), by=by)


def place_in_line(delivery: Delivery, now: datetime) -> int:
    """How many of this channel go first (0: none), as far as we count: what was planned earlier, and a thread that has begun, until it is
    through or stuck. What follows goes on as soon as it may; a first comment lets the parts go first. What is readied for long keeps
    nobody."""
    if delivery.role == "comment":
        soon = on_the_way(channel_id=delivery.channel_id).filter(readied_by(now + IN_A_ROW), role="part")
        goes_first = soon.filter(post=delivery.post_id).values_list("id", flat=True)[:LONGEST_LINE]
    elif delivery.follows_id:
        return 0
    else:
        goes_first = standing(
            goes_before, channel_id=delivery.channel_id, delivery_id=delivery.id, planned_for=delivery.planned_for,
            now=now, soon=now + IN_A_ROW,
        )  # fmt: skip
    return len(list(goes_first))


def goes_before(
    *, channel_id: int, delivery_id: int, planned_for: datetime, now: datetime, soon: datetime
) -> "QuerySet[Delivery, Any]":
    """What goes before a delivery that follows nothing."""
    begun = Q(role__in=("part", "comment")) & readied_by(soon)
    same_time = Q(planned_for=planned_for, id__lt=delivery_id)
    earlier = (Q(planned_for__lt=planned_for) | same_time) & Q(planned_for__lte=now) & (readied_by(soon) | Q(handle=""))
    rows = on_the_way(channel_id=channel_id).filter(begun | earlier).exclude(id=delivery_id)
    return rows.values_list("id", flat=True)[:LONGEST_LINE]


def on_the_way(*, channel_id: int) -> "QuerySet[Delivery]":
    return Delivery.objects.filter(channel=channel_id, state__in=(PLANNED, SENDING), due_at__isnull=False)


def readied_by(soon: datetime) -> Q:
    return Q(state=SENDING) | Q(due_at__lte=soon)
