"""The mark: one sign that one person left under a topic or a reply."""

from collections.abc import Collection
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.community.talk.models.reply import Reply
from stoa.community.talk.models.topic import Topic, seen
from stoa.people.models import Person


class Marks(models.QuerySet["Mark"]):
    """How marks are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Those under topics and replies that the actor may see."""
        on_replies = Q(reply=None) | Q(reply__in=Reply.objects.visible_to(actor))
        return self.filter(on_replies, seen(actor, "topic"))

    def of_page(self, topic_id: int, reply_ids: Collection[int]) -> Self:
        """Those under a topic and some of its replies, which the caller has found by `visible_to`."""
        return self.filter(Q(reply=None) | Q(reply_id__in=reply_ids), topic_id=topic_id)


class Mark(Row):
    """`reply` is None for a mark under the topic itself."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="marks")
    reply = models.ForeignKey(Reply, null=True, on_delete=models.CASCADE, related_name="marks")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    sign = models.CharField(max_length=12)
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Marks] = Marks.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "person", "sign"], condition=Q(reply=None), name="one_mark_under_a_topic"
            ),
            models.UniqueConstraint(
                fields=["reply", "person", "sign"], condition=Q(reply__isnull=False), name="one_mark_under_a_reply"
            ),
        ]
        indexes = [models.Index(fields=["topic", "reply"], name="mark_topic_reply")]

    def __str__(self) -> str:
        return f"{self.sign} {self.shown_id}"
