"""A network's own budgets, obeyed before it says no: how much may be sent in a window, counted from the attempts of the channel, and
what its headers said the last time.

The window slides, and the ledger of attempts is the counter. An attempt that never left this house costs nothing.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError
from django.db.models import QuerySet

from stoa.base.standing_queries import standing
from stoa.social.networks.actions import note_allowance
from stoa.social.networks.limits import Rate
from stoa.social.networks.models import Budget, Channel
from stoa.social.publish.actions.turns import Turn
from stoa.social.publish.models import Attempt, Delivery


def room_for(delivery: Delivery, now: datetime) -> datetime | None:
    """When there is room for this one, by its network's rates and by what the network told of itself; None when there is now. What is
    counted for uploads keeps back only what has pictures."""
    purposes = ("send", "prepare") if delivery.content.get("pictures") else ("send",)
    told = standing(_used_up, shape=(purposes,), channel_id=delivery.channel_id, now=now)
    until = [*told, room_at(delivery.channel, now)]
    return max((each for each in until if each), default=None)


def _used_up(purposes: tuple[str, ...], *, channel_id: int, now: datetime) -> "QuerySet[Budget, Any]":
    return Budget.objects.used_up(channel_id, purposes, now).values_list("resets_at", flat=True)


def learn(turn: Turn) -> None:
    """Notes what the answers of this attempt said. The last writing of a sending is the post; what came before it was made ready for it.
    What cannot be noted is not worth an outcome."""
    heard = [each for each in turn.heard if each.wrote or turn.attempt.kind == "look"]
    for number, each in enumerate(heard, 1):
        is_before = turn.attempt.kind == "send" and number < len(heard)
        if each.allowance is not None:
            with suppress(DatabaseError):
                note_allowance(turn.channel.id, "prepare" if is_before else turn.attempt.kind, each.allowance)


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
