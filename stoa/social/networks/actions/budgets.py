"""What a network said about how much more it takes: kept in a row, written when it has changed."""

from datetime import datetime, timedelta

from django.db import transaction

from stoa.base import clock
from stoa.social.networks.allowances import Allowance
from stoa.social.networks.models import Budget

SAME = timedelta(seconds=2)  # an end that is told in seconds moves by so much between two answers
KEPT = 12  # buckets of a channel for one purpose; a network that names ever new ones loses the oldest


def note_allowance(channel_id: int, purpose: str, told: Allowance) -> None:
    """Learns it, for whoever sends next. Not within a call's transaction: there is none."""
    now = clock.now()
    row = Budget.objects.filter(channel=channel_id, purpose=purpose, bucket=told.bucket).first()
    if row is not None and is_known(row, told, now + told.resets_in):
        return
    said = {"left": told.left, "at_most": told.at_most, "resets_at": now + told.resets_in, "learned_at": now}
    with transaction.atomic():
        Budget.objects.update_or_create(said, channel_id=channel_id, purpose=purpose, bucket=told.bucket)
        if row is None:
            forget_oldest(channel_id, purpose)


def is_known(row: Budget, told: Allowance, resets_at: datetime) -> bool:
    return (row.left, row.at_most) == (told.left, told.at_most) and abs(row.resets_at - resets_at) <= SAME


def forget_oldest(channel_id: int, purpose: str) -> None:
    rows = Budget.objects.filter(channel=channel_id, purpose=purpose).order_by("-learned_at", "-id")
    Budget.objects.filter(id__in=list(rows.values_list("id", flat=True)[KEPT:])).delete()
