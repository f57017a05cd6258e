"""The reply: one answer in a topic."""

from collections.abc import Collection
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.base.text import Authored
from stoa.community.talk.models.presence import Presence
from stoa.community.talk.models.topic import SEE_HIDDEN, Topic, seen
from stoa.people.models import Person
from stoa.spaces.readers import tended


class Replies(models.QuerySet["Reply"]):
    """How replies are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Replies of topics that this actor may see; those withdrawn or hidden only to their author and to the space's moderators."""
        here = Q(presence=Presence.HERE) | tended(actor, SEE_HIDDEN, "topic__space")
        if actor.person_id:
            here |= Q(author_id=actor.person_id)
        return self.filter(here, seen(actor, "topic"))

    def in_order(self) -> Self:
        return self.order_by("id")


class Reply(Authored, Row):
    """An answer. Ids sort by time, so a topic reads in the order of its replies' ids."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="replies")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="replies")
    answers = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(default=clock.now)
    edited_at = models.DateTimeField(null=True)
    presence = models.CharField(max_length=10, choices=Presence.choices, default=Presence.HERE)

    objects: ClassVar[Replies] = Replies.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "replies"
        indexes = [
            models.Index(fields=["topic", "id"], name="reply_topic"),
            models.Index(fields=["author", "-id"], name="reply_author"),
        ]

    def __str__(self) -> str:
        return f"reply {self.shown_id}"

    @property
    def is_here(self) -> bool:
        return self.presence == Presence.HERE

    def get_absolute_url(self) -> str:
        return f"{self.topic.get_absolute_url()}#reply-{self.shown_id}"


def visible_replies(actor: Actor, ids: Collection[int]) -> Replies:
    """The replies among `ids` that this actor may see, with what their cards need."""
    return Reply.objects.visible_to(actor).filter(id__in=ids).select_related("author", "topic", "topic__space")
