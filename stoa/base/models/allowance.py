"""Allowances: how much of something may be done how often, by one key."""

from django.db import models

from stoa.base.rows import Row


class Allowance(Row):
    """How far one key has used what it is allowed. `key` is a digest, `full_at` when nothing is used any more."""

    key = models.CharField(max_length=64, unique=True)
    full_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key
