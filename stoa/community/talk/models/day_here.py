"""On which days somebody was here, and what they read on each: what trust is counted from."""

from typing import ClassVar, Self

from django.db import models

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.people.models import Person


class DaysHere(models.QuerySet["DayHere"]):
    """How they are found."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own, and nobody else's."""
        return self.filter(person_id=actor.person_id) if actor.person_id else self.none()


class DayHere(Row):
    """One day of one person (in UTC): how many topics they looked into for the first time, how many replies of others came into view,
    for how many seconds they read. `at` is when they were seen last on that day."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="days_here")
    day = models.DateField()
    topics = models.PositiveIntegerField(default=0)
    replies = models.PositiveIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[DaysHere] = DaysHere.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "days here"
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="day_here_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.shown_id}"


class TrustCount(Row):
    """When somebody's trust was counted last, and since when what keeps their level is missing (None: nothing is)."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="trust_count")
    counted_at = models.DateTimeField(default=clock.now)
    missing_since = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.shown_id
