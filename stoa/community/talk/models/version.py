"""What stood in a topic or a reply before its author changed it."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.community.talk.models.reply import Reply
from stoa.community.talk.models.topic import LONGEST_TITLE, Topic
from stoa.people.models import Person


class Versions(models.QuerySet["Version"]):
    """How former versions are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of what this actor may see now; who of them may read former versions is asked by `policy.may_see_history`."""
        of_topics = Q(reply=None, topic__in=Topic.objects.visible_to(actor))
        return self.filter(of_topics | Q(reply__in=Reply.objects.visible_to(actor)))

    def of(self, written: Topic | Reply) -> Self:
        """The latest change first."""
        own = Q(topic=written, reply=None) if isinstance(written, Topic) else Q(reply=written)
        return self.filter(own).order_by("-id")

    def by(self, person: Person) -> Self:
        """Of what this person wrote."""
        return self.filter(Q(reply=None, topic__author=person) | Q(reply__author=person))


class Version(Row):
    """The words of a topic, or of its `reply`, until they were changed at `changed_at`; `why` is what was said about that change.
    Where it was removed no words are left."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="versions")
    reply = models.ForeignKey(Reply, null=True, on_delete=models.CASCADE, related_name="versions")
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    source = models.TextField(blank=True)
    why = models.CharField(max_length=120, blank=True)
    changed_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar[Versions] = Versions.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["topic", "-id"], name="version_topic"),
            models.Index(fields=["reply", "-id"], name="version_reply"),
        ]

    def __str__(self) -> str:
        return f"version {self.shown_id}"

    @property
    def of(self) -> Topic | Reply:
        """What it is a version of."""
        return self.reply or self.topic

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None
