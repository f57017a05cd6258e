"""Clock work of this room."""

from datetime import timedelta

from stoa.base import actors
from stoa.base.work import Kind, every, register
from stoa.community.talk import actions
from stoa.community.talk.models import PlannedTopic, Ritual


@every(timedelta(minutes=15), name="talk.top_topics")
def count_top_topics() -> None:
    actions.count_top_topics(by=actors.system("talk"))


@every(timedelta(minutes=10), name="talk.saved_searches")
def tell_of_new() -> None:
    """Tells people what is new for the searches that they keep."""
    actions.tell_of_new()


@every(timedelta(days=1), name="talk.zones")
def settle_zones() -> None:
    """What waits for a wall time keeps it when the zones' rules change."""
    actions.settle_zones()
    actions.settle_zones_of_rituals()


def open_planned(planned_id: int, fence: int) -> None:
    actions.open_due_topic(planned_id, fence)


def open_ritual(ritual_id: int, fence: int) -> None:
    actions.open_due_ritual(ritual_id, fence)


register(Kind("talk.planned_topic", PlannedTopic, open_planned))
register(Kind("talk.ritual", Ritual, open_ritual))
