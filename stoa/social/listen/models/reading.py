"""Readings: what a network said of the numbers of a post of ours, at one moment. Never changed, never summed up over networks here."""

from collections.abc import Collection

from django.db import models
from django.db.models import OuterRef, Subquery

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.base.work.rows import DueRow
from stoa.social.publish.models import Delivery


class Readings(models.QuerySet["Reading"]):
    """How readings are found."""

    def visible_to(self, actor: Actor) -> "Readings":
        """Whoever sees a post sees its numbers."""
        if actor.is_system or actor.may("publish.see"):
            return self
        return self.filter(delivery__channel__in=actor.scope_ids("channel", "publish.see"))

    def newest(self, deliveries: Collection[int]) -> "Readings":
        """The newest of each measure of each of these deliveries."""
        same = Reading.objects.filter(delivery=OuterRef("delivery"), measure=OuterRef("measure"))
        newest = same.order_by("-at", "-id").values("id")[:1]
        return self.filter(delivery__in=deliveries, id=Subquery(newest))


class Reading(Row):
    """`value` empty: this network does not offer the measure for this post. It was not read yet when there is no row. Neither is 0."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="readings")
    measure = models.CharField(max_length=40)
    value = models.BigIntegerField(null=True)
    at = models.DateTimeField(default=clock.now)

    objects = Readings.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delivery", "measure", "at"], name="reading_once")]

    def __str__(self) -> str:
        return f"{self.measure} {self.value}"

    @property
    def is_offered(self) -> bool:
        return self.value is not None


class Measuring(DueRow):
    """When the numbers of a published post are read next. `step` counts the readings that are done; `missing` how often the network did
    not know the post."""

    delivery = models.OneToOneField(Delivery, on_delete=models.CASCADE, related_name="measuring")
    step = models.PositiveSmallIntegerField(default=0)
    missing = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="measuring_due")]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.step}"
