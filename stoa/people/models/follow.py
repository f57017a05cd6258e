"""Follows: which things somebody watches, follows or has muted."""

from django.db import models

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.base.things import Reference
from stoa.people.models.person import Person

LEVELS = ("watch", "follow", "mute")


class Follows(models.QuerySet["Follow"]):
    """How they are found."""

    def visible_to(self, actor: Actor) -> "Follows":
        """One's own. Whether the thing is still visible is asked when it is drawn."""
        return self.filter(person_id=actor.person_id) if actor.person_id else self.none()


class Follow(Row):
    """`watch` tells of everything, `follow` shows what is new and tells of what answers you, `mute` neither shows nor tells."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="follows")
    thing_key = models.CharField(max_length=40)
    thing_id = models.BigIntegerField()
    level = models.CharField(max_length=6, default="follow", choices=[(each, each) for each in LEVELS])
    at = models.DateTimeField(default=clock.now)

    objects = Follows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "thing_key", "thing_id"], name="follow_once")]
        indexes = [models.Index(fields=["thing_key", "thing_id", "level"], name="follow_thing")]

    def __str__(self) -> str:
        return f"{self.level} {self.thing_key}"

    @property
    def reference(self) -> Reference:
        return (self.thing_key, self.thing_id)
