"""Up to where somebody called everything read: in one space, or everywhere."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.people.models import Person
from stoa.spaces.models import Space


class CaughtUps(models.QuerySet["CaughtUp"]):
    """How they are found."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own, and nobody else's."""
        return self.filter(person_id=actor.person_id) if actor.person_id else self.none()


class CaughtUp(Row):
    """Whatever in `space` (everywhere, where it is empty) has an id up to `read_to` counts as read."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    space = models.ForeignKey(Space, null=True, on_delete=models.CASCADE, related_name="+")
    read_to = models.BigIntegerField()
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[CaughtUps] = CaughtUps.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "space"], name="caught_up_in_a_space"),
            models.UniqueConstraint(fields=["person"], condition=Q(space=None), name="caught_up_everywhere"),
        ]

    def __str__(self) -> str:
        return self.shown_id
