"""Forms that were sent: so that the same one, sent twice, does its work once."""

from django.db import models

from stoa.base import clock
from stoa.base.rows import Row


class SentForm(Row):
    """One form that did its work. `key` is a digest of who sent it, where to, its token and its content; `address` is what came of it."""

    key = models.CharField(max_length=64, unique=True)
    address = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField(default=clock.now, db_index=True)

    def __str__(self) -> str:
        return self.key
