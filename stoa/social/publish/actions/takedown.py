"""Taking down what is published: the network is asked to delete it, then read back, and its answer is kept."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.work import Fenced
from stoa.social.networks.actions import mark_for_reconnecting
from stoa.social.networks.protocol import Deletes, Gone, Reconnect, Refused, TakenDown, Trouble, TryLater
from stoa.social.publish.actions import turns
from stoa.social.publish.actions.budgets import learn
from stoa.social.publish.actions.correcting import give_up
from stoa.social.publish.actions.sending import watched_line
from stoa.social.publish.actions.turns import Turn, conclude
from stoa.social.publish.evidence import evidence_of
from stoa.social.publish.facts import DeliveryWithdrawn, TakedownAnswered
from stoa.social.publish.models import Delivery
from stoa.social.publish.models.delivery import PUBLISHED, WITHDRAWN
from stoa.social.publish.times import IN_LINE, LOOKS, patience, pause


class Stands(Exception):
    """The network was read back and still shows it."""


def take_down(delivery_id: int, fence: int) -> None:
    """Deletes on the network and reads it back. Doing so twice harms nobody."""
    turn = begin(delivery_id, fence)
    if turn is None:
        return
    answer, credentials = ask_network(turn)
    learn(turn)
    record(turn, answer, credentials)


def begin(delivery_id: int, fence: int) -> Turn | None:
    with transaction.atomic():
        delivery = turns.take_up(delivery_id, fence)
        if delivery.state != PUBLISHED or delivery.takedown != "asked":
            return None
        if not delivery.channel.is_connected and not delivery.channel.is_by_hand:
            answer = _("The channel must be connected again first.")
            turns.write(delivery, fence, due_at=None, takedown_answer=answer)
            return None
        if not delivery.channel.is_by_hand and first_goes_what_follows(delivery):
            turns.write(delivery, fence, due_at=clock.steady() + IN_LINE)
            return None
        give_up(delivery_id, _("It is taken down instead."))
        return turns.open_attempt(delivery, fence, "take_down")


def first_goes_what_follows(delivery: Delivery) -> bool:
    """The last part first, each tried once: one that cannot be taken down keeps no other up."""
    asked = delivery.followers.filter(state=PUBLISHED, takedown="asked", looks=0)
    return asked.filter(due_at__lte=clock.steady() + IN_LINE).exists()


def ask_network(turn: Turn) -> tuple[object, dict[str, str]]:
    connector, credentials = turn.channel.connector, {}
    if turn.channel.is_by_hand or not isinstance(connector, Deletes) or not (id := turn.delivery.network_id):
        return None, {}
    try:
        line = watched_line(turn)
        credentials = dict(line.credentials)
        try:
            answer = connector.delete(id, over=line)
        except Gone as gone:
            answer = TakenDown(id, gone.reason)
        if connector.stands(id, over=line):
            return Stands(answer.answer), credentials
        return answer, credentials
    except Fenced:
        raise
    except Exception as trouble:
        return trouble, credentials


def record(turn: Turn, answer: object, credentials: Mapping[str, str]) -> None:
    evidence = evidence_of(answer, credentials)
    match answer:
        case TakenDown():
            gone(turn, answer, evidence)
        case None:
            lacks = "" if turn.channel.is_by_hand else turn.channel.connector.lacks.get("deletes", "")
            end(turn, "unclear", lacks or _("It must be taken down there by hand."), evidence)
        case Reconnect():
            mark_for_reconnecting(turn.channel.id, answer.reason, seen=turn.channel.opened)
            conclude(turn, "reconnect", evidence, due_at=None, takedown_answer=answer.reason)
        case Refused():
            end(turn, "stands", answer.reason, evidence)
        case _:
            again(turn, answer, evidence)


def gone(turn: Turn, answer: TakenDown, evidence: dict[str, object]) -> None:
    delivery = turn.delivery
    with transaction.atomic():
        told = DeliveryWithdrawn(delivery.id, delivery.channel_id, delivery.post_id, read_back=True)
        conclude(
            turn, "gone", evidence, due_at=None, told=told, state=WITHDRAWN, takedown="gone",
            takedown_answer=answer.answer, takedown_at=clock.now(), reason=delivery.takedown_reason, looks=0,
        )  # fmt: skip
        turns.tell(TakedownAnswered(delivery.id, delivery.channel_id, gone=True))


def end(turn: Turn, takedown: str, answer: str, evidence: dict[str, object]) -> None:
    """The network's last word: it is still there, or nobody can tell. A person sees it."""
    told = TakedownAnswered(turn.delivery.id, turn.delivery.channel_id, gone=False)
    conclude(
        turn, takedown, evidence, due_at=None, told=told, takedown=takedown, takedown_answer=answer,
        takedown_at=clock.now(), looks=0,
    )  # fmt: skip


def again(turn: Turn, answer: object, evidence: dict[str, object]) -> None:
    """Still there (the network may lag), or no answer: asked again with growing pauses, then shown to a person."""
    stands = isinstance(answer, Stands)
    said = (
        answer.reason if isinstance(answer, Trouble) else _("It is still there.") if stands else _("No clear answer.")
    )
    looks = turn.delivery.looks + 1
    if looks >= len(LOOKS):
        end(turn, "stands" if stands else "unclear", said, evidence)
        return
    wait = max(pause(LOOKS, looks, turn.delivery.id), timedelta(seconds=turn.channel.rules.lag))
    if isinstance(answer, TryLater):
        wait = max(wait, patience(answer.after))
    outcome = "stands" if stands else "cannot tell"
    conclude(turn, outcome, evidence, due_at=clock.steady() + wait, looks=looks, takedown_answer=said)
