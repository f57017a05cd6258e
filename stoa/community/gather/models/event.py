"""The event: something people attend, in a space, at a wall time in a zone."""

from collections.abc import Collection
from datetime import datetime
from typing import ClassVar, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils.text import slugify

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.base.text import Authored
from stoa.people.models import Person
from stoa.spaces.models import Space
from stoa.spaces.readers import tended
from stoa.spaces.visibility import readable

SEE_HIDDEN = "gather.see_hidden"


class Events(models.QuerySet["Event"]):
    """How events are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Events of spaces that this actor may read; those hidden by a decision only to who planned them and to the space's moderators."""
        here = Q(presence=Event.Presence.HERE) | tended(actor, SEE_HIDDEN, "space")
        if actor.person_id:
            here |= Q(made_by_id=actor.person_id)
        return self.filter(here, readable(actor, "space"))

    def here(self) -> Self:
        """For lists and counts: without what was hidden."""
        return self.filter(presence=Event.Presence.HERE)

    def coming(self, now: datetime | None = None) -> Self:
        """Those that are not over, the next one first."""
        return self.filter(ends_at__gt=now or clock.now()).order_by("starts_at", "id")

    def past(self) -> Self:
        """Those that are over, the latest first."""
        return self.filter(ends_at__lte=clock.now()).order_by("-starts_at", "-id")

    def planned(self) -> Self:
        return self.filter(state=Event.State.PLANNED)

    def answered_by(self, person_id: int, *answers: str) -> Self:
        """Those to which this person gave one of these answers."""
        return self.filter(rsvps__person_id=person_id, rsvps__answer__in=answers)


class Event(Authored, Row):
    """`starts_at` and `ends_at` are instants, made from the wall times, the zone and the rules of `zone_rules` (a version of tzdata).
    `going_count` and `waiting_count` count answers, under the event's lock; `seats` none = as many as come."""

    class State(models.TextChoices):
        PLANNED = "planned"
        CANCELLED = "cancelled"

    class Presence(models.TextChoices):
        HERE = "here"
        HIDDEN = "hidden"

    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="events")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    title = models.CharField(max_length=160)
    starts_wall = models.CharField(max_length=16)
    ends_wall = models.CharField(max_length=16)
    zone = models.CharField(max_length=60)
    zone_rules = models.CharField(max_length=20)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    online_address = models.CharField(max_length=500, blank=True)
    online_for_going = models.BooleanField(default=True)
    seats = models.PositiveIntegerField(null=True)
    going_count = models.PositiveIntegerField(default=0)
    waiting_count = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    presence = models.CharField(max_length=10, choices=Presence.choices, default=Presence.HERE)
    changes = models.PositiveIntegerField(default=0)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=500, blank=True)

    objects: ClassVar[Events] = Events.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_ends_after_start"),
            models.CheckConstraint(
                condition=Q(seats=None) | Q(going_count__lte=F("seats")), name="event_never_overbooked"
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at", "id"], name="event_by_time"),
            models.Index(fields=["space", "starts_at", "id"], name="event_space_by_time"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_here(self) -> bool:
        return self.presence == self.Presence.HERE

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    def is_over_at(self, instant: datetime) -> bool:
        return self.ends_at <= instant

    def has_begun_at(self, instant: datetime) -> bool:
        return self.starts_at <= instant

    @property
    def has_free_seat(self) -> bool:
        return self.seats is None or self.going_count < self.seats

    @property
    def is_online(self) -> bool:
        return bool(self.online_address)

    @property
    def starts_there(self) -> datetime:
        """The beginning, as clocks show it where the event is."""
        return self.starts_at.astimezone(ZoneInfo(self.zone))

    @property
    def ends_there(self) -> datetime:
        return self.ends_at.astimezone(ZoneInfo(self.zone))

    @property
    def slug(self) -> str:
        return slugify(self.title, allow_unicode=True)[:60].strip("-") or "event"

    def get_absolute_url(self) -> str:
        return f"/events/{self.shown_id}-{self.slug}/"


class Host(Row):
    """Somebody who looks after an event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="hosts")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="host_once")]

    def __str__(self) -> str:
        return f"host {self.shown_id}"


def visible_events(actor: Actor, ids: Collection[int]) -> Events:
    """The events among `ids` that this actor may see, with what their cards need."""
    return Event.objects.visible_to(actor).filter(id__in=ids).select_related("space", "made_by")
