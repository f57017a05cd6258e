"""A metric's day, and a day that must be counted anew. Both hold counts and nothing of any person."""

from django.db import models

from stoa.base.rows import Row
from stoa.base.work.rows import DueRow

SITE = "site"


class MetricDay(Row):
    """One metric of one scope ("site", or "channel:ID") on one day of the organisation's zone. `numerator` over `denominator` (None
    for a plain count), `n` how many were counted. Another zone or version is another series. Always what counting the rows gives."""

    metric = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    zone = models.CharField(max_length=60)
    scope = models.CharField(max_length=40, default=SITE)
    day = models.DateField()
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField(null=True)
    n = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["metric", "version", "zone", "scope", "day"], name="metric_day_once")
        ]
        indexes = [models.Index(fields=["zone", "day"], name="metric_day_when")]

    def __str__(self) -> str:
        return f"{self.metric} {self.scope} {self.day}"


class DirtyDay(DueRow):
    """A day whose rows have changed since it was counted: due work. Marked again while it is being counted, it is counted again."""

    scope = models.CharField(max_length=40, default=SITE)
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "day"], name="dirty_day_once")]
        indexes = [models.Index(fields=["due_at"], name="dirty_day_due")]

    def __str__(self) -> str:
        return f"{self.scope} {self.day}"
