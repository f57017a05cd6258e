"""Looking up what became of an unknown attempt, by key or marker, without repeating it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.work import Fenced
from stoa.social.networks import lines
from stoa.social.networks.actions import mark_for_reconnecting, refresh_channel
from stoa.social.networks.protocol import (
    Absent,
    Expired,
    Gone,
    Pending,
    Published,
    Reconnect,
    Refused,
    Settles,
    Trouble,
    TryLater,
)
from stoa.social.publish.actions import outcomes, turns
from stoa.social.publish.actions.budgets import learn
from stoa.social.publish.actions.following import is_detached
from stoa.social.publish.actions.sending import lost_since, watched_line
from stoa.social.publish.actions.turns import Turn, conclude
from stoa.social.publish.evidence import evidence_of
from stoa.social.publish.facts import DeliveryHeld, DeliveryPlanned
from stoa.social.publish.models.delivery import HELD, PENDING, PLANNED, UNKNOWN
from stoa.social.publish.outgoing import outgoing_of
from stoa.social.publish.times import LOOKS, patience, pause


def look(delivery_id: int, fence: int) -> None:
    """One look at the network."""
    turn = begin(delivery_id, fence)
    if turn is None:
        return
    answer, credentials = ask_network(turn)
    learn(turn)
    record(turn, answer, credentials)


def begin(delivery_id: int, fence: int) -> Turn | None:
    """Writes the attempt to look. A channel that must be connected again is looked at once it is."""
    with transaction.atomic():
        delivery = turns.take_up(delivery_id, fence)
        if delivery.state not in (UNKNOWN, PENDING):
            return None
        if not delivery.channel.is_connected:
            turns.write(delivery, fence, due_at=None, mend=_("Connect the channel again, so that it can be looked up."))
            return None
        return turns.open_attempt(delivery, fence, "look")


def ask_network(turn: Turn) -> tuple[object, dict[str, str]]:
    """What the network says, or the trouble."""
    connector, credentials = turn.channel.connector, {}
    if turn.channel.is_by_hand or not isinstance(connector, Settles) or is_detached(turn.delivery):
        return None, {}
    try:
        line = watched_line(turn)
        credentials = dict(line.credentials)
        outgoing = outgoing_of(turn.delivery, turn.attempt.started_at, with_pictures=False)
        outgoing = replace(outgoing, since=turns.tried_since(turn))
        return connector.settle(outgoing, over=line, handle=turn.delivery.handle), credentials
    except Fenced:
        raise
    except Exception as trouble:
        return trouble, credentials


def record(turn: Turn, answer: object, credentials: Mapping[str, str]) -> None:
    """Found: published. Absent for long enough: planned again with the same key. Cannot tell: later, and at last a person."""
    evidence = evidence_of(answer, credentials)
    match answer:
        case Published() if 0 < len(answer.id) <= outcomes.WIDEST:
            outcomes.published(turn, answer, evidence)
        case Pending():
            still_working(turn, answer, evidence)
        case Absent():
            absent(turn, evidence)
        case Expired():
            renew(turn, answer, evidence)
        case Reconnect():
            mark_for_reconnecting(turn.channel.id, answer.reason, seen=turn.channel.opened)
            conclude(turn, "reconnect", evidence, due_at=None, mend=_("Connect the channel again."))
        case None:
            outcomes.ask(turn, _("This network cannot be asked what became of it."), evidence)
        case Refused() | Gone():
            outcomes.ask(turn, answer.reason, evidence)
        case _:
            again(turn, answer, evidence)


def still_working(turn: Turn, answer: Pending, evidence: dict[str, object]) -> None:
    if turn.delivery.looks + 1 >= 4 * len(LOOKS):
        outcomes.ask(turn, _("The network is still working on it after many looks."), evidence)
        return
    due_at = clock.steady() + max(patience(answer.after), pause(LOOKS, turn.delivery.looks // 4))
    looks = turn.delivery.looks + 1
    conclude(turn, "pending", evidence, due_at=due_at, state=PENDING, looks=looks, handle=answer.handle[:500])


def absent(turn: Turn, evidence: dict[str, object]) -> None:
    """Not found. That counts once the network's lag has passed; until then it is only not there yet."""
    delivery, now = turn.delivery, clock.steady()
    if delivery.quiet_at and now < delivery.quiet_at:
        conclude(turn, "not there yet", evidence, due_at=delivery.quiet_at, looks=delivery.looks + 1)
    elif delivery.takedown == "asked":
        told = DeliveryHeld(delivery.id, delivery.channel_id, delivery.post_id, gate=False)
        conclude(
            turn, "absent", evidence, due_at=None, told=told, state=HELD, reason=delivery.takedown_reason,
            held_by="person", takedown="", takedown_answer=_("It was never there."), looks=0,
        )  # fmt: skip
    elif proves_nothing(turn):
        outcomes.ask(turn, _("A backup was restored since. What was sent before that is not known here."), evidence)
    else:
        plan_again(turn, now, evidence)


def proves_nothing(turn: Turn) -> bool:
    """Where what is sent is kept in our own database, that was restored too. A person is asked, once."""
    at = lost_since(turn.delivery) if turn.channel.rules.at_home else None
    if at is None:
        return False
    return not turn.delivery.attempts.filter(kind="look", outcome="unclear", started_at__gte=at).exists()


def plan_again(turn: Turn, now: datetime, evidence: dict[str, object]) -> None:
    delivery = turn.delivery
    told = DeliveryPlanned(delivery.id, delivery.channel_id, delivery.post_id, delivery.planned_for, again=True)
    conclude(
        turn, "absent", evidence, due_at=now, told=told, state=PLANNED, looks=0, quiet_at=None,
        reason=_("It was looked up and is not there."), mend="", handle="",
    )  # fmt: skip


def renew(turn: Turn, answer: Expired, evidence: dict[str, object]) -> None:
    """The credentials are over: renewed once, then looked up again."""
    channel, now = turn.channel, clock.steady()
    try:
        refresh_channel(channel.id, lines.line_for(channel), seen=channel.opened)
        conclude(turn, "expired", evidence, due_at=now, looks=turn.delivery.looks + 1)
    except Reconnect as over:
        mark_for_reconnecting(channel.id, over.reason, seen=channel.opened)
        conclude(turn, "reconnect", evidence, due_at=None, mend=_("Connect the channel again."))
    except Trouble as trouble:
        again(turn, trouble, evidence)


def again(turn: Turn, answer: object, evidence: dict[str, object]) -> None:
    """The look itself failed. It is tried again with growing pauses, for some hours; then a person is asked."""
    looks = turn.delivery.looks + 1
    if looks >= len(LOOKS):
        outcomes.ask(turn, _("It could not be found out what became of it."), evidence)
        return
    wait = pause(LOOKS, looks, turn.delivery.id)
    if isinstance(answer, TryLater):
        wait = max(wait, patience(answer.after))
    conclude(turn, "cannot tell", evidence, due_at=clock.steady() + wait, looks=looks)
