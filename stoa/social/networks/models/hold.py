"""A hold: the switch that stops all sending, for one channel, for one network, or for the whole organisation."""

from datetime import datetime

from django.db import models
from django.db.models import OuterRef, Q

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.social.networks.models.channel import SEEN_WITH, Channel


class Holds(models.QuerySet["Hold"]):
    """How holds are found."""

    def visible_to(self, actor: Actor) -> "Holds":
        """Those of the organisation for whoever sees any channel; those of a channel or a network for whoever sees one of it."""
        if actor.is_system or actor.may(SEEN_WITH):
            return self
        seen = actor.scope_ids("channel", SEEN_WITH)
        networks = Channel.objects.filter(id__in=seen).values("network")
        wide = Q(channel=None) & (Q(network="") | Q(network__in=networks))
        return self.filter(Q(channel__in=seen) | wide) if seen else self.none()

    def standing(self) -> "Holds":
        """Those that hold now."""
        return self.standing_at(clock.now())

    def standing_at(self, now: datetime) -> "Holds":
        return self.filter(Q(until=None) | Q(until__gt=now), lifted_at=None)

    def over(self, channel_id: int) -> "Holds":
        """Those that stop this channel: its own, its network's and the organisation's."""
        network = Channel.objects.filter(id=channel_id).values("network")[:1]
        return self.filter(Q(channel=channel_id) | Q(channel=None, network="") | Q(channel=None, network=network))

    def over_each(self, channel: str) -> "Holds":
        """In a subquery: those that stop the channel that this column of the outer row names ("channel", or "pk" of channels)."""
        outer = "network" if channel == "pk" else f"{channel}__network"
        wide = Q(channel=None) & (Q(network="") | Q(network=OuterRef(outer)))
        return self.filter(Q(channel=OuterRef(channel)) | wide)


class Hold(Row):
    """Why nothing goes out, who said so, since when and until when (None = until it is lifted). It stands over one `channel`, or over all
    channels of one `network`, or, with neither, over every one."""

    channel = models.ForeignKey(Channel, null=True, on_delete=models.CASCADE, related_name="holds")
    network = models.CharField(max_length=21, blank=True)
    reason = models.CharField(max_length=300)
    by_id = models.BigIntegerField(null=True, db_index=True)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)

    objects = Holds.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(channel=None) | Q(network=""), name="hold_over_one_thing"),
        ]
        indexes = [models.Index(fields=["lifted_at", "channel"], name="hold_standing")]

    def __str__(self) -> str:
        return self.reason

    @property
    def is_everywhere(self) -> bool:
        return self.channel_id is None and not self.network

    @property
    def network_name(self) -> str:
        """What its network is called; "" where it is over a channel or everything."""
        return Channel(network=self.network).network_name if self.network else ""
