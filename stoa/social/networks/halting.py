"""What stops a sending that goes on piece by piece in this house: a hold over its channel, or its channel being connected no more."""

from django.utils.translation import gettext as _

from stoa.base.going_on import Against, may_stop
from stoa.social.networks.actions import hold_over, hold_over_network
from stoa.social.networks.models import Channel


@may_stop
def held_or_closed(kind: str, owner: str, key: str) -> Against | None:
    """`kind` is the network, `owner` the account there. It waits: the hold may be lifted, the channel connected again. What was never
    connected here stands under what holds its network, or everything."""
    channel = Channel.objects.filter(network=kind, remote_id=owner).first()
    if channel is None:
        wide = hold_over_network(kind)
        return Against(wide.reason) if wide else None
    if not channel.is_connected:
        return Against(channel.reason or _("This channel is not connected."))
    hold = hold_over(channel.id)
    return Against(hold.reason) if hold else None
