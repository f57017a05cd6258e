"""A mark on a row of Today: snoozed, handed over, or not needed. The row itself is never stored: it is what a room says now."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.people.models import Person

KINDS = ("snoozed", "handed", "not_needed")


class WorkMarks(models.QuerySet["WorkMark"]):
    """How marks are found."""

    def visible_to(self, actor: Actor) -> "WorkMarks":
        """Staff share one worklist, and so its marks."""
        return self.select_related("to", "by") if actor.is_staff else self.none()

    def standing(self) -> "WorkMarks":
        """Those that hold now: a snooze is over when its time has come."""
        return self.exclude(kind="snoozed", until__lte=clock.now())


class WorkMark(Row):
    """`key` is the row's own. *snoozed* hides it from `by` until `until`, *handed* makes it `to`'s, *not_needed* hides it from
    all, for a `reason`. A wait that begins anew after `at` is not covered by it."""

    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=[(each, each) for each in KINDS])
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="work_marks")
    to = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="work_handed")
    until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)

    objects = WorkMarks.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "by"], name="work_mark_once_each"),
            models.CheckConstraint(condition=~Q(kind="snoozed") | Q(until__isnull=False), name="snooze_has_an_end"),
            models.CheckConstraint(condition=~Q(kind="handed") | Q(to__isnull=False), name="handed_to_somebody"),
            models.CheckConstraint(condition=~Q(kind="not_needed") | ~Q(reason=""), name="not_needed_for_a_reason"),
        ]
        indexes = [models.Index(fields=["-at"], name="work_mark_latest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.shown_id}"

    def covers(self, since: datetime) -> bool:
        """Whether a wait that began at `since` is the one that was marked (what is due later began before it was marked)."""
        return since <= self.at or since > clock.now()
