"""A message: one turn of a conversation, theirs or ours."""

import hashlib
import hmac
from collections.abc import Collection

from django.db import models
from django.db.models import Q

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.crypto import derived
from stoa.base.rows import Row
from stoa.social.listen.models.conversation import READ, Conversation
from stoa.social.networks.models import Channel
from stoa.social.publish.models import Delivery

IN, OUT = "in", "out"
HERE, HIDDEN, GONE, FORGOTTEN = "here", "hidden", "gone", "forgotten"
PRESENCES = (HERE, HIDDEN, GONE, FORGOTTEN)
ADDRESSED = ("mention", "reply", "quote")  # by which somebody speaks to us
FORGOTTEN_ID = "forgotten:"
KINDS = (*ADDRESSED, "answer")


def forgotten_id(remote_id: str) -> str:
    """What stands for the id of a message that was forgotten: it is known again when its network tells it once more, and nobody can tell
    from this which one it was."""
    return FORGOTTEN_ID + hmac.new(derived("forgotten ids").encode(), remote_id.encode(), hashlib.sha256).hexdigest()


class Messages(models.QuerySet["Message"]):
    """How messages are found."""

    def visible_to(self, actor: Actor) -> "Messages":
        if actor.is_system or actor.may(READ):
            return self
        return self.filter(channel__in=actor.scope_ids("channel", READ))

    def told(self) -> "Messages":
        """In the order in which they were said, with what drawing them needs."""
        return self.select_related("delivery").order_by("at", "id")


class Message(Row):
    """`text` is what a stranger wrote, plain and never markup; what we said stands in `delivery`. `at`: when it was said there;
    `kept_at`: when we heard it, or wrote it. `presence`: *hidden* by a decision, *gone* from the network, *forgotten* when its time
    was over (its `remote_id` is a `forgotten_id` then). `looked_at`: when we last looked whether it still stands there.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    direction = models.CharField(max_length=3, choices=[(IN, IN), (OUT, OUT)])
    kind = models.CharField(max_length=7, choices=[(each, each) for each in KINDS])
    remote_id = models.CharField(max_length=500, blank=True)
    version = models.CharField(max_length=200, blank=True)
    in_reply_to = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=35, blank=True)
    permalink = models.CharField(max_length=1000, blank=True)
    delivery = models.OneToOneField(Delivery, null=True, on_delete=models.PROTECT, related_name="message")
    presence = models.CharField(max_length=9, default=HERE, choices=[(each, each) for each in PRESENCES])
    at = models.DateTimeField()
    kept_at = models.DateTimeField(default=clock.now)
    looked_at = models.DateTimeField(null=True)

    objects = Messages.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "remote_id"], condition=~Q(remote_id=""), name="message_heard_once"
            ),
            models.CheckConstraint(condition=Q(direction=IN) | Q(delivery__isnull=False), name="ours_has_delivery"),
        ]
        indexes = [models.Index(fields=["conversation", "at"], name="message_told")]

    def __str__(self) -> str:
        return f"{self.direction} {self.shown_id}"

    @property
    def is_ours(self) -> bool:
        return self.direction == OUT

    @property
    def is_here(self) -> bool:
        return self.presence == HERE

    @property
    def words(self) -> str:
        """What was said; empty when it is hidden, gone or forgotten."""
        if not self.is_here:
            return ""
        return self.delivery.text if self.delivery else self.text


def visible_messages(actor: Actor, numbers: Collection[int]) -> Messages:
    rows = Message.objects.visible_to(actor).filter(id__in=numbers)
    return rows.select_related("delivery", "channel", "conversation__identity__person", "conversation__channel")
