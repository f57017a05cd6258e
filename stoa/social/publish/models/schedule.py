"""A schedule: a post that goes out again and again, as a rule says; and its occurrences: what became of each of its times, by channel."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.recurring import MARGIN, PLACES, RHYTHMS, Rule
from stoa.base.rows import Row
from stoa.base.walltime import Moment, zone
from stoa.base.work.rows import DueRow
from stoa.people.models import Person
from stoa.social.networks.models import Channel
from stoa.social.publish.models.post import Post

RUNNING, STOPPED, ENDED = "running", "stopped", "ended"
SCHEDULE_STATES = (RUNNING, STOPPED, ENDED)
MADE, SKIPPED, MISSED, REFUSED, LET_GO = "made", "skipped", "missed", "refused", "let_go"
OCCURRENCE_STATES = (MADE, SKIPPED, MISSED, REFUSED, LET_GO)
MAY_COME_YET = (REFUSED, LET_GO)  # nothing of it went out: when the schedule goes on, it may
EVERY_DAY = 0b1111111
MOST_EVERY = 12


class Schedules(models.QuerySet["Schedule"]):
    """How schedules are found."""

    def visible_to(self, actor: Actor) -> "Schedules":
        """Whoever sees one of its channels' posts sees it."""
        if actor.is_system or actor.may("publish.see"):
            return self
        seen = actor.scope_ids("channel", "publish.see")
        return self.filter(id__in=ScheduleChannel.objects.filter(channel__in=seen).values("schedule"))


class Schedule(DueRow):
    """`post` is what is repeated: each time a copy of what it says then. The rule (`stoa.base.recurring`): `rhythm` with `weekdays` (one
    bit for each, Monday the lowest), `place`, `day`; every `every`-th week or month; `at` a wall time in `zone`; from `since` to the day
    `until`, `most` times in all. `before` is how many times earlier rules of this schedule have had, `next_number` the next time that
    nobody has looked at; that happens at `due_at`, some days ahead. `reason` says why it stopped by itself."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="schedules")
    kept_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    rhythm = models.CharField(max_length=7, choices=[(each, each) for each in RHYTHMS])
    every = models.PositiveSmallIntegerField(default=1)
    weekdays = models.PositiveSmallIntegerField(default=1)
    place = models.SmallIntegerField(default=1)
    day = models.PositiveSmallIntegerField(default=1)
    at = models.TimeField()
    zone = models.CharField(max_length=60)
    since = models.DateField()
    until = models.DateField(null=True)
    most = models.PositiveSmallIntegerField(null=True)
    before = models.PositiveIntegerField(default=0)
    next_number = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=7, default=RUNNING, choices=[(each, each) for each in SCHEDULE_STATES])
    reason = models.CharField(max_length=300, blank=True)
    mend = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Schedules] = Schedules.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SCHEDULE_STATES), name="schedule_state_known"),
            models.CheckConstraint(
                condition=Q(weekdays__gte=1, weekdays__lte=EVERY_DAY, day__gte=1, day__lte=31, place__in=PLACES),
                name="schedule_on_a_day",
            ),
            models.CheckConstraint(condition=Q(every__gte=1, every__lte=MOST_EVERY), name="schedule_every_so_often"),
            models.CheckConstraint(condition=Q(state=RUNNING) | Q(due_at=None), name="schedule_due_while_it_runs"),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="schedule_due"),
            models.Index(fields=["state", "id"], name="schedule_state"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.shown_id}"

    @property
    def is_running(self) -> bool:
        return self.state == RUNNING

    @property
    def is_ended(self) -> bool:
        return self.state == ENDED

    @property
    def rule(self) -> Rule:
        return Rule(
            self.rhythm, self.at, self.zone, self.since, self.every, days_of(self.weekdays), self.place, self.day
        )

    def times(self, number: int = 1, *, after: datetime | None = None) -> Iterator[tuple[int, Moment]]:
        """(k, its moment) from this k on, and after this instant, until its end."""
        early = after.astimezone(zone(self.zone)).replace(tzinfo=None) - MARGIN if after else None
        for index, wall in self.rule.walls():
            k = self.before + index
            if self.is_over(k, wall.date()):
                return
            if k >= number and (early is None or wall >= early):
                moment = self.rule.moment_of(wall)
                if after is None or moment.at > after:
                    yield k, moment

    def is_over(self, number: int, day: date) -> bool:
        return (self.until is not None and day > self.until) or (self.most is not None and number > self.most)

    def get_absolute_url(self) -> str:
        return reverse("publish:schedule", args=[self.id])


class ScheduleChannel(Row):
    """A channel on which a schedule repeats its post."""

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="places")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["schedule", "channel"], name="schedule_channel_once")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.schedule_id} {self.channel_id}"


class Occurrences(models.QuerySet["Occurrence"]):
    """How times of schedules are found."""

    def visible_to(self, actor: Actor) -> "Occurrences":
        """Those on channels whose posts this actor sees."""
        if actor.is_system or actor.may("publish.see"):
            return self
        return self.filter(channel__in=actor.scope_ids("channel", "publish.see"))


class Occurrence(Row):
    """The k-th time of a schedule on one channel: at most once, whoever makes it. `post` is what was planned for it."""

    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="occurrences")
    number = models.PositiveIntegerField()
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=[(each, each) for each in OCCURRENCE_STATES])
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="occurrences")
    reason = models.CharField(max_length=300, blank=True)

    objects = Occurrences.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["schedule", "number", "channel"], name="occurrence_once_a_channel"),
            models.CheckConstraint(condition=Q(state__in=OCCURRENCE_STATES), name="occurrence_state_known"),
            models.CheckConstraint(condition=~Q(state=MADE) | Q(post__isnull=False), name="occurrence_made_has_post"),
        ]

    def __str__(self) -> str:
        return f"{self.schedule_id} {self.number} {self.state}"


def days_of(bits: int) -> tuple[int, ...]:
    """The weekdays of these bits, Monday first."""
    return tuple(day for day in range(7) if bits >> day & 1)


def bits_of(days: Collection[int]) -> int:
    return sum(1 << day for day in set(days))


def visible_schedules(actor: Actor, numbers: Collection[int]) -> Schedules:
    return Schedule.objects.visible_to(actor).filter(id__in=numbers).select_related("post")
