"""Keeping on which days somebody was here and what they read: by the beacon that says how far they came."""

from datetime import timedelta

from django.db.models import F

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.community.talk.models import DayHere

LONGEST_LOOK = timedelta(seconds=60)  # between two beacons: who is silent for longer was elsewhere
MOST_AT_ONCE = 40  # replies: no page shows more, and who leaps to the end has not read what lies between


def note_reading(*, topics: int, replies: int, by: Actor) -> None:
    """Adds to today's row. Two statements, three on the first of a day."""
    now = clock.now()
    row, is_new = DayHere.objects.get_or_create(person_id=by.own_id, day=now.date(), defaults={"at": now})
    gap = timedelta(0) if is_new else max(min(now - row.at, LONGEST_LOOK), timedelta(0))
    DayHere.objects.filter(id=row.id).update(
        topics=F("topics") + topics, replies=F("replies") + min(replies, MOST_AT_ONCE),
        seconds=F("seconds") + (0 if gap == LONGEST_LOOK else int(gap.total_seconds())), at=now,
    )  # fmt: skip
