"""Connecting an account, and what becomes of the connection."""

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.crypto import derived
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.base.http import web_address
from stoa.social.networks import lines, policy, registry
from stoa.social.networks.actions.credentials import open_credentials, seal_credentials
from stoa.social.networks.actions.looking import look_soon
from stoa.social.networks.facts import ChannelConnected, ChannelDisconnected
from stoa.social.networks.handing import local
from stoa.social.networks.indoors import Indoors
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Account, Connects, Field, Granted, Line, Reconnect, Refused, Revokes, Trouble

LONGEST_ID = 200


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
    except (AttributeError, KeyError, TypeError, ValueError) as broken:
        raise not_understood() from broken
    if taken := next(
        (field for field in connector.fields if field.alone and is_taken(field, network, account, granted)), None
    ):
        raise Invalid(_("Another channel is opened with this already."), taken.hint, field=taken.name)
    return keep_channel(network, account, granted, by=by)


def is_taken(field: Field, network: str, account: Account, granted: Granted) -> bool:
    """Whether another channel of this network is opened with the same answer."""
    others = Channel.objects.filter(network=network, sealed__isnull=False).exclude(remote_id=account.id)
    return any(opened_with(other, field.name) == granted.credentials[field.name] for other in others)


def opened_with(channel: Channel, name: str) -> str:
    try:
        return open_credentials(channel).get(name, "")
    except Reconnect:
        return ""


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
    """Stores a connected account. What the network says of it is cut to what a channel holds."""
    account = sound(account)
    with transaction.atomic():
        channel = known(network, account)
        again = channel is not None
        channel = channel or Channel(network=network)
        channel.remote_id, channel.is_by_hand = account.id, False
        now = clock.now()
        channel.handle, channel.name = account.handle[:200], account.name[:200]
        channel.portrait, channel.address = web_address(account.avatar, 500), web_address(account.address, 500)
        channel.state, channel.reason, channel.since, channel.connected_at = "connected", "", now, now
        channel.connected_by_id, channel.quiet_until, channel.refreshing_until = by.person_id, None, None
        seal_credentials(channel, granted)
        channel.save()
        look_soon(channel)
        announce(ChannelConnected(channel.id, again), by=by)
    return channel


def sound(account: Account) -> Account:
    """The account with words where words belong. Raises `NotPossible` where there is no id by which it is known again."""
    if not isinstance(account.id, str) or not 0 < len(account.id) <= LONGEST_ID:
        raise not_understood()
    rest = {name: str(getattr(account, name) or "") for name in ("handle", "name", "avatar", "address")}
    return Account(account.id, **rest)


def not_understood() -> NotPossible:
    return NotPossible(
        _("The network's answer could not be understood."), _("Nothing was connected. Try again in a while.")
    )


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


def disconnect_channel(channel: Channel, *, by: Actor) -> None:
    """Forgets what opens the account, then gives it back where the network takes it back. What was published stays where it is."""
    if not policy.may_disconnect(by, channel):
        raise NotAllowed(_("You may not disconnect this channel."))
    line = line_to_revoke(channel)
    with transaction.atomic():
        Channel.objects.filter(id=channel.id).update(
            state="disconnected", reason="", since=clock.now(), sealed=None, fresh_until=None, ends_at=None,
            opened=F("opened") + 1, refresh_fence=F("refresh_fence") + 1,
        )  # fmt: skip
        announce(ChannelDisconnected(channel.id), by=by)
    if line is not None:
        said = given_back(channel, line)
        Channel.objects.filter(id=channel.id, state="disconnected").update(reason=said[:300])


def line_to_revoke(channel: Channel) -> Line | None:
    """A last line to the account, where its network can be told that the access is over."""
    try:
        return lines.line_for(channel) if isinstance(channel.connector, Revokes) else None
    except (Reconnect, registry.UnknownNetwork):
        return None


def given_back(channel: Channel, line: Line) -> str:
    """What became of giving it back, for whoever disconnected it. It is forgotten here in any case."""
    try:
        channel.connector.revoke(over=line)
    except Refused as refused:
        return f"{refused.reason} {refused.mend}"
    except Exception:
        return _(
            "Stoa has forgotten what opened it, but %(network)s could not be told. Take the access back there."
        ) % {"network": channel.network_name}
    return _("%(network)s confirms that the access was taken back.") % {"network": channel.network_name}
