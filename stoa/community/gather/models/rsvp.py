"""The RSVP: one person's answer to one event."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.community.gather.facts import Answer
from stoa.community.gather.models.event import Event
from stoa.people.models import Person


class Rsvps(models.QuerySet["Rsvp"]):
    """How answers are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Members see who comes to the events that they see; others see their own answer, which is none."""
        seen = self.filter(event__in=Event.objects.visible_to(actor))
        return seen if actor.is_member else seen.none()

    def going(self) -> Self:
        return self.filter(answer=Answer.YES.value).order_by("answered_at", "id")

    def waiting(self) -> Self:
        """The longest wait first."""
        return self.filter(answer=Answer.WAITING.value).order_by("answered_at", "id")

    def to_remind(self, column: str, ahead: timedelta, now: datetime) -> Self:
        """Those who come to what begins within `ahead`, and were not yet reminded of this beginning."""
        soon = Q(event__starts_at__gt=now, event__starts_at__lte=now + ahead)
        rows = self.filter(soon, answer=Answer.YES.value, event__state=Event.State.PLANNED)
        return rows.filter(event__presence=Event.Presence.HERE).exclude(**{column: F("event__starts_at")})


class Rsvp(Row):
    """`answered_at` is when the answer that stands was given: it orders those who wait. `day_told` and `hour_told` are the
    beginning of which this person was reminded a day and an hour before."""

    class Attendance(models.TextChoices):
        UNKNOWN = "unknown"
        CAME = "came"
        MISSED = "missed"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="rsvps")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="rsvps")
    answer = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Answer])
    answered_at = models.DateTimeField(default=clock.now)
    moved_up_at = models.DateTimeField(null=True)
    attendance = models.CharField(max_length=8, choices=Attendance.choices, default=Attendance.UNKNOWN)
    day_told = models.DateTimeField(null=True)
    hour_told = models.DateTimeField(null=True)

    objects: ClassVar[Rsvps] = Rsvps.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="rsvp_once")]
        indexes = [models.Index(fields=["event", "answer", "answered_at", "id"], name="rsvp_order")]

    def __str__(self) -> str:
        return f"rsvp {self.shown_id} {self.answer}"

    @property
    def is_going(self) -> bool:
        return self.answer == Answer.YES.value

    @property
    def is_waiting(self) -> bool:
        return self.answer == Answer.WAITING.value
