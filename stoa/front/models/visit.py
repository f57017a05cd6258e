"""When somebody last looked at Today, so that it can say what happened since."""

from datetime import timedelta

from django.db import models

from stoa.base import clock
from stoa.base.rows import Row
from stoa.people.models import Person

SITTING = timedelta(hours=1)
"""Looks that are nearer to each other than this are one visit."""


class DeskVisit(Row):
    """`latest` is the last look, `before` the end of the visit before this one."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="desk_visit")
    before = models.DateTimeField(null=True)
    latest = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.shown_id
