"""What follows from facts: the days whose figures they change are marked. One subscriber, which may run twice."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from stoa.base import clock
from stoa.base.facts import Told, hears
from stoa.bridge.facts import TouchKept
from stoa.community.talk import facts as talk
from stoa.measure import actions
from stoa.measure.days import DAY, WEEK, day_of, house_zone
from stoa.measure.readers.authors import concerned
from stoa.measure.readers.joined import joined_at
from stoa.people.facts import PersonErased, PersonJoined
from stoa.social.publish.facts import BoostChanged
from stoa.spaces.facts import SpaceChanged

WRITTEN = (talk.TopicOpened, talk.ReplyAdded)
JUDGED = (talk.TopicHidden, talk.TopicRestored, talk.TopicMoved, talk.ReplyHidden, talk.ReplyRestored)
RESHAPED = (talk.TopicSplit, talk.TopicMerged)


@hears(BoostChanged, name="measure.boosted_days")
def mark_boosted(told: Told[BoostChanged]) -> None:
    """The days of that time: what came through links then is counted in another series."""
    fact, zone = told.fact, house_zone()
    first, last = day_of(fact.starts, zone), day_of(min(fact.ends or clock.now(), clock.now()), zone)
    actions.mark([first + DAY * number for number in range(max(0, (last - first).days) + 1)])


@hears(PersonJoined, PersonErased, TouchKept, *WRITTEN, *JUDGED, *RESHAPED, SpaceChanged, name="measure.dirty_days")
def mark_days(told: Told[Any]) -> None:
    """The day on which those concerned joined; all days when a space opens or closes, for then its words begin or cease to count."""
    fact = told.fact
    if isinstance(fact, SpaceChanged):
        actions.mark(actions.days_that_stand() if fact.sight_changed else ())
    elif isinstance(fact, PersonJoined | PersonErased | TouchKept):
        actions.mark(_days(joined_at([fact.person])))
    elif isinstance(fact, RESHAPED):
        actions.mark(_days(joined_at(concerned(fact.topic, None) | concerned(fact.into, None))))
    else:
        joined = joined_at(concerned(fact.topic, getattr(fact, "reply", None)))
        young = {person: at for person, at in joined.items() if told.at - at < WEEK}
        actions.mark(_days(young if isinstance(fact, WRITTEN) else joined))


def _days(joined: Mapping[int, datetime]) -> set[date]:
    if not joined:
        return set()
    zone = house_zone()
    return {day_of(at, zone) for at in joined.values()}
