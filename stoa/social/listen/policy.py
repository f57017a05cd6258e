"""Who may do what with conversations: pure functions of the Actor and rows. Rights are held in the site or for one channel."""

from stoa.base.actors import Actor
from stoa.social.listen.models import Conversation
from stoa.social.listen.models.conversation import READ
from stoa.social.networks.models import Channel
from stoa.social.publish import policy as publish


def may_read_inbox(actor: Actor) -> bool:
    """Of any channel."""
    return actor.may(READ) or bool(actor.scope_ids("channel", READ))


def may_read_channel(actor: Actor, channel_id: int) -> bool:
    return actor.is_system or actor.may(READ, ("channel", channel_id))


def may_tend(actor: Actor, conversation: Conversation) -> bool:
    """Assign, put aside, close, say what it is about."""
    return actor.may("listen.answer", conversation.scope)


def may_answer(actor: Actor, conversation: Conversation) -> bool:
    """Answer on the network: in our name, so that publish's right is needed too. A stranger who is forgotten cannot be answered."""
    channel: Channel = conversation.channel
    return may_tend(actor, conversation) and publish.may_answer(actor, channel) and conversation.forgotten_at is None
