"""Follows: which things somebody watches, follows or has muted."""

from django.db import models

from stoa.base import clock
from stoa.base.rows import Row
from stoa.people.models.person import Person

LEVELS = ("watch", "follow", "mute")


class Follow(Row):
    """`watch` tells of everything, `follow` of what is new for you there, `mute` of nothing."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="follows")
    thing_key = models.CharField(max_length=40)
    thing_id = models.BigIntegerField()
    level = models.CharField(max_length=6, default="follow", choices=[(each, each) for each in LEVELS])
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "thing_key", "thing_id"], name="follow_once")]
        indexes = [models.Index(fields=["thing_key", "thing_id", "level"], name="follow_thing")]

    def __str__(self) -> str:
        return f"{self.level} {self.thing_key}"
