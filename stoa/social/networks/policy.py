"""Who may do what with channels: pure functions of the Actor and rows."""

from stoa.base.actors import Actor
from stoa.social.networks.models import Channel
from stoa.social.networks.models.channel import SEEN_WITH


def may_see_channels(actor: Actor) -> bool:
    return actor.may(SEEN_WITH) or bool(actor.scope_ids("channel", SEEN_WITH))


def may_connect(actor: Actor) -> bool:
    """Connect a new channel of the organisation."""
    return actor.is_system or actor.may("networks.connect")


def may_reconnect(actor: Actor, channel: Channel) -> bool:
    return actor.may("networks.connect", channel.scope)


def may_disconnect(actor: Actor, channel: Channel) -> bool:
    return actor.may("networks.connect", channel.scope) and channel.state != "disconnected"


def may_hold(actor: Actor, channel: Channel | None) -> bool:
    """Stop and start sending: for one channel, or for the whole organisation (None). The system does so after a restore."""
    return actor.is_system or (actor.may("networks.hold", channel.scope) if channel else actor.may("networks.hold"))
