"""Topics and replies as what can be judged: their copies, what stands around them, hiding and restoring; the way to report them."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.panels import panel
from stoa.base.text import all_words
from stoa.community.talk.actions.decisions import hide_reply, hide_topic, restore_reply, restore_topic
from stoa.community.talk.finding import words_of
from stoa.community.talk.models import Reply, Topic, visible_replies, visible_topics
from stoa.moderation import subjects
from stoa.moderation.drawing import draw_norm, draw_report
from stoa.moderation.subjects import Snapshot, Subject
from stoa.spaces.models import Space

NEAR = 5


def topic_copy(topic: Topic) -> Snapshot:
    """What has become part of another topic is judged as the reply that its words are now."""
    if words := stands_as(topic):
        return reply_copy(words)
    return Snapshot(
        words_of(topic, all_words), topic.opened_at, topic.title, topic.author_id, None, topic.space_id, topic.author.name,
        topic.get_absolute_url(),
    )  # fmt: skip


def reply_copy(reply: Reply) -> Snapshot:
    return Snapshot(
        all_words(reply.html), reply.added_at, reply.topic.title, reply.author_id, None, reply.topic.space_id,
        reply.author.name, reply.get_absolute_url(),
    )  # fmt: skip


def after_topic(topic: Topic) -> list[Snapshot]:
    """A topic stands first: its first replies."""
    if words := stands_as(topic):
        return around_reply(words)
    return [reply_copy(each) for each in _replies().filter(topic=topic).order_by("id")[:NEAR]]


def around_reply(reply: Reply) -> list[Snapshot]:
    """At most five before and five after it, in the same topic."""
    same = _replies().filter(topic=reply.topic_id)
    before = list(same.filter(id__lt=reply.id).order_by("-id")[:NEAR])[::-1]
    return [reply_copy(each) for each in [*before, *same.filter(id__gt=reply.id).order_by("id")[:NEAR]]]


def _replies() -> QuerySet[Reply]:
    return Reply.objects.select_related("author", "topic")


def stands_as(topic: Topic) -> Reply | None:
    """The reply that a topic's words became when it was merged into another one: it has the topic's number."""
    return find_reply(topic.id) if topic.merged_into_id else None


def find_topic(number: int) -> Topic | None:
    return Topic.objects.select_related("space", "author").filter(id=number).first()


def find_reply(number: int) -> Reply | None:
    return Reply.objects.select_related("author", "topic__space").filter(id=number).first()


def hides_topic(topic: Topic, *, by: Actor) -> bool:
    if words := stands_as(topic):
        return hides_reply(words, by=by)
    was_here = topic.is_here
    hide_topic(topic, by=by)
    return was_here


def restores_topic(topic: Topic, *, by: Actor) -> None:
    if words := stands_as(topic):
        restore_reply(words, by=by)
    else:
        restore_topic(topic, by=by)


def hides_reply(reply: Reply, *, by: Actor) -> bool:
    was_here = reply.is_here
    hide_reply(reply, by=by)
    return was_here


def seen_topics(actor: Actor, ids: Collection[int]) -> QuerySet[Topic]:
    return visible_topics(actor, ids)


def seen_replies(actor: Actor, ids: Collection[int]) -> QuerySet[Reply]:
    return visible_replies(actor, ids)


def register_subjects() -> None:
    """Called once by the room's plugs."""
    subjects.register(
        Subject(
            "talk.topic",
            lambda: _("Topic"),
            find_topic,
            seen_topics,
            topic_copy,
            after_topic,
            hides_topic,
            restores_topic,
        )
    )
    subjects.register(
        Subject(
            "talk.reply",
            lambda: _("Reply"),
            find_reply,
            seen_replies,
            reply_copy,
            around_reply,
            hides_reply,
            restore_reply,
        )
    )


@panel("talk.topic.actions", queries=0)
def report_topic(request: HttpRequest, topic: Topic) -> str:
    return draw_report(request, ("talk.topic", topic.id), topic.author_id)


@panel("talk.reply.actions", queries=0)
def report_reply(request: HttpRequest, reply: Reply) -> str:
    return draw_report(request, ("talk.reply", reply.id), reply.author_id)


@panel("talk.writing", queries=2)
def norm_beside_writing(request: HttpRequest, space: Space) -> str:
    return draw_norm(request, space)
