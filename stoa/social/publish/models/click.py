"""Clicks: visits through a link, counted without anything stored on a visitor's device."""

from django.db import models

from stoa.base import clock
from stoa.base.rows import Row
from stoa.social.publish.models.link import Link


class Salt(Row):
    """The day's salt of visitor keys, destroyed after 48 hours: from then on no key can be tied to anybody."""

    day = models.DateField(unique=True)
    value = models.BinaryField(max_length=32)
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.day}"


class Click(Row):
    """One visitor through one link within one hour. `visitor` is a keyed hash of the day."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="clicks")
    visitor = models.CharField(max_length=32)
    hour = models.DateTimeField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "visitor", "hour"], name="click_once_an_hour")]

    def __str__(self) -> str:
        return f"{self.link_id} {self.hour:%Y-%m-%d %H}"


class ClickDay(Row):
    """A link's day (UTC): clicks of people, and fetches by previews and other programs, counted apart."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    clicks = models.PositiveIntegerField(default=0)
    previews = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "day"], name="click_day_once")]

    def __str__(self) -> str:
        return f"{self.link_id} {self.day}"
