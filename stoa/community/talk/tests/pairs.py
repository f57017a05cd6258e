"""Two topics that can become one, for tests."""

from datetime import UTC, datetime, timedelta

from stoa.base import clock
from stoa.community.talk.models import Reply, Topic
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.people.tests.makers import make_actor
from stoa.spaces.models import Space

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def pair(space: Space) -> tuple[Topic, Topic, list[Reply]]:
    """An older topic and a newer one, each with two replies, interleaved: old at 0, 2, 4, new at 1, 3, 5 minutes."""
    with clock.pinned(NOW):
        old = make_topic(space, "Old", "The old words.", by=make_actor("Amara"))
    with clock.pinned(NOW + MINUTE):
        new = make_topic(space, "New", "The new words.", by=make_actor("Bo"))
    replies, nell = [], make_actor("Nell")
    for number, topic in enumerate((old, new, old, new)):
        with clock.pinned(NOW + (number + 2) * MINUTE):
            replies.append(make_reply(topic, f"Reply {number}", by=nell))
    old.refresh_from_db()
    new.refresh_from_db()
    return old, new, replies
