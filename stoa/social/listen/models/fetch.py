"""A fetch: how far we have listened on a channel, and when we listen again."""

from django.db import models

from stoa.base.work.rows import DueRow
from stoa.social.networks.models import Channel


class Fetch(DueRow):
    """One for each channel whose network tells who spoke to us. `cursor` is the connector's own; `heard_at` the last whole answer;
    `looked_at` when we last looked whether what waits still stands there."""

    channel = models.OneToOneField(Channel, on_delete=models.CASCADE, related_name="fetch")
    cursor = models.TextField(blank=True)
    heard_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="fetch_due")]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.heard_at}"
