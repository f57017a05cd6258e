"""What this room brings to lower rooms' sockets."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from stoa.base import mail, things
from stoa.base.actors import Actor
from stoa.base.panels import panel
from stoa.people import keeping
from stoa.social.networks import halting, rights  # noqa: F401  (register what stops a sending, and this room's rights)
from stoa.social.networks.keeping import KEEPING
from stoa.social.networks.models import Channel
from stoa.social.networks.models.channel import visible_channels
from stoa.social.networks.stopping import draw_bar


def channel_card(channel: Channel) -> things.Card:
    return things.Card(
        title=channel.title,
        address=f"/desk/channels/{channel.shown_id}/",
        label=_("Channel"),
        excerpt=f"{channel.network_name} · {channel.handle}",
        at=channel.connected_at,
        is_open=True,
    )


@panel("base.top", queries=1, order=20)
def stopped_bar(request: HttpRequest, actor: Actor) -> str:
    return draw_bar(request, actor)


things.register(things.Thing("networks.channel", visible_channels, channel_card))
keeping.register(KEEPING)
mail.forgotten_once_sent("newsletter.asked")  # until somebody has agreed, nothing is kept of them
