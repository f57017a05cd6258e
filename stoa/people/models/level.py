"""How a trust level came about: each change of it with why, and the lock by which the team keeps one as it is."""

from django.db import models

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.people.models.person import Person

HIGHEST_EARNED, BY_HAND = 3, 4
LEVELS = (0, 1, 2, 3, BY_HAND)


class LevelChanges(models.QuerySet["LevelChange"]):
    """How changes are found."""

    def visible_to(self, actor: Actor) -> "LevelChanges":
        """One's own; all for those who look after members. Nobody else knows of levels."""
        if actor.may("people.see_desk"):
            return self
        return self.filter(person_id=actor.person_id) if actor.person_id else self.none()


class LevelChange(Row):
    """One change. `why`: earned or lost by what was counted, or given by somebody of the team, who says why in `reason`."""

    class Why(models.TextChoices):
        EARNED = "earned"
        LOST = "lost"
        GIVEN = "given"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="level_changes")
    before = models.PositiveSmallIntegerField()
    after = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=6, choices=Why.choices)
    reason = models.CharField(max_length=300, blank=True)
    by_id = models.BigIntegerField(null=True, db_index=True)
    at = models.DateTimeField(default=clock.now)

    objects = LevelChanges.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "-id"], name="level_change_person")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(before=models.F("after")), name="level_change_changes"),
            models.CheckConstraint(condition=models.Q(after__lte=BY_HAND), name="level_change_to_a_level"),
        ]

    def __str__(self) -> str:
        return f"{self.before} to {self.after}"


class LevelLock(Row):
    """While it stands, nothing that is counted changes this person's level."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="level_lock")
    by_id = models.BigIntegerField(null=True, db_index=True)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.shown_id
