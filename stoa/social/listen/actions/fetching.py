"""Listening on a channel: ask outside of any transaction, then keep what came and where we stand in one."""

from datetime import timedelta
from time import monotonic

from django.db import transaction

from stoa.base import clock
from stoa.base.work import Fenced, wake
from stoa.social.listen.actions.hearing import keep_heard
from stoa.social.listen.actions.vanishing import look_again
from stoa.social.listen.models import Fetch
from stoa.social.listen.options import EVERY_SECONDS
from stoa.social.networks import lines
from stoa.social.networks.actions import mark_for_reconnecting, refresh_channel
from stoa.social.networks.actions.patience import keep_quiet
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Expired, Hearing, Listens, Reconnect, Trouble, TryLater
from stoa.social.networks.registry import UnknownNetwork
from stoa.social.publish.times import patience

LEASE = timedelta(seconds=120)
AHEAD = timedelta(seconds=90)
SOON, SHORTEST, LONGEST = timedelta(seconds=2), timedelta(seconds=30), timedelta(hours=1)


def start_listening(channel_id: int) -> None:
    """From now on we listen on this channel, if its network tells who spoke. May run twice."""
    channel = Channel.objects.filter(id=channel_id).first()
    if channel is None or not listens(channel):
        return
    with transaction.atomic():
        fetch, _made = Fetch.objects.get_or_create(channel=channel)
        Fetch.objects.filter(id=fetch.id).update(due_at=clock.now(), trouble="", tries=0)
        wake.after_commit()


def listens(channel: Channel) -> bool:
    try:
        return not channel.is_by_hand and isinstance(channel.connector, Listens)
    except UnknownNetwork:
        return False


def listen(fetch_id: int, fence: int) -> None:
    """One page of one channel. Whatever goes wrong, the row says when it is tried again and why it was not done."""
    fetch = Fetch.objects.filter(id=fetch_id, fence=fence).select_related("channel").first()
    if fetch is None:
        raise Fenced
    channel = fetch.channel
    if not channel.is_connected or not listens(channel):
        settle(fetch, None, "This channel is not connected.")
    elif channel.quiet_until and channel.quiet_until > clock.now():
        settle(fetch, channel.quiet_until - clock.now(), fetch.trouble)
    else:
        ask(fetch, channel)


def ask(fetch: Fetch, channel: Channel) -> None:
    """The call, and what to make of its trouble."""
    ends = monotonic() + lines.ASKING
    try:
        if channel.fresh_until and channel.fresh_until < clock.now() + AHEAD:
            refresh_channel(channel.id, lines.line_until(channel, ends), seen=channel.opened)
            channel.refresh_from_db()
        hearing = channel.connector.listen(fetch.cursor, over=lines.line_until(channel, ends))
    except Expired as over:
        renew(fetch, channel, over)
    except Reconnect as over:
        mark_for_reconnecting(channel.id, over.reason, seen=channel.opened)
        settle(fetch, None, over.reason)
    except TryLater as later:
        wait = min(max(patience(later.after), SOON), LONGEST)
        keep_quiet(channel.id, clock.now() + wait)
        settle(fetch, wait, later.reason)
    except Trouble as trouble:
        settle(fetch, pause(fetch), trouble.reason)
    except Exception as broken:
        settle(fetch, pause(fetch), f"The network's answer could not be read ({type(broken).__name__}).")
    else:
        if not keep(fetch, channel, hearing):
            look_again(fetch, channel)


def renew(fetch: Fetch, channel: Channel, over: Expired) -> None:
    """The token ended early: one renewal, then again at once. A second end in a row asks for a person."""
    if fetch.trouble == over.reason:
        mark_for_reconnecting(channel.id, over.reason, seen=channel.opened)
        settle(fetch, None, over.reason)
        return
    try:
        refresh_channel(channel.id, lines.line_for(channel), seen=channel.opened)
    except Reconnect as ended:
        mark_for_reconnecting(channel.id, ended.reason, seen=channel.opened)
        settle(fetch, None, ended.reason)
    except Trouble as trouble:
        settle(fetch, pause(fetch), trouble.reason)
    else:
        settle(fetch, SOON, over.reason)


def keep(fetch: Fetch, channel: Channel, hearing: Hearing) -> bool:
    """What was heard, and how far we are: both or neither. Says whether more comes at once; a page that leads nowhere is not followed."""
    with transaction.atomic():
        held = Fetch.objects.select_for_update().filter(id=fetch.id, fence=fetch.fence).first()
        if held is None:
            raise Fenced
        new = keep_heard(channel, hearing.items)
        goes_on = hearing.more and (new > 0 or hearing.cursor != held.cursor)
        wait = SOON if goes_on else timedelta(seconds=EVERY_SECONDS.get())
        now = clock.now()
        Fetch.objects.filter(id=held.id).update(
            cursor=hearing.cursor, heard_at=now, due_at=now + wait, lease_until=None, tries=0, trouble=""
        )
    return goes_on


def settle(fetch: Fetch, wait: timedelta | None, trouble: str) -> None:
    """Nothing was heard: again after a while, or not before the channel is connected again."""
    due = None if wait is None else clock.now() + wait
    rows = Fetch.objects.filter(id=fetch.id, fence=fetch.fence)
    if not rows.update(due_at=due, lease_until=None, trouble=trouble[:300]):
        raise Fenced


def pause(fetch: Fetch) -> timedelta:
    """Longer with each try in a row, an hour at most."""
    return min(SHORTEST * float(2 ** min(fetch.tries, 8)), LONGEST)
