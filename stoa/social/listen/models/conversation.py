"""A conversation: the exchange with one identity below one post, on one channel of ours."""

from collections.abc import Collection

from django.db import models
from django.db.models import Q

from stoa.base import clock
from stoa.base.actors import Actor, Scope
from stoa.base.rows import Row
from stoa.people.models import Identity, Person
from stoa.social.networks.models import Channel
from stoa.social.publish.models import Delivery

READ = "listen.read_inbox"
WAITING, OPEN, ANSWERED, CLOSED = "waiting", "open", "answered", "closed"
STATES = (WAITING, OPEN, ANSWERED, CLOSED)
MATTERS = ("", "question", "complaint", "praise", "remark")


class Conversations(models.QuerySet["Conversation"]):
    """How conversations are found."""

    def visible_to(self, actor: Actor) -> "Conversations":
        """All of them for whoever reads the whole inbox; else those of the channels for which they hold that right."""
        if actor.is_system or actor.may(READ):
            return self
        return self.filter(channel__in=actor.scope_ids("channel", READ))

    def unanswered(self) -> "Conversations":
        """Somebody waits: nothing of ours has reached them since they spoke."""
        return self.filter(state__in=(WAITING, OPEN))

    def awake(self) -> "Conversations":
        return self.filter(Q(snoozed_until=None) | Q(snoozed_until__lte=clock.now()))

    def with_faces(self) -> "Conversations":
        """With all that a line about a conversation shows."""
        return self.select_related("channel", "identity__person", "assigned_to")


class Conversation(Row):
    """`root` is the network's id of what began it. `delivery` is our post that it answers, if it answers one.

    `state`: *waiting* for us, *open* while an answer of ours is on its way, *answered*, *closed* by a person. It, `opened_at`,
    `waiting_since`, `answered_at` (our first answer) and `last_at` follow from the messages (see `actions.folding`). `matter` is
    what a person says that it is about: nothing guesses it.
    """

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="conversations")
    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="conversations")
    root = models.CharField(max_length=500)
    delivery = models.ForeignKey(Delivery, null=True, on_delete=models.SET_NULL, related_name="conversations")
    state = models.CharField(max_length=8, default=WAITING, choices=[(each, each) for each in STATES])
    matter = models.CharField(max_length=9, blank=True, choices=[(each, each) for each in MATTERS])
    assigned_to = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    snoozed_until = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(default=clock.now)
    waiting_since = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)
    closed_by_id = models.BigIntegerField(null=True, db_index=True)
    closed_because = models.CharField(max_length=300, blank=True)
    forgotten_at = models.DateTimeField(null=True)

    objects = Conversations.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "identity", "root"], name="conversation_once"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="conversation_state_known"),
            models.CheckConstraint(condition=~Q(state=CLOSED) | Q(closed_at__isnull=False), name="closed_has_instant"),
            models.CheckConstraint(
                condition=~Q(state__in=(WAITING, OPEN)) | Q(waiting_since__isnull=False), name="waiting_has_instant"
            ),
        ]
        indexes = [
            models.Index(fields=["waiting_since", "id"], name="conversation_wait"),
            models.Index(fields=["last_at", "id"], name="conversation_last"),
            models.Index(fields=["assigned_to", "state"], name="conversation_whose"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.shown_id}"

    @property
    def address(self) -> str:
        return f"/desk/inbox/{self.shown_id}/"

    @property
    def scope(self) -> Scope:
        """Where rights over it may be held besides the site."""
        return ("channel", self.channel_id)

    @property
    def with_whom(self) -> str:
        """The other side in a word: their handle as their network writes it, their name, or nothing when they are forgotten."""
        if self.identity.handle:
            return f"{self.channel.layout.handle_prefix}{self.identity.handle}"
        return self.identity.name

    @property
    def is_unanswered(self) -> bool:
        return self.state in (WAITING, OPEN)

    @property
    def is_closed(self) -> bool:
        return self.state == CLOSED

    @property
    def is_snoozed(self) -> bool:
        return self.snoozed_until is not None and self.snoozed_until > clock.now()


def visible_conversations(actor: Actor, numbers: Collection[int]) -> Conversations:
    return Conversation.objects.visible_to(actor).filter(id__in=numbers).with_faces()
