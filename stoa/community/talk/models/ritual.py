"""The ritual: a topic that opens by itself again and again, in one space; and each time that it did."""

from collections.abc import Collection
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.recurring import PLACES
from stoa.base.rows import Row
from stoa.base.text import Authored
from stoa.base.work.rows import DueRow
from stoa.community.talk.models.topic import LONGEST_TITLE, Topic
from stoa.people.models import Person
from stoa.spaces.models import Space
from stoa.spaces.readers import tended
from stoa.spaces.visibility import readable

KEEP_RITUALS = "talk.keep_rituals"


class Rituals(models.QuerySet["Ritual"]):
    """How rituals are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Those that run, for whoever reads their space; all of a space for those who keep its rituals."""
        return self.filter(
            readable(actor, "space"), Q(state=Ritual.State.RUNNING) | tended(actor, KEEP_RITUALS, "space")
        )

    def living(self) -> Self:
        return self.exclude(state=Ritual.State.ENDED)


class Ritual(Authored, DueRow):
    """`title` may hold {date}, {week} and {month}. `at` is a wall time in `zone`; which days, says `rhythm` with `weekday` (0 = Monday),
    `place` (which such weekday of the month) or `day` (of the month; a shorter month has its last). `since` is the first day that
    counts. `due_at` is the next instant, empty while it does not run; `reason` says why it stopped by itself."""

    class Rhythm(models.TextChoices):
        WEEKLY = "weekly"
        FORTNIGHTLY = "fortnightly"
        MONTHLY = "monthly"
        WEEKDAY = "weekday"

    class State(models.TextChoices):
        RUNNING = "running"
        PAUSED = "paused"
        ENDED = "ended"

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="rituals")
    kept_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=LONGEST_TITLE)
    kind = models.CharField(max_length=12, choices=Topic.Kind.choices, default=Topic.Kind.DISCUSSION)
    tags = models.CharField(max_length=200, blank=True)
    rhythm = models.CharField(max_length=11, choices=Rhythm.choices)
    weekday = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(6)])
    place = models.SmallIntegerField(default=1)
    day = models.PositiveSmallIntegerField(default=1)
    at = models.TimeField()
    zone = models.CharField(max_length=60)
    tzdata = models.CharField(max_length=12)
    since = models.DateField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.RUNNING)
    reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Rituals] = Rituals.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6, day__gte=1, day__lte=31), name="ritual_on_a_day"),
            models.CheckConstraint(condition=Q(place__in=PLACES), name="ritual_on_a_weekday_of_the_month"),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="ritual_due"),
            models.Index(fields=["space", "id"], name="ritual_space"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING

    @property
    def is_ended(self) -> bool:
        return self.state == self.State.ENDED

    def get_absolute_url(self) -> str:
        return reverse("talk:ritual", kwargs={"ritual_id": self.id})


class RitualTopic(Row):
    """The topic that a ritual opened for one of its instants: at most one."""

    ritual = models.ForeignKey(Ritual, on_delete=models.CASCADE, related_name="opened")
    instant = models.DateTimeField()
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="rituals")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ritual", "instant"], name="ritual_opens_once")]

    def __str__(self) -> str:
        return f"{self.ritual_id} at {self.instant:%Y-%m-%d %H:%M}"


def visible_rituals(actor: Actor, ids: Collection[int]) -> Rituals:
    return Ritual.objects.visible_to(actor).filter(id__in=ids).select_related("space")
