"""A person's calendar as other programs read it: at a secret address, which they can take back."""

from django.db import models

from stoa.base import clock
from stoa.base.crypto import SealedField
from stoa.base.rows import Row
from stoa.people.models import Person


class CalendarFeed(Row):
    """`digest` finds the row of an address; the sealed `secret` shows it to its owner again."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar_feed")
    digest = models.CharField(max_length=64, unique=True)
    secret = SealedField()
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"calendar {self.shown_id}"
