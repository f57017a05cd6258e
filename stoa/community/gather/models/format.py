"""The format: a recurring thing to do together, ready to be started; and its occasions, each an event or a topic."""

from typing import ClassVar, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.base.text import Authored
from stoa.community.gather.models.event import Event
from stoa.community.talk.models import Topic
from stoa.people.models import Person
from stoa.spaces.models import Space
from stoa.spaces.visibility import readable


class Formats(models.QuerySet["Format"]):
    """How formats are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Formats of spaces that this actor may read; whether they may be kept and started is asked by policy."""
        return self.filter(readable(actor, "space"))


class Format(Authored, Row):
    """The authored text says how it is run, for those who run it. `title` and `opening` are what each occasion begins with; `at` is a
    wall time in the organisation's zone, on `weekday` (0 = Monday)."""

    class Shape(models.TextChoices):
        TOPIC = "topic"
        EVENT = "event"

    class Rhythm(models.TextChoices):
        WEEKLY = "weekly"
        FORTNIGHTLY = "fortnightly"
        MONTHLY = "monthly"

    class State(models.TextChoices):
        KEPT = "kept"
        RESTING = "resting"

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="formats")
    name = models.CharField(max_length=80)
    shape = models.CharField(max_length=5, choices=Shape.choices)
    rhythm = models.CharField(max_length=11, choices=Rhythm.choices)
    weekday = models.PositiveSmallIntegerField(validators=[MaxValueValidator(6)])
    at = models.TimeField()
    minutes = models.PositiveIntegerField(default=90)
    place = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=160)
    opening = models.TextField(blank=True)
    state = models.CharField(max_length=7, choices=State.choices, default=State.KEPT)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Formats] = Formats.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(weekday__lte=6), name="format_on_a_weekday")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_event(self) -> bool:
        return self.shape == self.Shape.EVENT

    @property
    def is_resting(self) -> bool:
        return self.state == self.State.RESTING


class Occasion(Row):
    """A format started for a day (in the organisation's zone): the event or the topic that it became. One a day."""

    format = models.ForeignKey(Format, on_delete=models.CASCADE, related_name="occasions")
    day = models.DateField()
    event = models.ForeignKey(Event, null=True, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, null=True, on_delete=models.CASCADE, related_name="+")
    started_at = models.DateTimeField(default=clock.now)
    started_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["format", "day"], name="occasion_once_a_day"),
            models.CheckConstraint(
                condition=Q(event=None, topic__isnull=False) | Q(event__isnull=False, topic=None),
                name="occasion_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.format_id} on {self.day}"

    def get_absolute_url(self) -> str:
        thing = self.event or self.topic
        assert thing is not None
        return thing.get_absolute_url()
