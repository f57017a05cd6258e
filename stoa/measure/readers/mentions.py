"""How long those who spoke to us on a network waited for our first answer."""

from datetime import datetime

from stoa.measure.days import Days
from stoa.measure.formulas.survival import Wait, wait_of
from stoa.measure.readers.numbers import counted_channels
from stoa.measure.readers.waits import HOUR
from stoa.social.listen.models import Conversation


def mention_waits(days: Days, now: datetime) -> list[Wait]:
    """In hours, for conversations that began in the period. One that a person closed without an answer needed none, and does not count."""
    period = days.period
    rows = Conversation.objects.filter(opened_at__gte=period.start, opened_at__lt=period.end, opened_at__lte=now)
    rows = rows.filter(counted_channels("channel__")).exclude(answered_at=None, closed_at__isnull=False)
    return [
        wait_of(opened, answered, watched_until=now, unit=HOUR)
        for opened, answered in rows.values_list("opened_at", "answered_at")
    ]
