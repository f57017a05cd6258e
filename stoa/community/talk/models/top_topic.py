"""Which topics most people took part in, by period: counted by the clock, so that a list of them asks no more as the place grows."""

from typing import ClassVar, Self

from django.db import models

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.community.talk.models.topic import Topic, seen

PERIODS = {"week": 7, "month": 30, "year": 365, "all": 0}
"""Days; 0 is without end."""


class TopTopics(models.QuerySet["TopTopic"]):
    """How they are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of topics that the actor may see."""
        return self.filter(seen(actor, "topic"))


class TopTopic(Row):
    """`people`: how many people besides its author replied in the topic or left thanks there within the period."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="tops")
    period = models.CharField(max_length=5, choices=[(each, each) for each in PERIODS])
    people = models.PositiveIntegerField()
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[TopTopics] = TopTopics.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "period"], name="top_topic_once")]
        indexes = [models.Index(fields=["period", "-people", "-topic"], name="top_topic_list")]

    def __str__(self) -> str:
        return f"{self.period} {self.people}"
