"""The idea's votes, and what became of it."""

from typing import ClassVar, Self

from django.db import models

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.base.text import Authored
from stoa.community.talk.models.topic import Topic
from stoa.people.models import Person


class Votes(models.QuerySet["IdeaVote"]):
    """How votes for ideas are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Those for ideas that the actor may see."""
        return self.filter(topic__in=Topic.objects.visible_to(actor))


class IdeaVote(Row):
    """One person is for one idea. Counted in `Topic.votes_count`."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="idea_votes")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Votes] = Votes.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "person"], name="one_vote_for_an_idea")]

    def __str__(self) -> str:
        return self.shown_id


class Outcomes(models.QuerySet["Outcome"]):
    """How outcomes are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of ideas that the actor may see."""
        return self.filter(topic__in=Topic.objects.visible_to(actor))

    def of_page(self, topic: Topic) -> Self:
        """Those of a topic which the caller has found by `visible_to`, the latest first."""
        return self.filter(topic=topic).order_by("-id").select_related("author")


class Outcome(Authored, Row):
    """What became of an idea, said in public. The latest holds; earlier ones stay, so that a change of mind can be read."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="outcomes")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Topic.Status.choices)
    said_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Outcomes] = Outcomes.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"{self.status} {self.shown_id}"
