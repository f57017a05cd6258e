"""Notices: what somebody should know, merged by thing and kind while unread; and how they want to be told."""

from typing import TYPE_CHECKING

from django.db import models

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.people.models.person import Person

if TYPE_CHECKING:
    from stoa.base.things import Reference

WAYS = ("page", "mail", "push")
LEVELS = ("never", "at_once")


class Notices(models.QuerySet["Notice"]):
    """How notices are found."""

    def visible_to(self, actor: Actor) -> "Notices":
        """One's own. Whether the thing is still visible is asked when notices are counted and drawn."""
        return self.filter(person_id=actor.person_id) if actor.person_id else self.none()

    def unread(self) -> "Notices":
        return self.filter(read_at=None)


class Notice(Row):
    """`count` times something of one kind happened to one thing; `by_id` did the last of it. Holds no text of anybody's."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    thing_key = models.CharField(max_length=40)
    thing_id = models.BigIntegerField()
    by_id = models.BigIntegerField(null=True, db_index=True)
    count = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField(default=clock.now)
    last_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)

    objects = Notices.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "thing_key", "thing_id", "kind"],
                condition=models.Q(read_at=None),
                name="notice_merged_while_unread",
            )
        ]
        indexes = [models.Index(fields=["person", "-last_at", "-id"], name="notice_list")]

    def __str__(self) -> str:
        return f"{self.kind} {self.shown_id}"

    @property
    def reference(self) -> "Reference":
        return (self.thing_key, self.thing_id)


class NoticeWish(Row):
    """How one person wants to be told of one kind by one way, where they said so. What is not told on the page is told by no way."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notice_wishes")
    kind = models.CharField(max_length=40)
    way = models.CharField(max_length=4, choices=[(each, each) for each in WAYS])
    level = models.CharField(max_length=8, choices=[(each, each) for each in LEVELS])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "way"], name="notice_wish_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.way} {self.level}"
