"""Closing a topic to further replies, and reopening it."""

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed
from stoa.base.facts import announce
from stoa.community.talk import policy
from stoa.community.talk.actions.current import as_it_stands
from stoa.community.talk.facts import TopicClosed, TopicReopened
from stoa.community.talk.models import Topic


def close_topic(topic: Topic, *, by: Actor) -> Topic:
    """Closes a topic. Closing a closed one changes nothing."""
    with transaction.atomic():
        if not policy.may_close_topic(by, as_it_stands(topic)):
            raise NotAllowed(_("You cannot close this topic."), _("Its author and the space's moderators can."))
        if not topic.is_closed:
            topic.closed_at, topic.closed_by_id = clock.now(), by.person_id
            topic.save(update_fields=["closed_at", "closed_by"])
            announce(TopicClosed(topic.id, topic.space_id), by=by)
    return topic


def reopen_topic(topic: Topic, *, by: Actor) -> Topic:
    """Takes replies again. Reopening an open one changes nothing."""
    with transaction.atomic():
        if not policy.may_close_topic(by, as_it_stands(topic)):
            raise NotAllowed(_("You cannot reopen this topic."), _("Its author and the space's moderators can."))
        if topic.is_closed:
            topic.closed_at = topic.closed_by = None
            topic.save(update_fields=["closed_at", "closed_by"])
            announce(TopicReopened(topic.id, topic.space_id), by=by)
    return topic
