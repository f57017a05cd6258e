"""What opens a channel: sealed at rest, renewed by one worker at a time, the new stored before it is used."""

import json
from datetime import timedelta
from time import monotonic

from django.db import transaction

from stoa.base import clock
from stoa.base.crypto import CannotOpen, Secret
from stoa.base.work.locks import held
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Granted, Line, Refreshes
from stoa.social.networks.trouble import Reconnect, Trouble, TryLater
from stoa.social.networks.wire import InTime

CALL = timedelta(seconds=60)  # the whole of one renewal
LEASE = timedelta(seconds=90)  # longer, so that what opens an account is never shown by two


class InFlight(TryLater):
    """Another worker is renewing this channel's credentials just now."""


def seal_credentials(channel: Channel, granted: Granted) -> None:
    """Takes what opens the account into the row; the caller saves. A renewal that is on its way stores nothing any more."""
    channel.sealed = Secret(json.dumps(dict(granted.credentials)))
    channel.fresh_until, channel.ends_at, channel.warned_days = granted.fresh_until, granted.ends_at, None
    channel.opened, channel.refresh_fence = channel.opened + 1, channel.refresh_fence + 1


def open_credentials(channel: Channel) -> dict[str, str]:
    """The credentials in plain. Raises `Reconnect` when they cannot be opened (no key, another key, nothing there)."""
    if channel.sealed is None:
        raise Reconnect("This channel is not connected.")
    try:
        found: dict[str, str] = json.loads(channel.sealed.open().reveal())
    except CannotOpen as broken:
        raise Reconnect("What opens this channel cannot be read here any more.") from broken
    return found


def refresh_channel(channel_id: int, line: Line, *, seen: int) -> None:
    """Renews the credentials that were seen, unless somebody has done so since. Speaks to the network.

    The row's lock is held only to take the turn and to store; `InFlight` when it is another's turn. A worker that was stopped meanwhile
    sends nothing when it is woken: what it would show may have been used up since.
    """
    ends = monotonic() + CALL.total_seconds()
    fence = _take_turn(channel_id, seen)
    if fence is None:
        return
    connector = Channel.objects.get(id=channel_id).connector
    if not isinstance(connector, Refreshes):
        raise Reconnect("This network renews nothing: connect the channel again.")
    try:
        granted = connector.refresh(over=Line(InTime(line.http, ends), line.credentials))
    except BaseException as broken:
        _end_turn(channel_id, fence)
        if isinstance(broken, Trouble) or not isinstance(broken, Exception):
            raise
        raise TryLater("The network's answer could not be understood.", after=60.0) from broken
    _store(channel_id, fence, granted)


def _take_turn(channel_id: int, seen: int) -> int | None:
    """This worker's turn as a fence; None if the credentials are newer than those seen."""
    with transaction.atomic():
        channel = held(Channel.objects.all()).get(id=channel_id)
        if channel.opened != seen:
            return None
        now = clock.db_now()
        if channel.refreshing_until and channel.refreshing_until > now:
            raise InFlight("Another worker is renewing what opens this channel.", after=2.0)
        channel.refreshing_until, channel.refresh_fence = now + LEASE, channel.refresh_fence + 1
        channel.save(update_fields=["refreshing_until", "refresh_fence"])
        return channel.refresh_fence


def _end_turn(channel_id: int, fence: int) -> None:
    Channel.objects.filter(id=channel_id, refresh_fence=fence).update(refreshing_until=None)


def _store(channel_id: int, fence: int, granted: Granted) -> None:
    with transaction.atomic():
        channel = held(Channel.objects.all()).get(id=channel_id)
        if channel.refresh_fence != fence:
            raise InFlight("Another worker has taken the turn since.", after=2.0)
        seal_credentials(channel, granted)
        channel.refreshing_until = None
        channel.save(
            update_fields=[
                "sealed", "fresh_until", "ends_at", "warned_days", "opened", "refreshing_until", "refresh_fence",
            ]
        )  # fmt: skip
