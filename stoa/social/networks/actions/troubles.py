"""The network no longer lets us in: the channel says so, and a person must connect it again."""

from django.db import transaction

from stoa.base import clock
from stoa.base.actors import system
from stoa.base.facts import announce
from stoa.social.networks.facts import ChannelTroubled
from stoa.social.networks.models import Channel


def mark_for_reconnecting(channel_id: int, reason: str, *, seen: int | None = None) -> None:
    """The network said that what opens this channel is over. `seen`: which credentials it was said of; newer ones stand."""
    with transaction.atomic():
        rows = Channel.objects.filter(id=channel_id, state="connected")
        rows = rows if seen is None else rows.filter(opened=seen)
        if rows.update(state="reconnect", reason=reason[:300], since=clock.now()):
            announce(ChannelTroubled(channel_id), by=system("networks"))
