"""Pinning a topic in its space until a date, and unpinning it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.facts import announce
from stoa.community.talk import policy
from stoa.community.talk.actions.current import as_it_stands
from stoa.community.talk.facts import TopicPinned, TopicUnpinned
from stoa.community.talk.models import Topic


def pin_topic(topic: Topic, *, until: datetime, by: Actor) -> Topic:
    """From now until that instant it stands first in its space."""
    with transaction.atomic():
        _may_pin(topic, by)
        if until <= clock.now():
            raise Invalid(_("Choose a day to come."), field="days")
        topic.pinned_until = until
        topic.save(update_fields=["pinned_until"])
        announce(TopicPinned(topic.id, topic.space_id, until), by=by)
    return topic


def unpin_topic(topic: Topic, *, by: Actor) -> Topic:
    """It stands among the others again. One that is not pinned changes nothing."""
    with transaction.atomic():
        _may_pin(topic, by)
        if topic.is_pinned:
            topic.pinned_until = None
            topic.save(update_fields=["pinned_until"])
            announce(TopicUnpinned(topic.id, topic.space_id), by=by)
    return topic


def _may_pin(topic: Topic, by: Actor) -> None:
    if not policy.may_pin(by, as_it_stands(topic)):
        raise NotAllowed(_("You cannot pin topics here."), _("The space's moderators can."))
