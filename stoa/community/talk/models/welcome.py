"""Welcomes: the words that the team keeps for them, and who welcomed whom."""

import re
from typing import ClassVar, Self

from django.db import models

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.community.talk.models.reply import Reply
from stoa.community.talk.models.topic import Topic
from stoa.people.models import Person

VARIABLES = ("name", "interest", "space", "place", "me")
VARIABLE = re.compile(r"\{([^{}\n]{0,40})\}")
LONGEST_WELCOME = 4000


class SavedWelcomes(models.QuerySet["SavedWelcome"]):
    """How they are found."""

    def visible_to(self, actor: Actor) -> Self:
        """The team's."""
        return self if actor.is_staff and actor.may("talk.introduce") else self.none()


class SavedWelcome(Row):
    """Words with variables in braces, to begin a welcome with: whoever sends it reads it first."""

    title = models.CharField(max_length=80)
    source = models.TextField(max_length=LONGEST_WELCOME)
    by_id = models.BigIntegerField(null=True, db_index=True)
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[SavedWelcomes] = SavedWelcomes.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.title


class Welcomes(models.QuerySet["Welcome"]):
    """How they are found."""

    def visible_to(self, actor: Actor) -> Self:
        """All for the team; else those that one was part of."""
        if actor.is_staff and actor.may("talk.introduce"):
            return self
        return self.filter(models.Q(newcomer=actor.person_id) | models.Q(by=actor.person_id))

    def of(self, person: Person) -> Self:
        return self.filter(models.Q(newcomer=person) | models.Q(by=person))


class Welcome(Row):
    """Somebody of the team welcomed a newcomer, once: by a reply to their first topic, or by a topic of its own."""

    newcomer = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="welcome")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, null=True, on_delete=models.SET_NULL, related_name="+")
    reply = models.ForeignKey(Reply, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Welcomes] = Welcomes.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(newcomer=models.F("by")), name="welcomed_by_somebody_else")
        ]

    def __str__(self) -> str:
        return self.shown_id
