"""Who does not want others to see that they are writing, or here."""

from typing import ClassVar, Self

from django.db import models

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.people.models import Person


class UnseenWishes(models.QuerySet["Unseen"]):
    """How these wishes are found."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own."""
        return self.filter(person_id=actor.person_id) if actor.person_id else self.none()


class Unseen(Row):
    """A member who stays out of sight."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="unseen")
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[UnseenWishes] = UnseenWishes.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"unseen {self.shown_id}"
