"""What the network's answer to a sending means, and what follows from it."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.http import web_address
from stoa.social.networks import lines
from stoa.social.networks.actions import keep_quiet, mark_for_reconnecting, refresh_channel
from stoa.social.networks.protocol import (
    Expired,
    Gone,
    NotSent,
    Pending,
    Published,
    Reconnect,
    Refused,
    Trouble,
    TryLater,
)
from stoa.social.publish.actions.following import release
from stoa.social.publish.actions.turns import Turn, close, conclude, take
from stoa.social.publish.evidence import evidence_of
from stoa.social.publish.facts import (
    DeliveryAsks,
    DeliveryPublished,
    DeliveryRefused,
    DeliveryStopped,
    DeliveryUnknown,
)
from stoa.social.publish.models.delivery import ASKS, PENDING, PLANNED, PUBLISHED, REFUSED, STOPPED, UNKNOWN
from stoa.social.publish.times import GRACE, LOOKS, NOT_SENT, SETTLING, patience, pause

WIDEST = 500  # signs of an id or a handle: a longer one names nothing once it is cut


def record(turn: Turn, answer: object, credentials: Mapping[str, str]) -> None:
    """Writes what became of an attempt to send. What is not a clear answer is *unknown*."""
    evidence = evidence_of(answer, credentials)
    match answer:
        case Published() if 0 < len(answer.id) <= WIDEST:
            published(turn, answer, evidence)
        case Pending() if len(answer.handle) <= WIDEST:
            pending(turn, answer, evidence)
        case Expired():
            expired(turn, answer, evidence)
        case Reconnect():
            reconnect(turn, answer, evidence)
        case Gone() if is_ready_no_more(turn):
            conclude(turn, "ready no more", evidence, due_at=clock.steady(), state=PLANNED, prepared="", handle="")
        case Refused() | Gone():
            refused(turn, answer, evidence)
        case TryLater():
            later(turn, answer, evidence)
        case NotSent():
            not_sent(turn, answer, evidence)
        case _:
            unknown(turn, answer, evidence)


def published(turn: Turn, answer: Published, evidence: dict[str, object]) -> None:
    """It is there. A remote post that another delivery has claimed proves nothing: a person decides."""
    delivery = turn.delivery
    told = DeliveryPublished(delivery.id, delivery.channel_id, delivery.post_id, answer.at, turn.attempt.number)
    try:
        with transaction.atomic():
            is_asked_back = take(delivery.id, turn.fence).takedown == "asked"
            close(
                turn, "published", evidence, due_at=clock.steady() if is_asked_back else None, told=told,
                state=PUBLISHED, reason="", mend="", question="", held_by="", looks=0, handle="",
                remote_id=answer.id, remote_version=answer.version[:200], address=web_address(answer.address),
                published_at=answer.at,
            )  # fmt: skip
            if not is_asked_back:
                release(delivery)
    except IntegrityError:
        ask(turn, _("The network named a post that belongs to another delivery."), evidence)


def ask(turn: Turn, reason: str, evidence: dict[str, object]) -> None:
    """It may be there or not, and we cannot tell: a person decides."""
    delivery = turn.delivery
    told = DeliveryAsks(delivery.id, delivery.channel_id, delivery.post_id, ambiguous=True)
    conclude(
        turn, "unclear", evidence, due_at=None, told=told, state=ASKS, question="ambiguous", reason=reason,
        mend=_("Look at the channel: is it there?"),
    )  # fmt: skip


def pending(turn: Turn, answer: Pending, evidence: dict[str, object]) -> None:
    now = clock.steady()
    lag = timedelta(seconds=turn.channel.rules.lag)
    conclude(
        turn, "pending", evidence, due_at=now + patience(answer.after), state=PENDING, handle=answer.handle,
        quiet_at=now + max(lag, SETTLING), reason="",
    )  # fmt: skip


def expired(turn: Turn, answer: Expired, evidence: dict[str, object]) -> None:
    """Not done: the credentials are over. Renewed by one worker, then tried again at once with the same key."""
    channel, now = turn.channel, clock.steady()
    sends = (
        turn.delivery.attempts.filter(kind=turn.attempt.kind).order_by("-number").values_list("outcome", flat=True)[1:2]
    )
    if list(sends) == ["expired"]:
        reconnect(turn, answer, evidence)
        return
    try:
        refresh_channel(channel.id, lines.line_for(channel), seen=channel.opened)
        due_at = now
    except Reconnect as over:
        reconnect(turn, over, evidence)
        return
    except Exception as trouble:
        wait = trouble.after if isinstance(trouble, TryLater) else None
        due_at = now + patience(wait)
    conclude(turn, "expired", evidence, due_at=due_at, state=PLANNED)


def reconnect(turn: Turn, answer: Reconnect, evidence: dict[str, object]) -> None:
    delivery = turn.delivery
    mark_for_reconnecting(turn.channel.id, answer.reason, seen=turn.channel.opened)
    conclude(
        turn, "reconnect", evidence, due_at=None, state=STOPPED, reason=answer.reason,
        told=DeliveryStopped(delivery.id, delivery.channel_id, delivery.post_id), mend=_("Connect the channel again."),
    )  # fmt: skip


def refused(turn: Turn, answer: Trouble, evidence: dict[str, object]) -> None:
    delivery = turn.delivery
    mend = getattr(answer, "mend", "") or _("Change the post, then send it again.")
    told = DeliveryRefused(delivery.id, delivery.channel_id, delivery.post_id)
    conclude(
        turn,
        "refused",
        evidence,
        due_at=None,
        told=told,
        state=REFUSED,
        reason=answer.reason,
        mend=mend,
        prepared="",
        handle="",
    )


def is_ready_no_more(turn: Turn) -> bool:
    """What was prepared was not there when it was to be sent: networks keep it for hours. Prepared again, but not for ever."""
    is_prepared = turn.attempt.kind == "send" and bool(turn.delivery.prepared)
    return is_prepared and turn.delivery.attempts.filter(outcome="ready").count() < 3


def later(turn: Turn, answer: TryLater, evidence: dict[str, object]) -> None:
    """Not done; the network asks for patience, for this channel as a whole. The same key goes out then."""
    until = clock.steady() + patience(answer.after)
    keep_quiet(turn.channel.id, until)
    late_after = max(turn.delivery.late_after, until + GRACE)
    conclude(turn, "later", evidence, due_at=until, state=PLANNED, reason=answer.reason, late_after=late_after)


def not_sent(turn: Turn, answer: NotSent, evidence: dict[str, object]) -> None:
    """Proven not done: tried again after a growing pause, until its time has passed."""
    tried = turn.delivery.attempts.filter(outcome="not sent").count()
    due_at = clock.steady() + pause(NOT_SENT, tried, turn.delivery.id)
    conclude(turn, "not sent", evidence, due_at=due_at, state=PLANNED, reason=answer.reason)


def unknown(turn: Turn, answer: object, evidence: dict[str, object]) -> None:
    """It may have been done. It is looked up, with growing pauses; it is never sent again blindly."""
    delivery, now = turn.delivery, clock.steady()
    lag = timedelta(seconds=turn.channel.rules.lag)
    told = DeliveryUnknown(delivery.id, delivery.channel_id, delivery.post_id)
    reason = answer.reason if isinstance(answer, Trouble) else _("The network's answer could not be understood.")
    conclude(
        turn, "unknown", evidence, due_at=now + pause(LOOKS, 0), told=told, state=UNKNOWN, reason=reason, looks=0,
        quiet_at=now + max(lag, SETTLING),
    )  # fmt: skip
