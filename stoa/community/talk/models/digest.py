"""The digest: how often somebody hears by mail of what is new for them, and up to when they have heard."""

from datetime import datetime, time, timedelta
from typing import ClassVar, Self
from zoneinfo import ZoneInfo

from django.db import models

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.work.rows import DueRow
from stoa.people.models import Person

MORNING = time(8)


class Digests(models.QuerySet["Digest"]):
    """How they are found."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own."""
        return self.filter(person_id=actor.person_id) if actor.person_id else self.none()


class Digest(DueRow):
    """One due row for each person. `told_to` is up to when the last letter (`letter_id`) told, `told_from` since when, and `topics` of
    what: when that letter was stopped, the next one tells it again."""

    class Rhythm(models.TextChoices):
        NEVER = "never"
        DAILY = "daily"
        WEEKLY = "weekly"
        MONTHLY = "monthly"

        @property
        def days(self) -> int:
            """How far back the first letter looks."""
            return {"daily": 1, "monthly": 30}.get(self.value, 7)

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="digest")
    rhythm = models.CharField(max_length=7, choices=Rhythm.choices, default=Rhythm.WEEKLY)
    told_from = models.DateTimeField()
    told_to = models.DateTimeField()
    letter_id = models.BigIntegerField(null=True)
    topics = models.JSONField(default=list, blank=True)

    objects: ClassVar[Digests] = Digests.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="digest_due")]

    def __str__(self) -> str:
        return f"{self.rhythm} {self.shown_id}"

    @classmethod
    def new_for(cls, person_id: int, zone: str, now: datetime) -> Self:
        """As it begins: weekly, looking back one week."""
        since = now - timedelta(days=cls.Rhythm.WEEKLY.days)
        due = next_morning(cls.Rhythm.WEEKLY, now, zone)
        return cls(person_id=person_id, told_from=since, told_to=since, due_at=due)


def next_morning(rhythm: str, after: datetime, zone: str) -> datetime | None:
    """The next eight o'clock, by the clock of the zone, of a day, a Monday, or the first of a month; None for never."""
    if rhythm == Digest.Rhythm.NEVER:
        return None
    here = ZoneInfo(zone)
    day = after.astimezone(here).date()
    while True:
        fits = {
            "weekly": day.weekday() == 0,
            "monthly": day.day == 1,
        }.get(rhythm, True)
        if fits and (morning := datetime.combine(day, MORNING, here)) > after:
            return morning
        day += timedelta(days=1)


def digest_of(actor: Actor) -> Digest:
    """This member's row; where there is none yet, as it would begin (not kept)."""
    kept = Digest.objects.visible_to(actor).first()
    return kept or Digest.new_for(actor.own_id, actor.zone, clock.now())
