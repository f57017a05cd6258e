"""An introduction: the team brought a newcomer and a member who likes to welcome together, by an interest that both have."""

from django.db import models

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.people.models import Person


class Introductions(models.QuerySet["Introduction"]):
    """How introductions are found."""

    def visible_to(self, actor: Actor) -> "Introductions":
        """All for the team; else those that one was part of."""
        if actor.is_system or actor.may("talk.introduce"):
            return self
        return self.filter(models.Q(newcomer=actor.person_id) | models.Q(welcomer=actor.person_id))

    def of(self, person: Person) -> "Introductions":
        """Those that this person was part of."""
        return self.filter(models.Q(newcomer=person) | models.Q(welcomer=person))


class Introduction(Row):
    """Made once for two people; `interest` is the one that they shared then."""

    newcomer = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    welcomer = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    interest = models.CharField(max_length=80)
    by_id = models.BigIntegerField(null=True, db_index=True)
    made_at = models.DateTimeField(default=clock.now)

    objects = Introductions.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["newcomer", "welcomer"], name="introduced_once")]

    def __str__(self) -> str:
        return self.shown_id
