"""Drafts: what somebody is writing and has not sent, as typed, on whatever device they go on."""

from django.db import models

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.people.models.person import Person


class Drafts(models.QuerySet["Draft"]):
    """How they are found."""

    def visible_to(self, actor: Actor) -> "Drafts":
        """One's own, and nobody else's."""
        return self.filter(person_id=actor.person_id) if actor.person_id else self.none()


class Draft(Row):
    """`place` names the writing box ("reply-" and the topic's shown id), `address` the page on which it stands. Each saving raises
    `version`: who saves over a version that they have not seen is told."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="drafts")
    place = models.CharField(max_length=60)
    title = models.CharField(max_length=200, blank=True)
    source = models.TextField(blank=True)
    address = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField(default=clock.now)

    objects = Drafts.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "place"], name="draft_once")]
        indexes = [models.Index(fields=["person", "-at", "-id"], name="draft_list")]

    def __str__(self) -> str:
        return self.place

    @property
    def what(self) -> str:
        """What is being written: the first word of its place."""
        return self.place.partition("-")[0]
