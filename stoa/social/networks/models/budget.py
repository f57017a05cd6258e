"""A budget: how much more a network takes of a channel, as its own headers said."""

from datetime import datetime

from django.db import models
from django.db.models import OuterRef

from stoa.base.rows import Row
from stoa.social.networks.models.channel import Channel

PURPOSES = ("send", "prepare", "look", "take_down")


class Budgets(models.QuerySet["Budget"]):
    """How budgets are found."""

    def used_up(self, channel_id: int | OuterRef, purposes: tuple[str, ...], now: datetime) -> "Budgets":
        """Those of which nothing is left until later than now."""
        return self.filter(channel=channel_id, purpose__in=purposes, left=0, resets_at__gt=now)


class Budget(Row):
    """`purpose`: what we were doing when it was learned; `bucket`: the network's name for what it counts together, if it has one.
    `at_most` 0: it was not said. After `resets_at` nothing is known."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="budgets")
    purpose = models.CharField(max_length=9, choices=[(each, each) for each in PURPOSES])
    bucket = models.CharField(max_length=40, blank=True)
    left = models.PositiveIntegerField()
    at_most = models.PositiveIntegerField(default=0)
    resets_at = models.DateTimeField()
    learned_at = models.DateTimeField()

    objects = Budgets.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "purpose", "bucket"], name="budget_once")]
        indexes = [models.Index(fields=["channel", "left", "resets_at"], name="budget_used_up")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.left}"
