"""The split: replies of one topic that a moderator moved to a new one."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.community.talk.models.topic import Topic, seen
from stoa.people.models import Person


class Splits(models.QuerySet["Split"]):
    """How splits are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of which the actor may see both topics: the line on one would tell of the other."""
        return self.filter(seen(actor, "topic"), seen(actor, "into"))

    def of_page(self, topic: Topic) -> Self:
        """Out of a topic and into it, the latest last."""
        return self.filter(Q(topic=topic) | Q(into=topic)).select_related("topic__author", "into").order_by("id")


class Split(Row):
    """So many replies left `topic` and stand in `into` since then."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="splits")
    into = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    count = models.PositiveIntegerField()
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Splits] = Splits.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["topic", "id"], name="split_topic")]

    def __str__(self) -> str:
        return f"{self.count} from {self.topic_id} to {self.into_id}"
