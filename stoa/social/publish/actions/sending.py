"""Sending: all questions asked in one transaction, the attempt committed, the fence checked, then the one call."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.backup import restored_at
from stoa.base.models.site import site
from stoa.base.work import Fenced
from stoa.social.networks import lines
from stoa.social.networks.actions import hold_over
from stoa.social.networks.checking import objections
from stoa.social.networks.protocol import Line, NotSent, Outgoing, Publishes, Refused, Replies, Trouble
from stoa.social.publish import costs, gates
from stoa.social.publish.actions import handing, outcomes, preparing, turns
from stoa.social.publish.actions.budgets import learn, room_for
from stoa.social.publish.actions.following import ask_what_to_do, is_detached, place_in_line
from stoa.social.publish.actions.turns import Turn
from stoa.social.publish.facts import DeliveryAsks, DeliveryHeld, DeliveryRefused, DeliveryStopped, DeliveryUnknown
from stoa.social.publish.models import Delivery
from stoa.social.publish.models.delivery import ASKS, HELD, PLANNED, REFUSED, STOPPED, UNKNOWN
from stoa.social.publish.outgoing import outgoing_of
from stoa.social.publish.times import GRACE, IN_LINE
from stoa.social.publish.watching import WatchedHttp


def send(delivery_id: int, fence: int) -> None:
    """One attempt, if nothing speaks against it."""
    turn = begin(delivery_id, fence)
    if turn is None:
        return
    answer, credentials = call(turn)
    learn(turn)
    if turn.attempt.kind == "prepare":
        preparing.record(turn, answer, credentials)
    else:
        outcomes.record(turn, answer, credentials)


def begin(delivery_id: int, fence: int) -> Turn | None:
    """Asks everything, and writes the attempt: committed before the first byte leaves. None when it may not go out now."""
    with transaction.atomic():
        delivery = turns.take_up(delivery_id, fence)
        if delivery.state != PLANNED:
            return None
        if (
            stopped(delivery, fence)
            or detached(delivery)
            or restored(delivery, fence)
            or held(delivery, fence)
            or late(delivery, fence)
            or waiting(delivery, fence)
            or too_dear(delivery, fence)
        ):
            return None
        if delivery.channel.is_by_hand:
            handing.hand_over(delivery, fence)
            return None
        return turns.open_attempt(delivery, fence, "prepare" if preparing.is_needed(delivery) else "send")


def stopped(delivery: Delivery, fence: int) -> bool:
    """A channel that must be connected again."""
    channel = delivery.channel
    if channel.is_connected:
        return False
    reason = channel.reason or _("This channel is not connected.")
    turns.write(delivery, fence, due_at=None, state=STOPPED, reason=reason, mend=_("Connect the channel again."))
    turns.tell(DeliveryStopped(delivery.id, delivery.channel_id, delivery.post_id))
    return True


def detached(delivery: Delivery) -> bool:
    """What it follows was posted by hand, and the channel connected since: by which id the network knows that, nobody can say."""
    if not is_detached(delivery):
        return False
    ask_what_to_do(delivery)
    return True


def restored(delivery: Delivery, fence: int) -> bool:
    """After a restore it may have been published by the installation that is gone: looked up by the key that was chosen before, also when
    somebody has let things go on already. What was looked up before the restore proves nothing."""
    at = lost_since(delivery)
    proofs = (
        ("absent", "unclear") if delivery.channel.rules.at_home else ("absent",)
    )  # unclear: then a person has decided
    if at is None or delivery.attempts.filter(kind="look", outcome__in=proofs, started_at__gte=at).exists():
        return False
    now = clock.steady()
    reason = _("A backup was restored before it was due.")
    turns.write(delivery, fence, due_at=now, state=UNKNOWN, reason=reason, looks=0, quiet_at=now)
    turns.tell(DeliveryUnknown(delivery.id, delivery.channel_id, delivery.post_id))
    return True


def lost_since(delivery: Delivery) -> datetime | None:
    """When a backup was restored in which this delivery may be not yet sent, though it was."""
    at = restored_at()
    if at is None or delivery.made_at > at or not (site().paused_reason or delivery.planned_for <= at):
        return None
    return at


def held(delivery: Delivery, fence: int) -> bool:
    """Taken back meanwhile, stopped by a switch, or refused by a gate that says that this may no longer be sent."""
    hold = hold_over(delivery.channel_id)
    if delivery.takedown == "asked":
        by, reason = "person", delivery.takedown_reason or _("It was withdrawn.")
    elif hold is not None or site().paused_reason:
        by, reason = "switch", hold.reason if hold else site().paused_reason
    else:
        by, reason = "gate", gates.refusal(delivery)
    if not reason:
        return False
    turns.write(delivery, fence, due_at=None, state=HELD, reason=reason, mend="", held_by=by, takedown="")
    turns.tell(DeliveryHeld(delivery.id, delivery.channel_id, delivery.post_id, gate=by == "gate"))
    return True


def late(delivery: Delivery, fence: int) -> bool:
    """Its time has passed by more than the grace: a person decides, nothing goes out in a burst."""
    if not delivery.is_late(clock.now()) or not delivery.is_late(clock.surely()):
        return False
    reason = delivery.reason or _("Its time has passed.")
    question = "partial" if delivery.follows_id else "missed" if delivery.held_by else "late"
    turns.write(delivery, fence, due_at=None, state=ASKS, question=question, reason=reason, held_by="")
    fact = DeliveryAsks(delivery.id, delivery.channel_id, delivery.post_id, ambiguous=False)
    turns.tell(fact)
    return True


def waiting(delivery: Delivery, fence: int) -> bool:
    """The network asked for patience, its budget is used up, or an earlier delivery of this channel goes first."""
    now, quiet = clock.steady(), delivery.channel.quiet_until
    if quiet and quiet > now:
        wait_until(delivery, fence, quiet)
        return True
    if room := room_for(delivery, now):
        said = _("This channel has sent as much as its network allows for now. It goes out when there is room.")
        wait_until(delivery, fence, room, reason=said)
        return True
    if place := place_in_line(delivery, now):
        late_after = max(delivery.late_after, now + GRACE) if delivery.follows_id else delivery.late_after
        turns.write(delivery, fence, due_at=now + place * IN_LINE, late_after=late_after)
        turns.line_up(delivery, now)
        return True
    return False


def too_dear(delivery: Delivery, fence: int) -> bool:
    """What it costs there does not fit into the channel's budget of this month: nothing is sent, and a person sees why."""
    reason, mend = costs.refusal(delivery, clock.now())
    if not reason:
        return False
    turns.write(delivery, fence, due_at=None, state=REFUSED, reason=reason, mend=mend)
    turns.tell(DeliveryRefused(delivery.id, delivery.channel_id, delivery.post_id))
    return True


def wait_until(delivery: Delivery, fence: int, until: datetime, **more: str) -> None:
    """The network's own wish to wait does not make a delivery late."""
    turns.write(delivery, fence, due_at=until, late_after=max(delivery.late_after, until + GRACE), **more)


def call(turn: Turn) -> tuple[object, dict[str, str]]:
    """The one call, and what came of it: an answer or the trouble, with the credentials that must not be kept of it.

    Raises `Fenced` when the turn is over: then nothing was sent and nothing is written.
    """
    credentials: dict[str, str] = {}
    try:
        line, outgoing = watched_line(turn), outgoing_of(turn.delivery, turn.attempt.started_at)
        outgoing = replace(outgoing, since=turns.tried_since(turn))
        credentials = dict(line.credentials)
    except Trouble as trouble:
        return trouble, credentials
    except Exception as broken:
        return NotSent(f"It could not be made ready: {type(broken).__name__}."), credentials
    if shrunk := no_longer_fits(turn, outgoing):
        return shrunk, credentials
    try:
        return answer_of(turn, outgoing, line), credentials
    except Fenced:
        raise
    except Exception as trouble:
        return trouble, credentials


def no_longer_fits(turn: Turn, outgoing: Outgoing) -> Refused | None:
    """What fitted when it was planned, and does not any more: the account's own server has said since that it takes less."""
    if not turn.channel.told:
        return None
    found = next(iter(objections(outgoing, turn.channel.rules)), None)
    return Refused(found.reason, found.mend) if found else None


def watched_line(turn: Turn) -> Line:
    """The line to the turn's network, for as long as the turn is ours."""
    line = lines.line_for(turn.channel)
    return Line(WatchedHttp(line.http, turn.delivery.id, turn.fence, turn.heard), line.credentials)


def answer_of(turn: Turn, outgoing: Outgoing, line: Line) -> object:
    connector = turn.channel.connector
    if turn.attempt.kind == "prepare":
        return connector.prepare(outgoing, over=line, handle=turn.delivery.handle)
    if outgoing.answers:
        if isinstance(connector, Replies):
            return connector.reply(outgoing, over=line)
        raise Refused(_("This network takes no answers from us."), _("Answer there by hand."))
    if isinstance(connector, Publishes):
        return connector.publish(outgoing, over=line)
    raise Refused(_("This network cannot be published to."), _("Publish there by hand."))
