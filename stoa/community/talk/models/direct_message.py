"""The direct message: one turn of an exchange."""

from collections.abc import Collection
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.rows import Row
from stoa.base.text import Authored
from stoa.community.talk.models.exchange import Exchange, Participant
from stoa.community.talk.models.presence import Presence
from stoa.people.models import Person


class DirectMessages(models.QuerySet["DirectMessage"]):
    """How direct messages are found."""

    def visible_to(self, actor: Actor) -> Self:
        """What was sent since one takes part; while one is asked, the one message that asks. Withdrawn or hidden ones: their authors'.
        No right opens anybody else's: a moderator reads what was reported, through its case."""
        if not actor.is_member or actor.person_id is None:
            return self.none()
        mine = Participant.objects.filter(exchange=OuterRef("exchange"), person_id=actor.person_id)
        reads = Q(state=Participant.State.ACCEPTED, since_id__lt=OuterRef("pk"))
        reads |= Q(state=Participant.State.INVITED, request_id=OuterRef("pk"))
        here = Q(presence=Presence.HERE) | Q(author_id=actor.person_id)
        return self.filter(here, Exists(mine.filter(reads)))

    def heard_by(self, actor: Actor) -> Self:
        """Of those the ones that can be new to this reader: by others, whom they neither blocked nor muted."""
        return self.filter(presence=Presence.HERE).exclude(author_id__in=[actor.person_id or 0, *sorted(actor.blocked)])

    def in_order(self) -> Self:
        return self.order_by("id")


class DirectMessage(Authored, Row):
    """Ids sort by time, so an exchange reads in the order of its messages' ids."""

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="direct_messages")
    sent_at = models.DateTimeField(default=clock.now)
    presence = models.CharField(max_length=10, choices=Presence.choices, default=Presence.HERE)

    objects: ClassVar[DirectMessages] = DirectMessages.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["exchange", "id"], name="direct_message_exchange"),
            models.Index(fields=["author", "-id"], name="direct_message_author"),
        ]

    def __str__(self) -> str:
        return f"direct message {self.shown_id}"

    @property
    def is_here(self) -> bool:
        return self.presence == Presence.HERE

    def get_absolute_url(self) -> str:
        return f"{self.exchange.get_absolute_url()}#message-{self.shown_id}"


def visible_direct_messages(actor: Actor, ids: Collection[int]) -> DirectMessages:
    """The direct messages among `ids` that this actor may see, with what their cards need."""
    return DirectMessage.objects.visible_to(actor).filter(id__in=ids).select_related("author", "exchange")
