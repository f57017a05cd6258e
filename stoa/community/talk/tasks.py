"""Clock work of this room."""

from datetime import timedelta

from stoa.base import actors
from stoa.base.work import every
from stoa.community.talk import actions


@every(timedelta(minutes=15), name="talk.top_topics")
def count_top_topics() -> None:
    actions.count_top_topics(by=actors.system("talk"))


@every(timedelta(minutes=10), name="talk.saved_searches")
def tell_of_new() -> None:
    """Tells people what is new for the searches that they keep."""
    actions.tell_of_new()


@every(timedelta(hours=1), name="talk.levels")
def count_levels() -> None:
    """Counts the trust of those who were here since the last time."""
    actions.count_levels(by=actors.system("talk"))
