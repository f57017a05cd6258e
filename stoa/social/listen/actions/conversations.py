"""What people do with a conversation besides answering: whose it is, put it aside, say what it is about, close it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import Fact, announce
from stoa.people.models import Person
from stoa.social.listen import policy
from stoa.social.listen.actions.folding import fold, lock
from stoa.social.listen.facts import (
    ChannelHeard,
    ConversationAssigned,
    ConversationClosed,
    ConversationReopened,
    ConversationSnoozed,
    ConversationSorted,
)
from stoa.social.listen.models import Conversation
from stoa.social.listen.models.conversation import MATTERS


def close_conversation(conversation: Conversation, *, reason: str, by: Actor) -> Conversation:
    """Nothing more is needed. Whoever closes what nobody answered says why."""
    check(conversation, by)
    with transaction.atomic():
        held = lock(conversation.id)
        if held.is_closed:
            raise NotPossible(_("This conversation is closed already."))
        answered = held.answered_at is not None
        if not reason.strip() and held.is_unanswered:
            raise Invalid(_("Say why no answer is needed, so that others know."), field="reason")
        held.closed_at, held.closed_by_id = clock.now(), by.person_id
        held.closed_because, held.snoozed_until = reason.strip()[:300], None
        fold(held)
        tell(ConversationClosed(held.id, held.channel_id, answered), held, by=by)
    return held


def reopen_conversation(conversation: Conversation, *, by: Actor) -> Conversation:
    """Takes a closing back: what waited waits again, since it was said."""
    check(conversation, by)
    with transaction.atomic():
        held = lock(conversation.id)
        if not held.is_closed:
            raise NotPossible(_("This conversation is not closed."))
        held.closed_at, held.closed_by_id = None, None
        fold(held)
        if held.is_closed:
            raise NotPossible(_("Nothing of it is left to be answered."))
        tell(ConversationReopened(held.id, held.channel_id), held, by=by)
    return held


def assign_conversation(conversation: Conversation, to: Person | None, *, by: Actor) -> Conversation:
    """To whom it falls to answer; None gives it back to everybody."""
    check(conversation, by)
    with transaction.atomic():
        held = lock(conversation.id)
        if held.assigned_to_id == (to.id if to else None):
            return held
        held.assigned_to = to
        held.save(update_fields=["assigned_to"])
        tell(ConversationAssigned(held.id, held.channel_id, to.id if to else None), held, by=by)
    return held


def snooze_conversation(conversation: Conversation, until: datetime | None, *, by: Actor) -> Conversation:
    """Out of the way until then (None: back at once). They wait all the same: the clock goes on."""
    check(conversation, by)
    if until is not None and until <= clock.now():
        raise Invalid(_("That time has passed."), _("Choose a later one."), field="until")
    with transaction.atomic():
        held = lock(conversation.id)
        if until is not None and held.is_closed:
            raise NotPossible(_("This conversation is closed."))
        held.snoozed_until = until
        held.save(update_fields=["snoozed_until"])
        tell(ConversationSnoozed(held.id, held.channel_id, until), held, by=by)
    return held


def sort_conversation(conversation: Conversation, matter: str, *, by: Actor) -> Conversation:
    """What a person says that it is about."""
    check(conversation, by)
    if matter not in MATTERS:
        raise Invalid(_("This is not one of the matters."), field="matter")
    with transaction.atomic():
        held = lock(conversation.id)
        if held.matter != matter:
            held.matter = matter
            held.save(update_fields=["matter"])
            tell(ConversationSorted(held.id, held.channel_id, MATTERS.index(matter)), held, by=by)
    return held


def check(conversation: Conversation, by: Actor) -> None:
    if not policy.may_tend(by, conversation):
        raise NotAllowed(_("You may not answer what comes in on this channel."))


def tell(told: Fact, conversation: Conversation, *, by: Actor) -> None:
    """Announces it, and that the inbox of its channel looks different."""
    announce(told, by=by)
    announce(ChannelHeard(conversation.channel_id, 0), by=by)
