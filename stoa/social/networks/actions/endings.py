"""Sign-ins that end for good: told ahead of time, while there is still time to sign in again."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from stoa.base import clock
from stoa.base.actors import system
from stoa.base.facts import announce
from stoa.social.networks.facts import SignInEnds
from stoa.social.networks.models import Channel

DAYS_AHEAD = (3, 1)


def warn_of_endings() -> None:
    """Says so once three days and once a day before, of what opens the channel now: who signs in again begins anew."""
    now = clock.now()
    soon = Channel.objects.connected().filter(ends_at__gt=now, ends_at__lte=now + timedelta(days=max(DAYS_AHEAD)))
    for channel in soon.order_by("id"):
        warn(channel)


def warn(channel: Channel) -> None:
    if channel.ends_at is None:
        return
    left = channel.ends_at - clock.now()
    days = min(days for days in DAYS_AHEAD if left <= timedelta(days=days))
    with transaction.atomic():
        unsaid = Q(warned_days=None) | Q(warned_days__gt=days)
        rows = Channel.objects.filter(unsaid, id=channel.id, opened=channel.opened, state="connected")
        if rows.update(warned_days=days):
            announce(SignInEnds(channel.id, channel.ends_at, days), by=system("networks"))
