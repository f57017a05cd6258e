"""A network's own budgets, obeyed before it says no: how much may be sent in a window, counted from the attempts of the channel.

The window slides, and the ledger of attempts is the counter. An attempt that never left this house costs nothing.
"""

from datetime import datetime, timedelta

from stoa.social.networks.limits import Rate
from stoa.social.networks.models import Channel
from stoa.social.publish.models import Attempt


def room_at(channel: Channel, now: datetime) -> datetime | None:
    """When there is room for one more publication; None when there is now. One query for each of the network's rates."""
    until = [found for rate in channel.rules.rates if (found := full_until(channel, rate, now))]
    return max(until, default=None)


def full_until(channel: Channel, rate: Rate, now: datetime) -> datetime | None:
    """When the sending that fills this rate falls out of its window; None when one more fits in."""
    if not rate.weight:
        return None
    window, fits = timedelta(seconds=rate.seconds), max(1, rate.at_most // rate.weight)
    sends = Attempt.objects.filter(kind="send", delivery__channel=channel, started_at__gt=now - window)
    started = sends.exclude(outcome="not sent").order_by("-started_at").values_list("started_at", flat=True)
    filling = next(iter(started[fits - 1 : fits]), None)
    return filling + window if filling else None
