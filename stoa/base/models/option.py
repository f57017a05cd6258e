"""Options: what is set at the desk and not in the environment. A row only where somebody has changed the default."""

from django.db import models

from stoa.base import clock
from stoa.base.rows import Row


class OptionRow(Row):
    """One changed option: its value as JSON, who changed it and when."""

    key = models.CharField(max_length=60, unique=True)
    value = models.JSONField()
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.key
