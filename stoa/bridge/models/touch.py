"""Touches: visits through a link by people whom we know; and what they say themselves of how they heard of us, a series of its own."""

from django.db import models

from stoa.base import clock
from stoa.base.rows import Row
from stoa.people.models import Person
from stoa.social.publish.models import Link

SAID = ("friend", "post", "search", "event", "press", "other")


class Touch(Row):
    """`kind` *join*: the link that somebody's sign-up carried, at that moment: their first touch, of that visit; earlier visits are not
    known. *click*: a member's visit through a link, since then."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="touches")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="touches")
    kind = models.CharField(max_length=5, choices=[("join", "join"), ("click", "click")])
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=models.Q(kind="join"), name="touch_one_join")
        ]
        indexes = [models.Index(fields=["person", "at"], name="touch_person")]

    def __str__(self) -> str:
        return f"{self.kind} {self.shown_id}"


class HeardOf(Row):
    """How somebody says that they heard of us. It is never mixed with what links tell."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="heard_of")
    answer = models.CharField(max_length=6, choices=[(each, each) for each in SAID])
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.answer} {self.shown_id}"
