"""Hiding a message by a decision, and showing it again. On its network too, where that network lets us."""

from django.db import transaction

from stoa.base.actors import Actor
from stoa.base.facts import announce
from stoa.social.listen.actions.folding import fold, lock
from stoa.social.listen.facts import ChannelHeard, MessageHidden, MessageRestored
from stoa.social.listen.models import Message
from stoa.social.listen.models.message import HERE, HIDDEN


def hide_message(message: Message, *, by: Actor) -> bool:
    """Out of sight here; whether it was in sight. Moderation has asked who may."""
    return _turn(message, HERE, HIDDEN, by)


def restore_message(message: Message, *, by: Actor) -> None:
    """Takes the hiding back exactly."""
    _turn(message, HIDDEN, HERE, by)


def _turn(message: Message, before: str, after: str, by: Actor) -> bool:
    with transaction.atomic():
        held = lock(message.conversation_id)
        if not Message.objects.filter(id=message.id, presence=before).update(presence=after):
            return False
        fold(held)
        fact = MessageHidden if after == HIDDEN else MessageRestored
        announce(fact(message.id, held.id, held.channel_id), by=by)
        announce(ChannelHeard(held.channel_id, 0), by=by)
    return True
