"""The goal that the community wants to reach together, and what is counted towards it."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.people.models import Person


class Goals(models.QuerySet["Goal"]):
    """How goals are found."""

    def visible_to(self, actor: Actor) -> Self:
        """The goal stands on the front page: everybody sees it."""
        return self

    def current(self) -> Self:
        return self.filter(state=Goal.State.CURRENT)


class Goal(Row):
    """`number` of `unit` ("things mended") is what shall be reached. At most one goal is current."""

    class State(models.TextChoices):
        CURRENT = "current"
        ENDED = "ended"

    sentence = models.CharField(max_length=300)
    number = models.PositiveIntegerField()
    unit = models.CharField(max_length=60)
    state = models.CharField(max_length=8, choices=State.choices, default=State.CURRENT)
    set_at = models.DateTimeField(default=clock.now)
    set_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar[Goals] = Goals.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__gt=0), name="goal_of_something"),
            models.UniqueConstraint(fields=["state"], condition=Q(state="current"), name="goal_current_once"),
        ]

    def __str__(self) -> str:
        return self.sentence


class Contributions(models.QuerySet["Contribution"]):
    """How contributions are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Members see what was counted and by whom; visitors see the sum alone."""
        return self if actor.is_member else self.none()

    def counted(self) -> Self:
        return self.filter(state=Contribution.State.COUNTED)

    def newest(self) -> Self:
        return self.order_by("-counted_at", "-id")


class Contribution(Row):
    """So many of the goal's unit, reached on `day` (in the organisation's zone)."""

    class State(models.TextChoices):
        COUNTED = "counted"
        WITHDRAWN = "withdrawn"

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="contributions")
    number = models.PositiveIntegerField()
    day = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    counted_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=10, choices=State.choices, default=State.COUNTED)

    objects: ClassVar[Contributions] = Contributions.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(number__gt=0), name="contribution_of_something")]
        indexes = [
            models.Index(fields=["goal", "day"], name="contribution_by_day"),
            models.Index(fields=["goal", "-counted_at", "-id"], name="contribution_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.number} on {self.day}"
