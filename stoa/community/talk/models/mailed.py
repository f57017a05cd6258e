"""Answers that came by mail: each message once, and what became of it."""

from typing import ClassVar, Self

from django.db import models

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.community.talk.models.reply import Reply
from stoa.community.talk.models.topic import Topic
from stoa.people.models import Person


class MailedReplies(models.QuerySet["MailedReply"]):
    """How they are found."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own."""
        return self.filter(person_id=actor.person_id) if actor.person_id else self.none()


class MailedReply(Row):
    """`digest` is of its Message-ID, so that the same letter, delivered twice, posts once. Holds no words: those of what was posted stand
    in the reply, those of what was refused went back to who wrote them. `reason`: why it was refused or dropped."""

    class Outcome(models.TextChoices):
        POSTED = "posted"
        REFUSED = "refused"  # it was theirs, and could not be posted: they were told why
        DROPPED = "dropped"  # it was not a person's answer, or not this person's

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, null=True, on_delete=models.CASCADE, related_name="+")
    reply = models.ForeignKey(Reply, null=True, on_delete=models.SET_NULL, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    outcome = models.CharField(max_length=7, choices=Outcome.choices)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[MailedReplies] = MailedReplies.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "mailed replies"
        indexes = [models.Index(fields=["at"], name="mailed_reply_at")]

    def __str__(self) -> str:
        return f"{self.outcome} {self.shown_id}"
