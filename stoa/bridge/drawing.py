"""This room's pieces on lower rooms' pages."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from django.db.models import Exists, Q, QuerySet
from django.http import HttpRequest

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.pages import piece
from stoa.base.requests import Request
from stoa.base.standing_queries import standing
from stoa.bridge import policy
from stoa.bridge.models import Campaign, Loop, UsageRight, Use
from stoa.bridge.models.right import REQUESTED, VALID
from stoa.bridge.models.use import LIVE
from stoa.bridge.record import record_of
from stoa.community.talk.models import Presence, Reply, Topic
from stoa.social.listen.models import Conversation
from stoa.social.listen.words import state_word

STORIES, LOOKED_AT = 2, 12


def draw_asking(request: HttpRequest, topic: Topic) -> str:
    """For staff: *ask to share this*, or what became of it. For the author: the way to what was asked of them."""
    actor = actor_of(request)
    if not (policy.may_ask(actor) or actor.person_id == topic.author_id):
        return ""
    living = UsageRight.objects.visible_to(actor).filter(topic=topic, reply=None, state__in=(REQUESTED, *VALID))
    right = living.first()
    may_ask = right is None and policy.may_ask_for(actor, topic)
    values = {"right": right, "topic": topic, "reply": None, "may_ask": may_ask}
    return draw(request, "bridge/panel_asking.html", values) if right or may_ask else ""


def draw_asking_for_reply(request: HttpRequest, reply: Reply) -> str:
    """The same for a reply, without asking the database: a topic may have many."""
    if not policy.may_ask_for(actor_of(request), reply):
        return ""
    values = {"right": None, "topic": reply.topic, "reply": reply, "may_ask": True}
    return draw(request, "bridge/panel_asking.html", values)


def draw_story(request: HttpRequest, topic: Topic) -> str:
    """The thread drawn: where it began, how long the answer took, that it was told back, that it is shared with consent."""
    [(has_loop, is_shared)] = standing(stories_of, topic_id=topic.id)
    if not has_loop and not is_shared:  # as with nearly every topic: one query says so
        return ""
    loop = loops_of(topic.id).select_related("conversation__channel").first() if has_loop else None
    shared = uses_of(topic.id).select_related("delivery").first() if is_shared else None
    return draw(request, "bridge/panel_story.html", {"loop": loop, "shared": shared, "topic": topic})


def stories_of(topic_id: int) -> "QuerySet[Topic, Any]":
    """Whether the topic began on a network, and whether its words are out."""
    return Topic.objects.filter(id=topic_id).values_list(Exists(loops_of(topic_id)), Exists(uses_of(topic_id)))


def loops_of(topic_id: int) -> QuerySet[Loop]:
    return Loop.objects.filter(topic_id=topic_id).order_by("id")


def uses_of(topic_id: int) -> QuerySet[Use]:
    return Use.objects.filter(right__topic_id=topic_id, right__reply=None, state=LIVE)


def draw_shared(request: HttpRequest) -> str:
    """Words that are out with their authors' consent, in places that this reader sees: the two latest, each author once.
    They lead to where they are out, not to their topic: who wanted another name there is not named here."""
    stories: dict[int, Use] = {}
    for use in standing(latest_out, actor_of(request), now=clock.now()):
        if use.right.is_as_agreed:
            stories.setdefault(use.right.author_id, use)
    told = list(stories.values())[:STORIES]
    return draw(request, "bridge/panel_shared.html", {"stories": told}) if told else ""


def latest_out(actor: Actor, now: datetime) -> QuerySet[Use]:
    """The latest uses that are out, of words that this reader sees here."""
    topics = Topic.objects.visible_to(actor).here()
    rights = UsageRight.objects.granted().filter(until__gt=now, topic__in=topics)
    uses = Use.objects.filter(state=LIVE, right__in=rights.filter(Q(reply=None) | Q(reply__presence=Presence.HERE)))
    return uses.select_related("right__topic", "right__reply", "delivery").order_by("-live_at", "-id")[:LOOKED_AT]


def draw_loop(request: HttpRequest, conversation: Conversation) -> str:
    """The way from a conversation into the community, and back once the topic has its answer."""
    actor = actor_of(request)
    if not policy.may_open_loop(actor, conversation):
        return ""
    loop = Loop.objects.visible_to(actor).filter(conversation=conversation).first()
    return draw(request, "bridge/panel_loop.html", {"loop": loop, "conversation": conversation})


def draw_record(request: HttpRequest, conversation: Conversation) -> str:
    """What the community knows of who speaks; nothing of a stranger who speaks for the first time."""
    record = record_of(conversation, actor_of(request))
    return (
        ""
        if record.is_empty
        else draw(request, "bridge/panel_record.html", {"record": record, "state_word": state_word})
    )


def draw_words(request: HttpRequest, code: str) -> str:
    """What a campaign says to those who come by one of its links: public words, for whoever has the link."""
    campaign = Campaign.objects.filter(placements__link__code=code[:20]).exclude(words="").first() if code else None
    return draw(request, "bridge/panel_words.html", {"campaign": campaign}) if campaign else ""


def actor_of(request: HttpRequest) -> Actor:
    return cast(Request, request).actor


def draw(request: HttpRequest, template: str, values: Mapping[str, object]) -> str:
    return piece(request, template, values)
