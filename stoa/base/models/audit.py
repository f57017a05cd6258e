"""The audit chain: every fact sealed in order, each entry holding a hash of the one before it and of the fact."""

from django.db import models

from stoa.base.rows import Row


class AuditEntry(Row):
    """The seal of one fact. `position` counts from 1 without a gap; `seal` is SHA-256 of the seal before it and the fact, in hex."""

    position = models.BigIntegerField(unique=True)
    fact_id = models.BigIntegerField(unique=True)
    seal = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"audit {self.position}"
