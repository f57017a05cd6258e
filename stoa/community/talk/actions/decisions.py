"""Hiding by a decision, and restoring exactly. For the moderation room, which has asked its own policy and written the decision."""

from django.db import transaction

from stoa.base.actors import Actor
from stoa.base.facts import announce
from stoa.community.talk import finding
from stoa.community.talk.actions.counting import recount
from stoa.community.talk.actions.current import as_it_stands
from stoa.community.talk.facts import ReplyHidden, ReplyRestored, TopicHidden, TopicRestored
from stoa.community.talk.models import Presence, Reply, Topic


def hide_topic(topic: Topic, *, by: Actor) -> None:
    """Takes a topic out of sight of all but its author and the space's moderators. What its author withdrew stays withdrawn."""
    with transaction.atomic():
        if as_it_stands(topic).presence != Presence.HERE:
            return
        topic.presence = Presence.HIDDEN
        topic.save(update_fields=["presence"])
        finding.drop_topic(topic)
        announce(TopicHidden(topic.id, topic.space_id), by=by)


def restore_topic(topic: Topic, *, by: Actor) -> None:
    """Undoes `hide_topic`."""
    with transaction.atomic():
        if as_it_stands(topic).presence != Presence.HIDDEN:
            return
        topic.presence = Presence.HERE
        topic.save(update_fields=["presence"])
        finding.keep_topic(topic)
        finding.keep_replies(topic)
        announce(TopicRestored(topic.id, topic.space_id), by=by)


def hide_reply(reply: Reply, *, by: Actor) -> None:
    """Takes a reply out of sight of all but its author and the space's moderators."""
    with transaction.atomic():
        if as_it_stands(reply).presence != Presence.HERE:
            return
        reply.presence = Presence.HIDDEN
        reply.save(update_fields=["presence"])
        recount(reply.topic)
        finding.drop_reply(reply)
        announce(ReplyHidden(reply.id, reply.topic_id, reply.topic.space_id), by=by)


def restore_reply(reply: Reply, *, by: Actor) -> None:
    """Undoes `hide_reply`."""
    with transaction.atomic():
        if as_it_stands(reply).presence != Presence.HIDDEN:
            return
        reply.presence = Presence.HERE
        reply.save(update_fields=["presence"])
        recount(reply.topic)
        finding.keep_reply(reply)
        announce(ReplyRestored(reply.id, reply.topic_id, reply.topic.space_id), by=by)
