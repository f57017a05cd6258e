"""Loops: from what somebody said outside to a topic here, its answer, and back to where they asked."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from stoa.base.actors import Actor, system
from stoa.base.errors import NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.base.standing_queries import first, standing
from stoa.bridge import policy
from stoa.bridge.facts import LoopAnswered, LoopClosed, LoopOpened
from stoa.bridge.models import Loop
from stoa.community.talk.actions import open_topic
from stoa.community.talk.models import Reply
from stoa.social.listen.actions import answer_conversation
from stoa.social.listen.models import Conversation, Message
from stoa.spaces.models import Space

HOUSE = system("bridge")


def first_message(conversation: Conversation) -> Message | None:
    """What they said first, as far as it is still there."""
    return conversation.messages.filter(direction="in", presence="here").order_by("at", "id").first()


def open_loop(conversation: Conversation, *, space: Space, title: str, source: str, by: Actor) -> Loop:
    """Makes a topic of what somebody said: in the words of whoever opens it, with the address of the post and its author's handle.
    The stranger's own text stays where it is kept for a time."""
    if not policy.may_open_loop(by, conversation):
        raise NotAllowed(_("You may not make topics of conversations."))
    if space.visibility not in ("public", "members"):
        raise NotPossible(_("Choose a space that every member reads."), _("The answer goes back to the public."))
    if Loop.objects.filter(conversation=conversation).exists():
        raise NotPossible(_("There is a topic about this already."))
    said = first_message(conversation)
    with transaction.atomic():
        topic = open_topic(space, title=title, source=source, by=by, kind="question")
        loop = Loop.objects.create(
            conversation=conversation, topic=topic, by_id=by.person_id, opened_at=topic.opened_at,
            mentioned_at=said.at if said else conversation.opened_at,
        )  # fmt: skip
        announce(LoopOpened(loop.id, conversation.id, topic.id), by=by)
    return loop


def answer_loops(topic_id: int, reply_id: int) -> None:
    """Notes the first answer by somebody other than whoever brought the question here, in each loop of the topic that waits for one. May
    run twice."""
    waiting = unanswered(topic_id)
    reply = Reply.objects.filter(id=reply_id).first() if first(standing(first_unanswered, topic_id=topic_id)) else None
    if reply is None:
        return
    asked = waiting.filter(opened_at__lte=reply.added_at).exclude(by=reply.author_id).order_by("id")
    for number in list(asked.values_list("id", flat=True)):
        with transaction.atomic():
            if Loop.objects.filter(id=number, answered_at=None).update(answered_at=reply.added_at):
                announce(LoopAnswered(number, topic_id), by=HOUSE)


def unanswered(topic_id: int) -> "QuerySet[Loop]":
    return Loop.objects.filter(topic_id=topic_id, answered_at=None)


def first_unanswered(topic_id: int) -> "QuerySet[Loop]":
    return unanswered(topic_id).order_by()[:1]


def tell_back(loop: Loop, text: str, *, by: Actor) -> Message:
    """Answers where they asked, in our own words with the topic's address, through the same ledger as everything."""
    if loop.told_id:
        raise NotPossible(_("They have been told already."))
    with transaction.atomic():
        message = answer_conversation(loop.conversation, text, by=by)
        Loop.objects.filter(id=loop.id, told=None).update(told=message.delivery)
    return message


def close_loop(delivery_id: int) -> None:
    """Notes that what told them is published. May run twice."""
    loop = first(standing(waiting_for, delivery_id=delivery_id))
    if loop is None or loop.told is None or loop.told.published_at is None:
        return
    with transaction.atomic():
        if Loop.objects.filter(id=loop.id, told_at=None).update(told_at=loop.told.published_at):
            announce(LoopClosed(loop.id, loop.topic_id, delivery_id), by=HOUSE)


def waiting_for(delivery_id: int) -> "QuerySet[Loop]":
    """The loop that is closed when this delivery is published."""
    return Loop.objects.filter(told=delivery_id, told_at=None).select_related("told").order_by("id")[:1]
