"""The engine's side of a correction: the network is asked for other words, and an outcome that is not known is read back.

An edit names the post and brings all of its words: doing it twice leaves what doing it once leaves. Even so it is done again only after a
look that did not find it done.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.http import web_address
from stoa.base.models.site import site
from stoa.base.work import Fenced
from stoa.social.networks import lines
from stoa.social.networks.actions import hold_over, keep_quiet, mark_for_reconnecting, refresh_channel
from stoa.social.networks.protocol import (
    Absent,
    Edits,
    Expired,
    Gone,
    NotSent,
    Outgoing,
    Published,
    Reconnect,
    Refused,
    Settles,
    Trouble,
    TryLater,
)
from stoa.social.publish.actions import correcting, turns
from stoa.social.publish.actions.sending import watched_line
from stoa.social.publish.actions.turns import Turn, conclude
from stoa.social.publish.evidence import evidence_of
from stoa.social.publish.facts import CorrectionAnswered
from stoa.social.publish.models import Correction, Delivery
from stoa.social.publish.models.correction import ASKED, REFUSED, UNCLEAR
from stoa.social.publish.models.delivery import NOT_DONE
from stoa.social.publish.outgoing import outgoing
from stoa.social.publish.times import LOOKS, NOT_SENT, SETTLING, patience, pause

SETTLED = (*NOT_DONE, "absent")  # after these nothing is in the air: it may be asked for (again)


@dataclass(frozen=True)
class Unfound:
    """The post was read back and does not show the new words."""


def is_asked(delivery: Delivery) -> bool:
    return Correction.objects.asked().filter(delivery=delivery).exists()


def edit(delivery_id: int, fence: int) -> None:
    """One attempt: to edit, or, where an edit may have been done, to read back."""
    begun = begin(delivery_id, fence)
    if begun is None:
        return
    turn, made = begun
    looks = turn.attempt.kind == "look"
    answer, credentials = (look if looks else ask)(turn, made)
    if looks:
        record_look(turn, made, answer, credentials)
    else:
        record(turn, made, answer, credentials)


def begin(delivery_id: int, fence: int) -> tuple[Turn, Correction] | None:
    """Asks all questions again, and writes the attempt. What a switch or a gate stops now is not done later by itself."""
    with transaction.atomic():
        row = turns.take_up(delivery_id, fence)
        made = Correction.objects.select_for_update().filter(delivery=row, state=ASKED).first()
        if made is None or not row.is_published:
            turns.write(row, fence, due_at=None)
            return None
        if not row.channel.is_connected:
            turns.write(row, fence, due_at=None)
            Correction.objects.filter(id=made.id).update(answer=_("The channel must be connected again first."))
            return None
        if (quiet := row.channel.quiet_until) and quiet > clock.steady():
            turns.write(row, fence, due_at=quiet)
            return None
        unclear = may_be_done(row, made)
        hold = hold_over(row.channel_id)
        stopped = (hold.reason if hold else site().paused_reason) or correcting.refused_with(row, made.content)
        if stopped and not unclear:
            end(row, fence, made, REFUSED, stopped)
            return None
        turn = turns.open_attempt(row, fence, "look" if unclear else "edit")
        turn.attempt.request_hash = made.request_hash
        turn.attempt.save(update_fields=["request_hash"])
        return turn, made


def may_be_done(row: Delivery, made: Correction) -> bool:
    """Whether the last try for these words ended so that the network may have them."""
    tried = row.attempts.filter(
        kind__in=("edit", "look"), request_hash=made.request_hash, started_at__gte=made.asked_at
    )
    last = tried.order_by("-number").values_list("kind", "outcome").first()
    return last is not None and last[1] not in SETTLED


def spoken(turn: Turn, made: Correction, *, with_pictures: bool) -> Outgoing:
    row = turn.delivery
    content = made.content if with_pictures else {**made.content, "pictures": []}
    return outgoing(content, key=row.key, made_at=row.made_at, at=turn.attempt.started_at, marker=row.marker,
                    answers=row.answers)  # fmt: skip


def ask(turn: Turn, made: Correction) -> tuple[object, dict[str, str]]:
    """The one call."""
    connector, credentials = turn.channel.connector, dict[str, str]()
    try:
        line, said = watched_line(turn), spoken(turn, made, with_pictures=True)
        credentials = dict(line.credentials)
    except Trouble as trouble:
        return trouble, credentials
    except Exception as broken:
        return NotSent(f"It could not be made ready: {type(broken).__name__}."), credentials
    if not isinstance(connector, Edits) or not (id := turn.delivery.network_id):
        return Refused(*correcting.why_by_hand(turn.delivery)), credentials
    try:
        return connector.edit(id, said, over=line), credentials
    except Fenced:
        raise
    except Exception as trouble:
        return trouble, credentials


def look(turn: Turn, made: Correction) -> tuple[object, dict[str, str]]:
    """Reads the post back: another version than before is ours, for nobody else speaks for this account here. None: cannot be asked."""
    connector, credentials = turn.channel.connector, dict[str, str]()
    if not isinstance(connector, Settles):
        return None, credentials
    try:
        line = watched_line(turn)
        credentials = dict(line.credentials)
        found = connector.settle(spoken(turn, made, with_pictures=False), over=line)
    except Fenced:
        raise
    except Exception as trouble:
        return trouble, credentials
    row = turn.delivery
    if isinstance(found, Published) and found.id == row.remote_id and row.remote_version:
        return (found if found.version != row.remote_version else Unfound()), credentials
    return (Unfound() if isinstance(found, Absent) and not row.marker else None), credentials


def record(turn: Turn, made: Correction, answer: object, credentials: Mapping[str, str]) -> None:
    evidence, now = evidence_of(answer, credentials), clock.steady()
    match answer:
        case Published() if answer.id:
            done(turn, made, answer, evidence)
        case Expired():
            renew(turn, made, answer, evidence)
        case Reconnect():
            mark_for_reconnecting(turn.channel.id, answer.reason, seen=turn.channel.opened)
            wait(turn, made, "reconnect", evidence, None, answer=answer.reason[:300])
        case Refused() | Gone():
            refuse(turn, made, answer, evidence)
        case TryLater():
            until = now + patience(answer.after)
            keep_quiet(turn.channel.id, until)
            wait(turn, made, "later", evidence, until, answer=answer.reason[:300])
        case NotSent():
            tried = turn.delivery.attempts.filter(
                kind="edit", outcome="not sent", started_at__gte=made.asked_at
            ).count()
            if tried >= len(NOT_SENT):
                refuse(turn, made, answer, evidence)
            else:
                wait(turn, made, "not sent", evidence, now + pause(NOT_SENT, tried))
        case _:
            lag = max(timedelta(seconds=turn.channel.rules.lag), SETTLING)
            wait(turn, made, "unknown", evidence, now + lag, looks=0)


def record_look(turn: Turn, made: Correction, answer: object, credentials: Mapping[str, str]) -> None:
    evidence = evidence_of(answer, credentials)
    match answer:
        case Published():
            done(turn, made, answer, evidence)
        case Reconnect() if not isinstance(answer, Expired):
            mark_for_reconnecting(turn.channel.id, answer.reason, seen=turn.channel.opened)
            wait(turn, made, "reconnect", evidence, None, answer=answer.reason[:300])
        case Expired():
            renew(turn, made, answer, evidence)
        case None:
            unclear(turn, made, evidence)
        case Unfound() if made.looks < 3:
            wait(turn, made, "absent", evidence, clock.steady(), looks=made.looks + 1)
        case Trouble() if made.looks + 1 < len(LOOKS):
            wait(
                turn, made, "cannot tell", evidence, clock.steady() + pause(LOOKS, made.looks + 1), looks=made.looks + 1
            )
        case _:
            unclear(turn, made, evidence)


def done(turn: Turn, made: Correction, answer: Published, evidence: dict[str, Any]) -> None:
    row = turn.delivery
    told = {"remote_version": answer.version[:200]} | (
        {"address": web_address(answer.address)} if web_address(answer.address) else {}
    )
    with transaction.atomic():
        fact = CorrectionAnswered(row.id, row.channel_id, done=True)
        conclude(turn, "edited", evidence, due_at=None, told=fact)
        correcting.take_over(row, made, **told)


def refuse(turn: Turn, made: Correction, answer: Trouble, evidence: dict[str, Any]) -> None:
    mend = getattr(answer, "mend", "") or _("Correct it there and say so here, or take it down.")
    with transaction.atomic():
        close(made, REFUSED, answer.reason, mend)
        fact = CorrectionAnswered(turn.delivery.id, turn.channel.id, done=False)
        conclude(turn, "not sent" if isinstance(answer, NotSent) else "refused", evidence, due_at=None, told=fact)


def unclear(turn: Turn, made: Correction, evidence: dict[str, Any]) -> None:
    """It stands there with the old words or the new: a person looks."""
    with transaction.atomic():
        close(made, UNCLEAR, _("It could not be found out which words stand there."), _("Look there, and say so here."))
        fact = CorrectionAnswered(turn.delivery.id, turn.channel.id, done=False)
        conclude(turn, "unclear", evidence, due_at=None, told=fact)


def end(row: Delivery, fence: int, made: Correction, state: str, answer: str) -> None:
    close(made, state, answer, "")
    turns.write(row, fence, due_at=None)
    turns.tell(CorrectionAnswered(row.id, row.channel_id, done=False))


def close(made: Correction, state: str, answer: str, mend: str) -> None:
    Correction.objects.filter(id=made.id).update(
        state=state, answer=answer[:300], mend=mend[:300], ended_at=clock.now()
    )


def wait(turn: Turn, made: Correction, outcome: str, evidence: dict[str, Any], due: Any, **changes: Any) -> None:
    with transaction.atomic():
        if changes:
            Correction.objects.filter(id=made.id).update(**changes)
        conclude(turn, outcome, evidence, due_at=due)


def renew(turn: Turn, made: Correction, answer: Expired, evidence: dict[str, Any]) -> None:
    """The credentials are over: renewed once, then tried again; what is expired twice in a row must be connected again."""
    channel = turn.channel
    before = turn.delivery.attempts.filter(number__lt=turn.attempt.number).order_by("-number").first()
    try:
        if before is not None and before.outcome == "expired":
            raise Reconnect(answer.reason)
        refresh_channel(channel.id, lines.line_for(channel), seen=channel.opened)
        wait(turn, made, "expired", evidence, clock.steady())
    except Reconnect as over:
        mark_for_reconnecting(channel.id, over.reason, seen=channel.opened)
        wait(turn, made, "reconnect", evidence, None, answer=over.reason[:300])
    except Trouble as trouble:
        after = trouble.after if isinstance(trouble, TryLater) else None
        wait(turn, made, "expired", evidence, clock.steady() + patience(after))
