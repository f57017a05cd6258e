"""Accounts that a person posts for: known by their handle and address, with nothing that opens them."""

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.base.http import web_address
from stoa.social.networks import policy, registry
from stoa.social.networks.actions.channels import by_hand
from stoa.social.networks.facts import ChannelConnected
from stoa.social.networks.handing import is_at
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Hands


def connect_by_hand(network: str, handle: str, name: str, address: str, *, by: Actor) -> Channel:
    """Takes up an account without opening it. One that is connected stays as it is, and is refused here."""
    if not policy.may_connect(by):
        raise NotAllowed(_("You may not connect channels."))
    connector = registry.get(network)
    if not isinstance(connector, Hands):
        raise NotPossible(_("This network cannot be served by hand."))
    plain = handle.strip().removeprefix("@")
    if not plain:
        raise Invalid(_("Fill this in."), field="handle")
    if not is_at(address, connector.hosts):
        said = _("This is not an address on %(network)s.") % {"network": connector.name}
        raise Invalid(said, _("Open the account there and copy the address."), field="address")
    with transaction.atomic():
        return keep_by_hand(network, plain[:200], name, address, by=by)


def keep_by_hand(network: str, handle: str, name: str, address: str, *, by: Actor) -> Channel:
    rows = Channel.objects.select_for_update().filter(network=network, handle__iexact=handle)
    channel = rows.order_by("is_by_hand", "id").first()
    again, now = channel is not None, clock.now()
    if channel is not None and not channel.is_by_hand and channel.is_connected:
        raise Invalid(_("This account is connected already."), field="handle")
    channel = channel or Channel(network=network, remote_id=by_hand(handle))
    channel.handle, channel.name, channel.address = handle, name[:200], web_address(address, 500)
    channel.is_by_hand, channel.sealed, channel.fresh_until, channel.ends_at = True, None, None, None
    channel.opened += 1  # what was said of the credentials that were there is said of none any more
    channel.refresh_fence += 1
    channel.state, channel.reason, channel.since, channel.connected_at = "connected", "", now, now
    channel.connected_by_id, channel.quiet_until = by.person_id, None
    channel.save()
    announce(ChannelConnected(channel.id, again), by=by)
    return channel
