"""Work of this room: digests that are due, and clock work."""

from datetime import timedelta

from stoa.base import actors
from stoa.base.work import Kind, every, register
from stoa.community.talk import actions, waiting
from stoa.community.talk.models import Digest, PlannedTopic, Ritual

register(Kind("talk.digest", Digest, actions.send_digest))


@every(timedelta(hours=1), name="talk.digests")
def begin_digests() -> None:
    """A digest for each new member."""
    actions.begin_digests()


@every(timedelta(minutes=15), name="talk.top_topics")
def count_top_topics() -> None:
    actions.count_top_topics(by=actors.system("talk"))


@every(timedelta(days=1), name="talk.forget_mailed")
def forget_mailed() -> None:
    actions.forget_mailed()


@every(timedelta(minutes=15), name="talk.waiting")
def tell_of_waiting() -> None:
    """Tells those who tend a space of topics that nobody has answered for too long."""
    waiting.tell_of_waiting()


@every(timedelta(minutes=10), name="talk.saved_searches")
def tell_of_new() -> None:
    """Tells people what is new for the searches that they keep."""
    actions.tell_of_new()


@every(timedelta(hours=1), name="talk.levels")
def count_levels() -> None:
    """Counts the trust of those who were here since the last time."""
    actions.count_levels(by=actors.system("talk"))


@every(timedelta(days=1), name="talk.badges")
def settle_badges() -> None:
    """Gives what was earned by what no fact tells of, and takes what is not earned any more."""
    actions.settle_badges(by=actors.system("talk"))


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
