"""Work of this room: digests that are due, and clock work."""

from datetime import timedelta

from stoa.base import actors, work
from stoa.base.work import every
from stoa.community.talk import actions, waiting
from stoa.community.talk.models import Digest

work.register(work.Kind("talk.digest", Digest, actions.send_digest))


@every(timedelta(hours=1), name="talk.digests")
def begin_digests() -> None:
    """A digest for each new member."""
    actions.begin_digests()


@every(timedelta(minutes=15), name="talk.top_topics")
def count_top_topics() -> None:
    actions.count_top_topics(by=actors.system("talk"))


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
