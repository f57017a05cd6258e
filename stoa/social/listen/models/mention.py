"""A mention: somebody spoke of us, of their own accord. It stays, without words, when the message is forgotten."""

from django.db import models

from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.social.listen.models.conversation import READ
from stoa.social.listen.models.message import Message
from stoa.social.networks.models import Channel


class Mentions(models.QuerySet["Mention"]):
    """How mentions are found."""

    def visible_to(self, actor: Actor) -> "Mentions":
        if actor.is_system or actor.may(READ):
            return self
        return self.filter(channel__in=actor.scope_ids("channel", READ))


class Mention(Row):
    """`kind`: they named us, or quoted a post of ours. An answer to a post is no mention."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="mention")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="mentions")
    kind = models.CharField(max_length=7, choices=[("mention", "mention"), ("quote", "quote")])
    at = models.DateTimeField()

    objects = Mentions.as_manager()

    class Meta:
        indexes = [models.Index(fields=["channel", "at"], name="mention_when")]

    def __str__(self) -> str:
        return f"{self.kind} {self.shown_id}"
