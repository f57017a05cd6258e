"""Identities: a sign-in, an address, an account on a network. Each belongs to at most one person, by append-only events."""

from django.db import models

from stoa.base import clock
from stoa.base.rows import Row
from stoa.people.models.person import Person


class Identity(Row):
    """Somebody as one network (or "email") knows them. A stranger is an identity without a person."""

    network = models.CharField(max_length=40)
    remote_id = models.CharField(max_length=300)
    handle = models.CharField(max_length=300, blank=True)
    name = models.CharField(max_length=300, blank=True)
    portrait = models.URLField(max_length=1000, blank=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="identities")
    seen_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "remote_id"], name="identity_once")]

    def __str__(self) -> str:
        return f"{self.network} {self.shown_id}"


class IdentityEvent(Row):
    """A link made or undone: who, when, by what proof. The identity's person is the fold of these."""

    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="events")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL)
    kind = models.CharField(max_length=10, choices=[("linked", "linked"), ("unlinked", "unlinked")])
    proof = models.CharField(max_length=20, blank=True)
    by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.kind} {self.identity_id}"
