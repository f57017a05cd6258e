"""Moving in: where people come from, what was brought, and what each old thing is here."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.base.work.rows import DueRow
from stoa.people.models import Person

LONGEST_OLD = 200
MOVE_IN = "front.move_in"


class OldHome(Row):
    """A community that people lived in before: which software it ran on, by what it is known again, what it was called."""

    system = models.CharField(max_length=20)
    key = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "key"], name="old_home_once")]

    def __str__(self) -> str:
        return self.name


class Imports(models.QuerySet["Import"]):
    """How they are found."""

    def visible_to(self, actor: Actor) -> Self:
        """All for those who may let people move in."""
        return self if actor.is_system or actor.may(MOVE_IN) else self.none()


class Import(DueRow):
    """One archive, once it was read into its van. `step` and `place`: how far it was carried in. `rounds`: how often it was carried in as a
    whole; the second time changes nothing."""

    class State(models.TextChoices):
        PROPOSED = "proposed"
        MOVING = "moving"
        PAUSED = "paused"
        DONE = "done"

    home = models.ForeignKey(OldHome, on_delete=models.PROTECT, related_name="imports")
    digest = models.CharField(max_length=64)
    folder = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    step = models.CharField(max_length=12, blank=True)
    place = models.BigIntegerField(default=0)
    rounds = models.PositiveIntegerField(default=0)
    found = models.JSONField(default=dict)
    noted = models.JSONField(default=list)
    mapping = models.JSONField(default=list)
    carried = models.JSONField(default=dict)
    read_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by_id = models.BigIntegerField(null=True, db_index=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[Imports] = Imports.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home", "digest"], name="archive_once")]

    def __str__(self) -> str:
        return self.shown_id

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def may_pause(self) -> bool:
        return self.state == self.State.MOVING

    @property
    def may_go_on(self) -> bool:
        return self.is_confirmed and self.state == self.State.PAUSED


class ImportTrouble(Row):
    """Something of one archive that could not be carried in: what kind of thing, which, and whose it was, with whom it goes."""

    brought = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="troubles")
    what = models.CharField(max_length=20)
    which = models.CharField(max_length=300)
    of_id = models.BigIntegerField(null=True, db_index=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brought", "what", "which"], name="trouble_told_once")]

    def __str__(self) -> str:
        return f"{self.what}: {self.which}"


class Moved(Row):
    """What an old thing is here. By this nothing moves in twice, and old addresses lead on. `also`: another name that it had there."""

    home = models.ForeignKey(OldHome, on_delete=models.CASCADE, related_name="moved")
    brought = models.ForeignKey(Import, null=True, on_delete=models.SET_NULL, related_name="moved")
    kind = models.CharField(max_length=8)
    old = models.CharField(max_length=LONGEST_OLD)
    also = models.CharField(max_length=80, blank=True)
    thing_key = models.CharField(max_length=40)
    thing_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home", "kind", "old"], name="moved_once")]
        indexes = [
            models.Index(fields=["kind", "also"], condition=~Q(also=""), name="moved_also"),
            models.Index(fields=["thing_key", "thing_id"], name="moved_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.old}"


class ClaimLetter(Row):
    """Somebody who was known elsewhere was written to, once: that they can take over what they wrote."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.shown_id
