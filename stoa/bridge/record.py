"""The community record beside a conversation: what the community knows of who speaks, as far as its reader may see it.

A person stands here only when the account on the network is theirs by proof; of a stranger there is what was said before.
"""

from dataclasses import dataclass

from django.db.models import Count, Q

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.bridge.models import Loop, UsageRight
from stoa.bridge.models.right import REQUESTED, VALID
from stoa.community.talk.models import Reply, Topic
from stoa.people.models import Person
from stoa.social.listen.models import Conversation
from stoa.social.listen.models.conversation import Conversations

SHOWN = 3


@dataclass(frozen=True)
class Membership:
    """Who it is here. Counts are of what the reader may see."""

    person: Person
    topics: int
    replies: int
    newest: list[Topic]
    rights: int
    asked: int


@dataclass(frozen=True)
class Record:
    """`others`: their newest other conversations, `has_more` when there are older ones; `loops`: topics made of what they asked."""

    member: Membership | None
    others: list[Conversation]
    has_more: bool
    loops: list[Loop]

    @property
    def is_empty(self) -> bool:
        return self.member is None and not self.others and not self.loops


def record_of(conversation: Conversation, actor: Actor) -> Record:
    """One query for who speaks for the first time, seven at most; the conversation's identity must be loaded."""
    same = same_voice(conversation, actor)
    others = list(same.select_related("channel", "identity").order_by("-last_at", "-id")[: SHOWN + 1])
    loops = Loop.objects.visible_to(actor).filter(conversation__in=same, topic__in=Topic.objects.visible_to(actor))
    return Record(
        membership_of(conversation.identity.person_id, actor),
        others[:SHOWN],
        len(others) > SHOWN,
        list(loops.select_related("topic").order_by("-opened_at")[:SHOWN]) if others else [],
    )


def same_voice(conversation: Conversation, actor: Actor) -> Conversations:
    """The other conversations with the same account, and with the other accounts of the person whose it is."""
    voice, person_id = Q(identity=conversation.identity_id), conversation.identity.person_id
    if person_id is not None:
        voice |= Q(identity__person=person_id)
    return Conversation.objects.visible_to(actor).filter(voice, forgotten_at=None).exclude(id=conversation.id)


def membership_of(person_id: int | None, actor: Actor) -> Membership | None:
    person = Person.objects.visible_to(actor).filter(id=person_id).first() if person_id else None
    if person is None:
        return None
    topics = Topic.objects.visible_to(actor).here().filter(author=person)
    replies = Reply.objects.visible_to(actor).filter(author=person, presence="here")
    holds = Q(state__in=VALID, until__gt=clock.now())
    rights = UsageRight.objects.visible_to(actor).filter(author=person)
    counted = rights.aggregate(holding=Count("id", filter=holds), asked=Count("id", filter=Q(state=REQUESTED)))
    newest = list(topics.order_by("-opened_at", "-id")[:SHOWN])
    return Membership(person, topics.count(), replies.count(), newest, counted["holding"], counted["asked"])
