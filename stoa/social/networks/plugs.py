"""What this room brings to lower rooms' sockets."""

from django.utils.translation import gettext as _

from stoa.base import things
from stoa.people import keeping
from stoa.social.networks import rights  # noqa: F401  (registers this room's rights)
from stoa.social.networks.keeping import KEEPING
from stoa.social.networks.models import Channel
from stoa.social.networks.models.channel import visible_channels


def channel_card(channel: Channel) -> things.Card:
    return things.Card(
        title=channel.title,
        address=f"/desk/channels/{channel.shown_id}/",
        label=_("Channel"),
        excerpt=f"{channel.network_name} · {channel.handle}",
        at=channel.connected_at,
        is_open=True,
    )


things.register(things.Thing("networks.channel", visible_channels, channel_card))
keeping.register(KEEPING)
