"""Who may write to somebody directly, as they chose."""

from typing import ClassVar, Self

from django.db import models

from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.people.models import Person


class DirectWishes(models.QuerySet["DirectWish"]):
    """How these wishes are found."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own: what somebody else chose shows only in what may be done."""
        return self.filter(person_id=actor.person_id) if actor.person_id else self.none()


class DirectWish(Row):
    """Where it differs from what holds for everybody at first: `known`."""

    class Who(models.TextChoices):
        ANYONE = "anyone"
        KNOWN = "known"
        NOBODY = "nobody"

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="direct_wish")
    who = models.CharField(max_length=8, choices=Who.choices, default=Who.KNOWN)

    objects: ClassVar[DirectWishes] = DirectWishes.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.who
