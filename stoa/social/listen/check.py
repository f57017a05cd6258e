"""Whether what follows from the messages still does."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.db.models import Q

from stoa.base import clock
from stoa.social.listen.actions.folding import folded
from stoa.social.listen.models import Conversation, Message
from stoa.social.listen.models.message import FORGOTTEN, FORGOTTEN_ID

DERIVED = ("state", "opened_at", "waiting_since", "answered_at", "last_at")


def check() -> Iterable[str]:
    """Folds every conversation anew; looks for words that should be forgotten."""
    yield from _conversations()
    nameless = Q(remote_id="") | Q(remote_id__startswith=FORGOTTEN_ID)
    for message in Message.objects.filter(presence=FORGOTTEN).exclude(nameless, text="", permalink=""):
        yield f"message {message.shown_id} is forgotten but keeps words or an address"
    for conversation in Conversation.objects.exclude(forgotten_at=None).filter(
        messages__direction="in", messages__presence="here"
    ):
        yield f"conversation {conversation.shown_id} is forgotten but keeps messages"


def _conversations() -> Iterator[str]:
    messages = Message.objects.select_related("delivery").order_by("conversation_id", "at", "id")
    told = {number: list(rows) for number, rows in groupby(messages, key=lambda each: each.conversation_id)}
    for conversation in Conversation.objects.all():
        right = folded(conversation, told.get(conversation.id, []), clock.now())
        for name in DERIVED:
            if getattr(conversation, name) != getattr(right, name):
                is_, should = getattr(conversation, name), getattr(right, name)
                yield f"conversation {conversation.shown_id}: {name} is {is_}, should be {should}"
