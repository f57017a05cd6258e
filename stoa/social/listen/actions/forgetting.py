"""Forgetting: a stranger's words are kept for a time, a member's as long as they are one. What remains are counts and instants."""

from datetime import timedelta

from django.db import transaction

from stoa.base import clock
from stoa.base.actors import system
from stoa.base.facts import announce
from stoa.people.models import Identity, Person
from stoa.social.listen.actions.folding import fold, lock
from stoa.social.listen.facts import ConversationForgotten
from stoa.social.listen.models import Conversation
from stoa.social.listen.models.message import FORGOTTEN, FORGOTTEN_ID, IN, forgotten_id
from stoa.social.listen.options import KEEP_DAYS

AT_ONCE = 200
KEEPER = system("listen")


def forget_old() -> int:
    """Strangers' conversations whose last word is older than the time for which they are kept; how many those were."""
    before = clock.now() - timedelta(days=KEEP_DAYS.get())
    rows = Conversation.objects.filter(forgotten_at=None, last_at__lt=before, identity__person=None)
    found = list(rows.order_by("last_at").values_list("id", flat=True)[:AT_ONCE])
    for number in found:
        forget(number)
    return len(found)


def forget_person(person: Person) -> None:
    """All that is kept of what they said as an identity of theirs."""
    for number in Conversation.objects.filter(identity__person=person, forgotten_at=None).values_list("id", flat=True):
        forget(number)


def forget(conversation_id: int) -> None:
    """Their words, addresses and ids go (what is left of an id tells only that it is known); so does the identity, unless it is
    somebody's or speaks elsewhere."""
    with transaction.atomic():
        held = lock(conversation_id)
        if held.forgotten_at is not None:
            return
        theirs = held.messages.filter(direction=IN)
        count = theirs.update(text="", permalink="", version="", in_reply_to="", language="", presence=FORGOTTEN)
        for message in theirs.exclude(remote_id="").exclude(remote_id__startswith=FORGOTTEN_ID):
            message.remote_id = forgotten_id(message.remote_id)
            message.save(update_fields=["remote_id"])
        held.messages.exclude(direction=IN).update(in_reply_to="")
        held.root, held.forgotten_at, held.snoozed_until = f"forgotten:{held.shown_id}", clock.now(), None
        fold(held)
        announce(ConversationForgotten(held.id, held.channel_id, count), by=KEEPER)
        forget_identity(held.identity)


def forget_identity(identity: Identity) -> None:
    """An identity of nobody here of which nothing is kept any more has no name and no address either."""
    if identity.person_id is not None or identity.conversations.filter(forgotten_at=None).exists():
        return
    Identity.objects.filter(id=identity.id).update(
        remote_id=f"forgotten:{identity.shown_id}", handle="", name="", portrait=""
    )
