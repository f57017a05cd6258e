"""A channel: one account of ours on one network."""

from dataclasses import replace
from typing import Any

from django.db import models
from django.db.models import Q

from stoa.base import clock
from stoa.base.actors import SITE, Actor, Scope
from stoa.base.crypto import SealedField
from stoa.base.rows import Row
from stoa.social.networks import registry
from stoa.social.networks.limits import Layout, Rules
from stoa.social.networks.protocol import Publishes
from stoa.social.networks.telling import with_told

STATES = ("connected", "reconnect", "disconnected")
SEEN_WITH = "networks.see"


class Channels(models.QuerySet["Channel"]):
    """How channels are found."""

    def visible_to(self, actor: Actor) -> "Channels":
        """All of them for whoever may see channels in the whole site; else those in which they hold that right."""
        if actor.is_system or actor.may(SEEN_WITH):
            return self
        return self.filter(id__in=actor.scope_ids("channel", SEEN_WITH))

    def connected(self) -> "Channels":
        return self.filter(state="connected")

    def living(self) -> "Channels":
        """Not disconnected: those that could publish, if not today."""
        return self.exclude(state="disconnected")


class Channel(Row):
    """`network` is the connector's key, `remote_id` what never changes of the account. What opens it is sealed; nothing opens one
    that is served by hand.

    `monthly_budget`: what sending through the interface may cost in a month, in the network's currency (None: as much as it costs).
    `opened` counts how often its credentials were stored: whoever refreshes says which they saw. `ends_at`: from then on a person must
    sign in again; `warned_days`: how many days ahead somebody was last told so. `quiet_until` is how long the network asked us to wait.
    `told` is what its server says of its limits, as `telling` keeps it.
    """

    network = models.CharField(max_length=21)
    remote_id = models.CharField(max_length=200)
    handle = models.CharField(max_length=200)
    name = models.CharField(max_length=200, blank=True)
    portrait = models.CharField(max_length=500, blank=True)
    address = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=12, default="connected", choices=[(each, each) for each in STATES])
    reason = models.CharField(max_length=300, blank=True)
    since = models.DateTimeField(default=clock.now)
    is_by_hand = models.BooleanField(default=False)
    sealed = SealedField()
    opened = models.PositiveIntegerField(default=0)
    fresh_until = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    warned_days = models.PositiveSmallIntegerField(null=True)
    refreshing_until = models.DateTimeField(null=True)
    refresh_fence = models.PositiveIntegerField(default=0)
    quiet_until = models.DateTimeField(null=True)
    told = models.JSONField(null=True)
    told_at = models.DateTimeField(null=True)
    monthly_budget = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    connected_by_id = models.BigIntegerField(null=True, db_index=True)
    connected_at = models.DateTimeField(default=clock.now)

    objects = Channels.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "remote_id"], name="channel_once"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="channel_state_known"),
        ]
        ordering = ["network", "handle", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.name or self.handle

    @property
    def scope(self) -> Scope:
        return ("channel", self.id)

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Where rights over this channel may be held."""
        return (SITE, self.scope)

    @property
    def is_connected(self) -> bool:
        return self.state == "connected"

    @property
    def can_publish(self) -> bool:
        """Whether anything can go out on it: through the network's interface, or by a person's hand."""
        return self.is_by_hand or isinstance(self.connector, Publishes)

    @property
    def connector(self) -> Any:
        """The connector, which has the abilities that it has. Raises `UnknownNetwork` when its package is gone."""
        return registry.get(self.network)

    @property
    def network_name(self) -> str:
        try:
            return str(self.connector.name)
        except registry.UnknownNetwork:
            return self.network

    @property
    def rules(self) -> Rules:
        """What the network allows, and before that what the account's own server says of it. Who posts by hand writes no card: the link
        stands in the text; and brings what the network wants to be there, a video too, also where our interface sends none."""
        rules: Rules = self.connector.rules
        if self.is_by_hand:
            videos = rules.videos or rules.videos_by_hand
            rules = replace(rules, link=replace(rules.link, card=False), videos=videos, needs="")
        return with_told(rules, self.told, self.told_at.date()) if self.told and self.told_at else rules

    @property
    def layout(self) -> Layout:
        layout: Layout = self.connector.layout
        return layout

    @property
    def shown_handle(self) -> str:
        return f"{self.layout.handle_prefix}{self.handle}"


def visible_channels(actor: Actor, numbers: Any) -> Channels:
    return Channel.objects.visible_to(actor).filter(id__in=numbers)
