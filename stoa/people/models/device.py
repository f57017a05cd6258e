"""Devices: browsers in which somebody wants to be told, and what waits to be sent to them."""

import hashlib
from urllib.parse import urlsplit

from django.contrib.sessions.models import Session
from django.db import models

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.push import Endpoint
from stoa.base.rows import Row
from stoa.base.things import Reference
from stoa.base.work.rows import DueRow
from stoa.people.models.person import Person

MOST = 10  # of one person


class Devices(models.QuerySet["Device"]):
    """How they are found."""

    def visible_to(self, actor: Actor) -> "Devices":
        """One's own."""
        return self.filter(person_id=actor.person_id) if actor.person_id else self.none()


class Device(Row):
    """One browser: where its push service takes messages, and the keys that seal for it. It is told as long as its person is signed in
    there: it ends with the session. `digest` is of the address, which a browser gives to one person at a time. `told_at`: when its push
    service took the last one; `trouble`: why not."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="devices")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    endpoint = models.CharField(max_length=1000)
    digest = models.CharField(max_length=64, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    at = models.DateTimeField(default=clock.now)
    told_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)

    objects = Devices.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "-id"], name="device_person")]

    def __str__(self) -> str:
        return f"device {self.shown_id}"

    @property
    def address(self) -> Endpoint:
        return Endpoint(self.endpoint, self.p256dh, self.auth)

    @property
    def service(self) -> str:
        """The host of its push service."""
        return urlsplit(self.endpoint).hostname or ""


def digest_of(endpoint: str) -> str:
    return hashlib.sha256(endpoint.encode()).hexdigest()


class Push(DueRow):
    """One thing to tell on one device, of one kind; it is forgotten once it was sent. Holds no words: they are written when it is sent."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="pushes")
    kind = models.CharField(max_length=40)
    thing_key = models.CharField(max_length=40)
    thing_id = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "pushes"
        constraints = [models.UniqueConstraint(fields=["device", "kind", "thing_key", "thing_id"], name="push_once")]
        indexes = [models.Index(fields=["due_at"], name="push_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.shown_id}"

    @property
    def reference(self) -> Reference:
        return (self.thing_key, self.thing_id)
