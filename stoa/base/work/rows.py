"""The columns that make a row claimable work."""

from django.db import models

from stoa.base.rows import Row


class DueRow(Row):
    """A row that is due at `due_at` (by the product's clock; empty = nothing to do) and may be leased by a worker (by the
    database's clock). Every claim raises `fence`; whoever holds an older fence may write nothing."""

    due_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    fence = models.PositiveIntegerField(default=0)
    tries = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True
