"""An appearance: a channel as a stranger sees it, as its network told it last; and its followers, day by day."""

from typing import Any

from django.db import models

from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.base.work.rows import DueRow
from stoa.social.networks.models import Channel


class Appearances(models.QuerySet["Appearance"]):
    """How appearances are found."""

    def visible_to(self, actor: Actor) -> "Appearances":
        """Whoever sees a channel at the desk sees how it looks from outside."""
        return self.filter(channel__in=Channel.objects.visible_to(actor).values("id"))


class Appearance(DueRow):
    """One for each channel whose network tells it. `told`: what it said last. None and empty differ there: what is None was not told.
    `pinned`: whether something is. `posts` are the last ones, newest first: ids, instants, addresses, answers, and the words
    of those that did not go out from here (those of ours stand in their deliveries, and leave with them)."""

    channel = models.OneToOneField(Channel, on_delete=models.CASCADE, related_name="appearance")
    told = models.JSONField(default=dict)
    read_at = models.DateTimeField(null=True)

    objects = Appearances.as_manager()

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="appearance_due")]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.read_at}"

    @property
    def bio(self) -> str | None:
        found: str | None = self.told.get("bio")
        return found

    @property
    def has_picture(self) -> bool | None:
        found: bool | None = self.told.get("has_picture")
        return found

    @property
    def pinned(self) -> bool | None:
        found: bool | None = self.told.get("pinned")
        return found

    @property
    def links(self) -> list[str]:
        return list(self.told.get("links", ()))

    @property
    def posts(self) -> list[dict[str, Any]]:
        return list(self.told.get("posts", ()))


class FollowerCounts(models.QuerySet["FollowerCount"]):
    """How counts of followers are found."""

    def visible_to(self, actor: Actor) -> "FollowerCounts":
        return self.filter(channel__in=Channel.objects.visible_to(actor).values("id"))


class FollowerCount(Row):
    """How many followed the channel on that day, by its network; `value` empty: not offered. One a day, the last one that was read."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="follower_counts")
    day = models.DateField()
    value = models.BigIntegerField(null=True)

    objects = FollowerCounts.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "day"], name="followers_once_a_day")]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.day} {self.value}"
