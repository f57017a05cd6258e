"""Quiet hours: when somebody wants no mail, by the clock of where they live."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import models

from stoa.base.rows import Row
from stoa.people.models.person import Person


class QuietHours(Row):
    """Every day from `start` until `end` on the clock of the person's zone; over midnight when `end` is the earlier."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="quiet")
    start = models.TimeField()
    end = models.TimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(start=models.F("end")), name="quiet_hours_are_some_hours")
        ]

    def __str__(self) -> str:
        return f"quiet {self.shown_id}"

    def over(self, instant: datetime, zone: str) -> datetime:
        """When they are over, for an instant within them; else the instant itself."""
        here = instant.astimezone(ZoneInfo(zone))
        now = here.time()
        if not self._hold(now):
            return instant
        day = here.date() + timedelta(days=1 if now >= self.end else 0)
        return datetime.combine(day, self.end, ZoneInfo(zone))

    def _hold(self, now: time) -> bool:
        if self.start < self.end:
            return self.start <= now < self.end
        return now >= self.start or now < self.end
