"""Slow mode of a topic: one reply of each person in so many minutes, until a moment or until somebody ends it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.base.moments import lasting
from stoa.community.talk import policy
from stoa.community.talk.actions.current import as_it_stands
from stoa.community.talk.facts import SlowModeEnded, SlowModeSet
from stoa.community.talk.models import Topic
from stoa.community.talk.pace import free_at

MOST_MINUTES = 24 * 60


def slow_topic(topic: Topic, *, minutes: int, until: datetime | None, by: Actor) -> Topic:
    """From now on each person may reply once in so many minutes. Set again, the later word holds."""
    with transaction.atomic():
        _may_slow(topic, by)
        if not 1 <= minutes <= MOST_MINUTES:
            raise Invalid(_("From one minute to a day."), field="minutes")
        if until is not None and until <= clock.now():
            raise Invalid(_("Choose a time to come."), field="lasts")
        topic.slow_minutes, topic.slow_until = minutes, until
        topic.save(update_fields=["slow_minutes", "slow_until"])
        announce(SlowModeSet(topic.id, topic.space_id, minutes, until), by=by)
    return topic


def end_slow_mode(topic: Topic, *, by: Actor) -> Topic:
    """Everybody replies at their own pace again. A topic that is not slow is left as it is."""
    with transaction.atomic():
        _may_slow(topic, by)
        was_set, topic.slow_minutes, topic.slow_until = topic.slow_minutes, 0, None
        if was_set:
            topic.save(update_fields=["slow_minutes", "slow_until"])
            announce(SlowModeEnded(topic.id, topic.space_id), by=by)
    return topic


def keep_pace(topic: Topic, by: Actor) -> None:
    """Raises `NotPossible` for a reply that comes too early. The topic's row is locked, so that of two at once the second one waits."""
    free = free_at(topic, by)
    if free is None:
        return
    wait = free - clock.now() + timedelta(seconds=59)
    said = {"long": lasting(wait), "clock": f"{free.astimezone(timezone.get_current_timezone()):%H:%M}"}
    raise NotPossible(
        _("This topic is in slow mode: you can reply again in %(long)s, at %(clock)s.") % said,
        _("What you wrote is kept. Send it then."),
    )


def _may_slow(topic: Topic, by: Actor) -> None:
    if not policy.may_slow(by, as_it_stands(topic)):
        raise NotAllowed(_("You cannot set how fast people reply here."), _("The space's moderators can."))
