"""Preparing: what publishing needs beforehand and nobody sees (a container, an upload). It may be done again without harm, so whatever
goes wrong here is never *unknown*: it was not published."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.social.networks.protocol import (
    Gone,
    NotSent,
    Pending,
    Prepared,
    Prepares,
    Reconnect,
    Refused,
    Trouble,
    TryLater,
)
from stoa.social.publish.actions import outcomes
from stoa.social.publish.actions.turns import Turn, conclude
from stoa.social.publish.evidence import evidence_of
from stoa.social.publish.filming import has_video
from stoa.social.publish.models import Delivery
from stoa.social.publish.times import GRACE, LOOKS, NOT_SENT, patience, pause


def is_needed(delivery: Delivery) -> bool:
    """Some networks need it for a video alone, or for no answer: what needs none takes no turn for it."""
    connector = delivery.channel.connector
    if delivery.prepared or not isinstance(connector, Prepares):
        return False
    if delivery.answers and not getattr(connector, "prepares_answers", True):
        return False
    return not getattr(connector, "prepares_videos_alone", False) or has_video(delivery.content)


def record(turn: Turn, answer: object, credentials: Mapping[str, str]) -> None:
    """Ready: sent in the next turn, with what the network calls it. Still working: asked again. Anything unclear: done again."""
    evidence = evidence_of(answer, credentials)
    match answer:
        case Prepared() if answer.handle and len(answer.handle) <= 500:
            conclude(turn, "ready", evidence, due_at=clock.steady(), prepared=answer.handle, handle="", reason="")
        case Pending():
            being_readied(turn, answer, evidence)
        case Gone() | Refused() if is_to_begin_again(turn, answer):
            conclude(turn, "ready no more", evidence, due_at=clock.steady(), handle="", reason=answer.reason)
        case Reconnect() | Refused() | Gone() | TryLater() | NotSent():
            outcomes.record(turn, answer, credentials)
        case _:
            not_ready(turn, answer, evidence)


def is_to_begin_again(turn: Turn, answer: Gone | Refused) -> bool:
    """What was being readied is over, or broke while a hold closed the addresses of its pictures: made anew, since nobody has seen it. A
    refusal is taken for that once."""
    if not turn.delivery.handle:
        return False
    begun_again = turn.delivery.attempts.filter(kind="prepare", outcome="ready no more").count()
    return begun_again < (3 if isinstance(answer, Gone) else 1)


def being_readied(turn: Turn, answer: Pending, evidence: dict[str, object]) -> None:
    """The network's own time to work does not make a delivery late; it has some hours."""
    asked = turn.delivery.attempts.filter(kind="prepare", outcome="being readied").count()
    if asked >= 4 * len(LOOKS):
        outcomes.refused(turn, Refused(_("The network did not get it ready in hours."), _("Send it again.")), evidence)
        return
    due_at = clock.steady() + max(patience(answer.after), pause(LOOKS, asked // 4))
    late_after = max(turn.delivery.late_after, due_at + GRACE)
    said = _("The network is getting it ready.")
    conclude(
        turn, "being readied", evidence, due_at=due_at, handle=answer.handle[:500], late_after=late_after, reason=said
    )


def not_ready(turn: Turn, answer: object, evidence: dict[str, object]) -> None:
    """After a growing pause, until its time has passed; from the beginning, for what was half done may be broken."""
    tried = turn.delivery.attempts.filter(kind="prepare", outcome="not ready").count()
    reason = answer.reason if isinstance(answer, Trouble) else _("The network's answer could not be understood.")
    conclude(turn, "not ready", evidence, due_at=clock.steady() + pause(NOT_SENT, tried), handle="", reason=reason)
