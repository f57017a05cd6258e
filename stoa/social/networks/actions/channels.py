"""Connecting an account, and what becomes of the connection."""

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor, system
from stoa.base.crypto import derived
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.base.http import web_address
from stoa.social.networks import lines, policy, registry
from stoa.social.networks.actions.credentials import seal_credentials
from stoa.social.networks.facts import ChannelConnected, ChannelDisconnected, ChannelTroubled
from stoa.social.networks.handing import local
from stoa.social.networks.indoors import Indoors
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Account, Connects, Granted
from stoa.social.networks.trouble import Refused, Trouble


def connect_channel(network: str, answers: Mapping[str, str], *, by: Actor) -> Channel:
    """Opens the account that the answers describe; connecting a known account again mends it. Speaks to the network."""
    if not policy.may_connect(by):
        raise NotAllowed(_("You may not connect channels."))
    try:
        connector = registry.get(network)
    except registry.UnknownNetwork as unknown:
        raise Invalid(_("This network is not known here.")) from unknown
    if not isinstance(connector, Connects):
        raise NotPossible(_("This network has nothing to connect."))
    if missing := next((field for field in connector.fields if not answers.get(field.name, "").strip()), None):
        raise Invalid(_("Fill this in."), field=missing.name)
    try:
        account, granted = connector.connect(answers, http=lines.client())
    except Refused as refused:
        raise Invalid(refused.reason, refused.mend) from refused
    except Trouble as trouble:
        raise NotPossible(trouble.reason, _("Nothing was connected. Try again in a while.")) from trouble
    return keep_channel(network, account, granted, by=by)


def connect_practice_channel(handle: str, name: str, *, by: Actor) -> Channel:
    """The first channel: one on the practice network in this house, without a question asked. Leaves the process at no point."""
    if not policy.may_connect(by):
        raise NotAllowed(_("You may not connect channels."))
    return keep_channel(registry.practice().key, *open_practice_account(handle, name), by=by)


def open_practice_account(handle: str, name: str) -> tuple[Account, Granted]:
    """What somebody does on the connect page, with the key that the practice network shows to who may."""
    network = registry.practice()
    assert isinstance(network, Connects)
    home = f"{settings.STOA_URL}{network.home}"
    answers = {"server": home, "handle": handle, "name": name, "key": derived("practice key")}
    return network.connect(answers, http=Indoors())


def keep_channel(network: str, account: Account, granted: Granted, *, by: Actor) -> Channel:
    """Stores a connected account."""
    with transaction.atomic():
        channel = known(network, account)
        again = channel is not None
        channel = channel or Channel(network=network)
        channel.remote_id, channel.is_by_hand = account.id, False
        now = clock.now()
        channel.handle, channel.name = account.handle[:200], account.name[:200]
        channel.portrait, channel.address = account.avatar[:500], web_address(account.address, 500)
        channel.state, channel.reason, channel.since, channel.connected_at = "connected", "", now, now
        channel.connected_by_id, channel.quiet_until, channel.refreshing_until = by.person_id, None, None
        seal_credentials(channel, granted)
        channel.save()
        announce(ChannelConnected(channel.id, again), by=by)
    return channel


def by_hand(handle: str) -> str:
    """The id of an account that is served by hand: there is none but its handle."""
    return f"by hand: {handle.lower()}"[:200]


def known(network: str, account: Account) -> Channel | None:
    """The channel of this account, locked; or the one that was served by hand until now: the same handle at the same address."""
    rows = Channel.objects.select_for_update().filter(network=network)
    names = {account.handle.lower(), local(account.handle)}
    address = web_address(account.address, 500).rstrip("/").lower()
    served = rows.filter(is_by_hand=True, remote_id__in=[by_hand(each) for each in names])
    same = (each for each in served if address and each.address.rstrip("/").lower() == address)
    return rows.filter(remote_id=account.id).first() or next(same, None)


def mark_for_reconnecting(channel_id: int, reason: str, *, seen: int | None = None) -> None:
    """The network said that what opens this channel is over. `seen`: which credentials it was said of; newer ones stand."""
    with transaction.atomic():
        rows = Channel.objects.filter(id=channel_id, state="connected")
        rows = rows if seen is None else rows.filter(opened=seen)
        if rows.update(state="reconnect", reason=reason[:300], since=clock.now()):
            announce(ChannelTroubled(channel_id), by=system("networks"))


def disconnect_channel(channel: Channel, *, by: Actor) -> None:
    """Forgets what opens the account. What was published stays where it is."""
    if not policy.may_disconnect(by, channel):
        raise NotAllowed(_("You may not disconnect this channel."))
    with transaction.atomic():
        Channel.objects.filter(id=channel.id).update(
            state="disconnected", reason="", since=clock.now(), sealed=None, fresh_until=None, ends_at=None
        )
        announce(ChannelDisconnected(channel.id), by=by)
