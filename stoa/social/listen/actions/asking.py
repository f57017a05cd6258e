"""Asking a network something that changes nothing there: what opens the account is renewed when it is over, once."""

from collections.abc import Callable
from datetime import timedelta
from time import monotonic
from typing import TypeVar

from stoa.base import clock
from stoa.social.networks import lines
from stoa.social.networks.actions import mark_for_reconnecting, refresh_channel
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Expired, Line, Reconnect

AHEAD = timedelta(seconds=90)
Answer = TypeVar("Answer")


def ask(channel: Channel, question: Callable[[Line], Answer]) -> Answer:
    """The answer. Raises the network's trouble; a channel that must be connected again is marked so. Never inside a transaction,
    and never for longer than `lines.ASKING`."""
    ends = monotonic() + lines.ASKING
    try:
        if channel.fresh_until and channel.fresh_until < clock.now() + AHEAD:
            renew(channel, ends)
        try:
            return question(lines.line_until(channel, ends))
        except Expired:
            renew(channel, ends)
            return question(lines.line_until(channel, ends))
    except Reconnect as over:
        mark_for_reconnecting(channel.id, over.reason, seen=channel.opened)
        raise


def renew(channel: Channel, ends: float) -> None:
    refresh_channel(channel.id, lines.line_until(channel, ends), seen=channel.opened)
    channel.refresh_from_db()
