"""A hold: the switch that stops all sending, for one channel or for the whole organisation."""

from django.db import models
from django.db.models import Q

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.social.networks.models.channel import SEEN_WITH, Channel


class Holds(models.QuerySet["Hold"]):
    """How holds are found."""

    def visible_to(self, actor: Actor) -> "Holds":
        """Those of the organisation for whoever sees any channel; those of a channel for whoever sees it."""
        if actor.is_system or actor.may(SEEN_WITH):
            return self
        seen = actor.scope_ids("channel", SEEN_WITH)
        return self.filter(Q(channel__in=seen) | Q(channel=None)) if seen else self.none()

    def standing(self) -> "Holds":
        """Those that hold now."""
        now = clock.now()
        return self.filter(Q(until=None) | Q(until__gt=now), lifted_at=None)

    def over(self, channel_id: int) -> "Holds":
        """Those that stop this channel: its own and the organisation's."""
        return self.filter(Q(channel=channel_id) | Q(channel=None))


class Hold(Row):
    """Why nothing goes out, who said so, since when and until when (None = until it is lifted)."""

    channel = models.ForeignKey(Channel, null=True, on_delete=models.CASCADE, related_name="holds")
    reason = models.CharField(max_length=300)
    by_id = models.BigIntegerField(null=True, db_index=True)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)

    objects = Holds.as_manager()

    class Meta:
        indexes = [models.Index(fields=["lifted_at", "channel"], name="hold_standing")]

    def __str__(self) -> str:
        return self.reason
