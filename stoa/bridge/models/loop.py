"""The loop: somebody outside asked, a topic was opened here, it was answered, and they were told."""

from django.db import models

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.community.talk.models import Topic
from stoa.people.models import Person
from stoa.social.listen.models import Conversation
from stoa.social.publish.models import Delivery


class Loops(models.QuerySet["Loop"]):
    """How loops are found."""

    def visible_to(self, actor: Actor) -> "Loops":
        """Those whose conversation the actor may read."""
        return self.filter(conversation__in=Conversation.objects.visible_to(actor))

    def untold(self) -> "Loops":
        """Answered here, and nobody has told them."""
        return self.filter(answered_at__isnull=False, told=None)


class Loop(Row):
    """Its four times: `mentioned_at` there, `opened_at` the topic here, `answered_at` its first answer, `told_at` published there.
    A topic has several once others were merged into it: each conversation is told back."""

    conversation = models.OneToOneField(Conversation, on_delete=models.PROTECT, related_name="loop")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="loops")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    mentioned_at = models.DateTimeField()
    opened_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)
    told = models.OneToOneField(Delivery, null=True, on_delete=models.PROTECT, related_name="loop")
    told_at = models.DateTimeField(null=True)

    objects = Loops.as_manager()

    class Meta:
        indexes = [models.Index(fields=["answered_at"], name="loop_answered")]

    def __str__(self) -> str:
        return f"loop {self.shown_id}"
