"""Blocks and mutes: whom somebody does not want to hear from."""

from django.db import models

from stoa.base import clock
from stoa.base.rows import Row
from stoa.people.models.person import Person


class Blocks(models.QuerySet["Block"]):
    """How blocks are asked."""

    def stand_between(self, one: int, other: int) -> bool:
        """Whether either has blocked the other (a mute is not a block)."""
        pairs = models.Q(person_id=one, other_id=other) | models.Q(person_id=other, other_id=one)
        return self.filter(pairs, kind="block").exists()


class Block(Row):
    """`person` does not want to read `other`; with a block, `other` is told nothing of `person` either. Neither is told
    to anybody."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="blocks")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="blocked_by")
    kind = models.CharField(max_length=5, default="block", choices=[("block", "block"), ("mute", "mute")])
    at = models.DateTimeField(default=clock.now)

    objects = Blocks.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "other"], name="block_once"),
            models.CheckConstraint(condition=~models.Q(person=models.F("other")), name="block_somebody_else"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.shown_id}"
