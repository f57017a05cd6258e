"""Answering somebody on their network, and following what becomes of the answer."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor, system
from stoa.base.errors import NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.base.standing_queries import first, standing
from stoa.social.listen import policy
from stoa.social.listen.actions.conversations import tell
from stoa.social.listen.actions.folding import fold, lock
from stoa.social.listen.facts import AnswerMoved, AnswerWritten, ConversationAnswered
from stoa.social.listen.models import Conversation, Message
from stoa.social.listen.models.message import ADDRESSED, HERE, IN, OUT
from stoa.social.publish.actions import answer_on_network
from stoa.social.publish.models import Delivery

FOLLOWER = system("listen")


def answer_conversation(conversation: Conversation, text: str, *, by: Actor) -> Message:
    """Writes an answer to what they said last; it goes out through the same ledger as a post. Raises what the network's rules object to."""
    if not policy.may_answer(by, conversation):
        raise NotAllowed(_("You may not answer on this channel."))
    with transaction.atomic():
        held = lock(conversation.id)
        last = held.messages.filter(direction=IN, presence=HERE).order_by("-at", "-id").first()
        if last is None:
            raise NotPossible(_("What could be answered is not there any more."))
        delivery = answer_on_network(
            held.channel, answers=last.remote_id, text=text, by=by, about=("listen.conversation", held.id),
            addressed=last.kind in ADDRESSED,
        )  # fmt: skip
        now = clock.now()
        message = Message.objects.create(
            conversation=held, channel=held.channel, direction=OUT, kind="answer", in_reply_to=last.remote_id,
            delivery=delivery, at=now, kept_at=now,
        )  # fmt: skip
        held.closed_at, held.closed_by_id = None, None
        fold(held)
        tell(AnswerWritten(message.id, held.id, held.channel_id, delivery.id), held, by=by)
    return message


def follow_answer(delivery_id: int) -> None:
    """Takes over what became of the sending of an answer. May run twice; knows nothing of deliveries that are no answers."""
    found: Any = first(standing(conversation_of, delivery_id=delivery_id))
    if found is None:
        return
    with transaction.atomic():
        held = lock(found)
        message = Message.objects.select_related("delivery").get(delivery_id=delivery_id)
        waited_since, was_new = held.waiting_since, message.remote_id == ""
        take_over(message, message.delivery)
        fold(held)
        if was_new and message.remote_id:
            announce_answered(held, message, waited_since)
        tell(AnswerMoved(message.id, held.id, held.channel_id), held, by=FOLLOWER)


def conversation_of(delivery_id: int) -> "QuerySet[Message, Any]":
    """The conversation that this delivery answers in."""
    rows = Message.objects.filter(delivery=delivery_id).order_by("id")
    return rows.values_list("conversation_id", flat=True)[:1]


def take_over(message: Message, delivery: Delivery | None) -> None:
    """Where the answer stands, once the network said so."""
    if delivery is None or delivery.published_at is None or message.remote_id:
        return
    message.remote_id, message.version = delivery.remote_id, delivery.remote_version
    message.permalink, message.at = delivery.address, delivery.published_at
    message.save(update_fields=["remote_id", "version", "permalink", "at"])


def announce_answered(held: Conversation, message: Message, waited_since: object) -> None:
    is_first = held.answered_at == message.at
    since = waited_since if isinstance(waited_since, type(message.at)) else message.at
    waited = max(0, int((message.at - since).total_seconds()))
    announce(ConversationAnswered(held.id, held.channel_id, message.id, is_first, waited), by=FOLLOWER)
