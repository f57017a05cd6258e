"""How far somebody has read a topic."""

from typing import ClassVar, Self

from django.db import models

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.community.talk.models.topic import Topic
from stoa.people.models import Person


class Progresses(models.QuerySet["Progress"]):
    """How they are found."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own, and nobody else's."""
        return self.filter(person_id=actor.person_id) if actor.person_id else self.none()


class Progress(Row):
    """`read_to` is the id of the last reply that came into view, or of the topic itself. It never goes back."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="progress")
    read_to = models.BigIntegerField()
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Progresses] = Progresses.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "progress"
        constraints = [models.UniqueConstraint(fields=["topic", "person"], name="progress_once")]

    def __str__(self) -> str:
        return self.shown_id
