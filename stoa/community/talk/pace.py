"""When somebody may reply again in a topic that is in slow mode."""

from datetime import datetime, timedelta

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.community.talk import policy
from stoa.community.talk.models import Reply, Topic


def free_at(topic: Topic, actor: Actor) -> datetime | None:
    """The instant from which this actor may reply again; None when they may at once. One query in slow mode, else none. A reply that
    its author took back counts: else one would write, take back and write again."""
    if not topic.is_slow or actor.person_id is None or policy.may_slow(actor, topic):
        return None
    own = Reply.objects.filter(topic=topic, author=actor.person_id).order_by("-id")
    last = own.values_list("added_at", flat=True).first()
    if last is None:
        return None
    free = last + timedelta(minutes=topic.slow_minutes)
    free = min(free, topic.slow_until) if topic.slow_until else free
    return free if free > clock.now() else None
