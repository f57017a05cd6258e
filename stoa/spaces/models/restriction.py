"""A restriction within one space: until when somebody only reads there, or is not let in. It is decided elsewhere, and kept here, where
what one may do in a space is known."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.people.models import Person
from stoa.spaces.models.role import Role
from stoa.spaces.models.space import Space

KINDS = ("quiet", "out")


class SpaceRestrictions(models.QuerySet["SpaceRestriction"]):
    """How restrictions are found."""

    def holding(self) -> "SpaceRestrictions":
        return self.holding_at(clock.now())

    def holding_at(self, now: datetime) -> "SpaceRestrictions":
        """Those that were not lifted and whose end has not come: it ends at that instant, whoever looks."""
        return self.filter(ended_at=None, until__gt=now)

    def visible_to(self, actor: Actor) -> "SpaceRestrictions":
        """One's own, and those of the spaces where one may restrict people."""
        from stoa.spaces.readers import tended

        return self.filter(Q(person_id=actor.person_id or 0) | tended(actor, "spaces.restrict"))


class SpaceRestriction(Row):
    """*quiet*: they read, and do not write · *out*: they were taken out, and nobody lets them in. `role`: what they held when they were
    taken out, so that lifting is exact."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="restrictions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="space_restrictions")
    kind = models.CharField(max_length=5, choices=[(each, each) for each in KINDS])
    role = models.ForeignKey(Role, null=True, on_delete=models.SET_NULL, related_name="+")
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = SpaceRestrictions.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="space_restriction_ends_later"),
            models.CheckConstraint(condition=Q(kind="out") | Q(role=None), name="only_who_is_taken_out_held_a_role"),
        ]
        indexes = [models.Index(fields=["person", "until"], name="space_restriction_holding")]

    def __str__(self) -> str:
        return f"{self.kind} {self.shown_id}"
