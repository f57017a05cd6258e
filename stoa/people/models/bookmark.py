"""Bookmarks: what somebody wants to find again, and when they want to be reminded of it."""

from django.db import models

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.things import Reference
from stoa.base.work.rows import DueRow
from stoa.people.models.person import Person


class Bookmarks(models.QuerySet["Bookmark"]):
    """How they are found."""

    def visible_to(self, actor: Actor) -> "Bookmarks":
        """One's own. Whether the thing is still visible is asked when it is drawn."""
        return self.filter(person_id=actor.person_id) if actor.person_id else self.none()


class Bookmark(DueRow):
    """One thing that one person marked, with a note of their own. `remind_at` is when they are reminded, once."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="bookmarks")
    thing_key = models.CharField(max_length=40)
    thing_id = models.BigIntegerField()
    note = models.CharField(max_length=300, blank=True)
    remind_at = models.DateTimeField(null=True)
    at = models.DateTimeField(default=clock.now)

    objects = Bookmarks.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "thing_key", "thing_id"], name="bookmark_once")]
        indexes = [
            models.Index(fields=["person", "-at", "-id"], name="bookmark_list"),
            models.Index(fields=["due_at"], name="bookmark_due"),
        ]

    def __str__(self) -> str:
        return f"{self.thing_key} {self.shown_id}"

    @property
    def reference(self) -> Reference:
        return (self.thing_key, self.thing_id)
