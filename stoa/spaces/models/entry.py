"""Ways in: applications, and the owner's broken glass."""

from django.db import models
from django.db.models import Q

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.people.models import Person
from stoa.spaces.models.space import Space

DECIDED = ("open", "accepted", "declined", "withdrawn")


class Applications(models.QuerySet["Application"]):
    """How applications are found."""

    def visible_to(self, actor: Actor) -> "Applications":
        """One's own, and those that one may decide."""
        from stoa.spaces.readers import tended

        return self.filter(Q(person_id=actor.person_id or 0) | tended(actor, "spaces.decide_applications"))


class Application(Row):
    """Somebody asks to come in; a person of the space decides, with reasons."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="applications")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="applications")
    answer = models.TextField(blank=True, max_length=2000)
    state = models.CharField(max_length=10, default="open", choices=[(each, each) for each in DECIDED])
    reason = models.TextField(blank=True, max_length=1000)
    at = models.DateTimeField(default=clock.now)
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.BigIntegerField(null=True, db_index=True)

    objects = Applications.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "person"], condition=Q(state="open"), name="one_open_application")
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.shown_id}"


class BreakGlass(Row):
    """An owner looked: first at the names of closed spaces (no space), then into one, for a reason, for a while."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="glass_broken")
    space = models.ForeignKey(Space, null=True, on_delete=models.CASCADE, related_name="glass_broken")
    reason = models.TextField(max_length=1000)
    at = models.DateTimeField(default=clock.now)
    ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.shown_id
