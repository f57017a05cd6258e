"""Looking at an account of ours, once a day and when it is connected: who it is now, and what its server lets it do."""

from datetime import timedelta
from time import monotonic

from django.db import transaction

from stoa.base import clock
from stoa.base.actors import system
from stoa.base.facts import announce
from stoa.base.http import web_address
from stoa.base.work import Fenced, wake
from stoa.social.networks import lines, telling
from stoa.social.networks.actions.budgets import note_allowance
from stoa.social.networks.actions.credentials import refresh_channel
from stoa.social.networks.actions.troubles import mark_for_reconnecting
from stoa.social.networks.facts import ChannelRenamed
from stoa.social.networks.models import Channel, Look
from stoa.social.networks.protocol import Account, Expired, Gone, Identifies, Reconnect, Refused, Tells, Told, Trouble
from stoa.social.networks.registry import UnknownNetwork

LEASE = timedelta(seconds=120)
AHEAD, SOON = timedelta(seconds=90), timedelta(seconds=2)
EVERY, AGAIN, LONGEST = timedelta(days=1), timedelta(minutes=10), timedelta(hours=6)


def look_soon(channel: Channel) -> None:
    """Asked as soon as a worker is free, where there is anything to ask. Inside the transaction that connects it."""
    if not tells(channel):
        return
    look, _made = Look.objects.get_or_create(channel=channel)
    Look.objects.filter(id=look.id).update(due_at=clock.now(), tries=0, trouble="")
    wake.after_commit()


def tells(channel: Channel) -> bool:
    try:
        return not channel.is_by_hand and isinstance(channel.connector, (Tells, Identifies))
    except UnknownNetwork:
        return False


def look(look_id: int, fence: int) -> None:
    """One look. Whatever goes wrong, the row says when it is tried again and why it was not done."""
    row = Look.objects.filter(id=look_id, fence=fence).select_related("channel").first()
    if row is None:
        raise Fenced
    channel = row.channel
    if not channel.is_connected or not tells(channel):
        settle(row, None, "")
    elif channel.quiet_until and channel.quiet_until > clock.now():
        settle(row, channel.quiet_until - clock.now(), row.trouble)
    else:
        ask(row, channel)


def ask(row: Look, channel: Channel) -> None:
    ends = monotonic() + lines.ASKING
    try:
        if channel.fresh_until and channel.fresh_until < clock.now() + AHEAD:
            refresh_channel(channel.id, lines.line_until(channel, ends), seen=channel.opened)
            channel.refresh_from_db()
        account, told = asked(channel, ends)
    except Expired as over:
        renew(row, channel, over)
    except Reconnect as over:
        mark_for_reconnecting(channel.id, over.reason, seen=channel.opened)
        settle(row, None, over.reason)
    except Gone as gone:
        said = f"This account is not there any more: {gone.reason}"
        mark_for_reconnecting(channel.id, said, seen=channel.opened)
        settle(row, None, said)
    except Trouble as trouble:
        settle(row, pause(row), trouble.reason)
    except Exception as broken:
        settle(row, pause(row), f"The network's answer could not be read ({type(broken).__name__}).")
    else:
        keep(row, account, told)


def asked(channel: Channel, ends: float) -> tuple[Account | None, Told | None]:
    """What the network says, of what its connector can ask. That it says nothing of limits tells nothing of the account."""
    line, connector = lines.line_until(channel, ends), channel.connector
    account = connector.identify(over=line) if isinstance(connector, Identifies) else None
    try:
        return account, connector.tell(over=line) if isinstance(connector, Tells) else None
    except (Gone, Refused):
        return account, None


def renew(row: Look, channel: Channel, over: Expired) -> None:
    """The token ended early: one renewal, then again at once. A second end in a row asks for a person."""
    if row.trouble == over.reason:
        mark_for_reconnecting(channel.id, over.reason, seen=channel.opened)
        settle(row, None, over.reason)
        return
    try:
        refresh_channel(channel.id, lines.line_for(channel), seen=channel.opened)
    except Reconnect as ended:
        mark_for_reconnecting(channel.id, ended.reason, seen=channel.opened)
        settle(row, None, ended.reason)
    except Trouble as trouble:
        settle(row, pause(row), trouble.reason)
    else:
        settle(row, SOON, over.reason)


def keep(row: Look, account: Account | None, told: Told | None) -> None:
    """Who it is and what was told, in one transaction. Another account's answer changes nothing."""
    with transaction.atomic():
        channel = Channel.objects.select_for_update().get(id=row.channel_id)
        now = clock.now()
        settle(row, EVERY, "", looked_at=now, tries=0)
        if account is not None and account.id == channel.remote_id:
            rename(channel, account)
        if told is not None:
            Channel.objects.filter(id=channel.id).update(told=telling.kept(told) or None, told_at=now)
            if (left := telling.left_of(told)) is not None:
                note_allowance(channel.id, "send", left)


def rename(channel: Channel, account: Account) -> None:
    now = {
        "handle": str(account.handle)[:200] or channel.handle,
        "name": str(account.name)[:200] or channel.name,
        "portrait": account.avatar[:500] if web_address(account.avatar, 500) else channel.portrait,
        "address": web_address(account.address, 500) or channel.address,
    }
    changed = {name: value for name, value in now.items() if getattr(channel, name) != value}
    if not changed:
        return
    Channel.objects.filter(id=channel.id).update(**changed)
    if {"handle", "name"} & set(changed):
        announce(ChannelRenamed(channel.id), by=system("networks"))


def settle(row: Look, wait: timedelta | None, trouble: str, **more: object) -> None:
    due = None if wait is None else clock.now() + wait
    rows = Look.objects.filter(id=row.id, fence=row.fence)
    if not rows.update(due_at=due, lease_until=None, trouble=trouble[:300], **more):
        raise Fenced


def pause(row: Look) -> timedelta:
    """Longer with each try in a row."""
    return min(AGAIN * float(2 ** min(row.tries, 6)), LONGEST)
