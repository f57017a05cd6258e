"""The planned topic: written now, opened by the clock at a time that its author chose. Until then it is theirs alone."""

from collections.abc import Collection
from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.urls import reverse

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.text import Authored
from stoa.base.work.rows import DueRow
from stoa.community.talk.models.topic import LONGEST_TITLE, Topic
from stoa.people.models import Person
from stoa.spaces.models import Space


class PlannedTopics(models.QuerySet["PlannedTopic"]):
    """How planned topics are found."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own: nobody else knows of it before it is opened."""
        return self.filter(author=actor.person_id) if actor.person_id else self.none()


class PlannedTopic(Authored, DueRow):
    """`wall` is what its author asked for, a wall time in `zone`; `at` the instant that it means by the rules of `tzdata`. `beginning` is
    what its kind begins with, as a form holds it. One that could not be opened is held, and `reason` says why. Opened or dropped, the
    row goes."""

    class State(models.TextChoices):
        WAITING = "waiting"
        HELD = "held"

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Topic.Kind.choices, default=Topic.Kind.DISCUSSION)
    title = models.CharField(max_length=LONGEST_TITLE)
    beginning = models.JSONField(default=dict, blank=True)
    wall = models.CharField(max_length=16)
    zone = models.CharField(max_length=60)
    tzdata = models.CharField(max_length=12)
    at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=300, blank=True)
    planned_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[PlannedTopics] = PlannedTopics.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], name="planned_topic_due"),
            models.Index(fields=["author", "at"], name="planned_topic_author"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def wall_time(self) -> datetime:
        """Without a zone, as its author chose it."""
        return datetime.fromisoformat(self.wall)

    @property
    def is_held(self) -> bool:
        return self.state == self.State.HELD

    def get_absolute_url(self) -> str:
        return reverse("talk:planned_topic", kwargs={"planned_id": self.id})


def visible_planned_topics(actor: Actor, ids: Collection[int]) -> PlannedTopics:
    return PlannedTopic.objects.visible_to(actor).filter(id__in=ids).select_related("space", "author")
