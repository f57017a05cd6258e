"""A look: when we last asked a network who an account of ours is now and what it may do there, and when we ask again."""

from django.db import models

from stoa.base.work.rows import DueRow
from stoa.social.networks.models.channel import Channel


class Look(DueRow):
    """One for each channel whose network can be asked."""

    channel = models.OneToOneField(Channel, on_delete=models.CASCADE, related_name="look")
    looked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="look_due")]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.looked_at}"
