"""The poll: what can be chosen, and the ballots, which nobody can trace back to a person."""

import hashlib
import hmac
from typing import ClassVar, Self

from django.db import models

from stoa.base import clock, crypto
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.community.talk.models.topic import Topic

LEAST_OPTIONS, MOST_OPTIONS, LONGEST_OPTION = 2, 12, 120


class Polls(models.QuerySet["Poll"]):
    """How polls are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Those whose topic the actor may see."""
        return self.filter(topic__in=Topic.objects.visible_to(actor))


class Poll(Row):
    """How one votes. `Topic.votes_count` counts who did. Without `closes_at` it is open until its topic is closed."""

    class Shows(models.TextChoices):
        """When the results may be seen; after closing always."""

        AFTER_VOTING = "voted"
        AFTER_CLOSING = "closed"

    topic = models.OneToOneField(Topic, on_delete=models.CASCADE, related_name="poll")
    takes_several = models.BooleanField(default=False)
    shows = models.CharField(max_length=6, choices=Shows.choices, default=Shows.AFTER_VOTING)
    closes_at = models.DateTimeField(null=True)

    objects: ClassVar[Polls] = Polls.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.shown_id

    @property
    def is_open(self) -> bool:
        """Its topic must be loaded."""
        return not self.topic.is_closed and (self.closes_at is None or self.closes_at > clock.now())

    def voter(self, person_id: int) -> str:
        """By what this person's ballot is found again: made with a key that is neither in the database nor in its backup."""
        said = f"{self.id} {person_id}".encode()
        return hmac.new(crypto.derived("talk.ballot").encode(), said, hashlib.sha256).hexdigest()


class Options(models.QuerySet["PollOption"]):
    """How options are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of polls whose topic the actor may see."""
        return self.filter(poll__topic__in=Topic.objects.visible_to(actor))


class PollOption(Row):
    """One thing that can be chosen. `votes_count` is shown only when the poll shows its results."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options")
    place = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=LONGEST_OPTION)
    votes_count = models.PositiveIntegerField(default=0)

    objects: ClassVar[Options] = Options.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "place"], name="one_option_at_a_place")]

    def __str__(self) -> str:
        return self.words


class Ballots(models.QuerySet["Ballot"]):
    """How ballots are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Nobody sees one; one's own choice is found with `Poll.voter`."""
        return self if actor.is_system else self.none()


class Ballot(Row):
    """What somebody chose: ids of options, and no person. Its id holds the poll's time and not that of the vote. Without `voter`
    nobody can find it any more, and it still counts."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="ballots")
    voter = models.CharField(max_length=64, blank=True)
    chosen = models.JSONField(default=list)

    objects: ClassVar[Ballots] = Ballots.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "voter"], condition=~models.Q(voter=""), name="one_ballot_of_a_voter"
            )
        ]

    def __str__(self) -> str:
        return self.shown_id
