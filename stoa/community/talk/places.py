"""Where readers stopped, when replies leave a topic for another or two topics become one: what somebody has read stays read, and what
they have not read stays new."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db.models import Q

from stoa.base import clock, ids
from stoa.community.talk.models import CaughtUp, Presence, Progress, Topic
from stoa.people.models import Person
from stoa.spaces.models import Space

BATCH = 1000


def copy_places(topic: Topic, into: Topic) -> None:
    """For a topic that took replies out of another: their ids are what they were, and so is how far each reader has come."""
    rows = Progress.objects.filter(topic=topic, read_to__gte=into.id).order_by("id")
    copies = (Progress(person_id=row.person_id, topic=into, read_to=row.read_to, at=row.at) for row in rows.iterator())
    Progress.objects.bulk_create(list(copies), batch_size=BATCH)


def join_places(topic: Topic, into: Topic) -> None:
    """Before a topic goes into another: each reader of either stops just before the first that they have not read in either. So some may
    see again what they have read, and nobody misses what they have not."""
    places = {each.id: dict(each.progress.values_list("person_id", "read_to")) for each in (topic, into)}
    people = places[topic.id].keys() | places[into.id].keys()
    starts = {each.id: _general(people, each.space) for each in (topic, into)}
    stand = {each.id: _standing_in(each) for each in (topic, into)}
    joined = {
        person: min(_reached(stand[each], max(places[each].get(person, 0), starts[each][person])) for each in stand)
        for person in people
    }
    Progress.objects.filter(topic__in=(topic, into)).delete()
    Progress.objects.bulk_create(
        (
            Progress(person_id=person, topic=into, read_to=reached, at=clock.now())
            for person, reached in sorted(joined.items())
            if reached >= into.id
        ),
        batch_size=BATCH,
    )


def _standing_in(topic: Topic) -> list[int]:
    """The ids of a topic and its replies that are here, in order."""
    return [topic.id, *topic.replies.filter(presence=Presence.HERE).order_by("id").values_list("id", flat=True)]


def _reached(standing: list[int], read_to: int) -> int:
    """Just before the first of these that lies beyond a place; now where there is none."""
    position = bisect_right(standing, read_to)
    return standing[position] - 1 if position < len(standing) else max(standing[-1], ids.at(clock.now()))


def _general(people: Collection[int], space: Space) -> Mapping[int, int]:
    """Up to where all counts as read for each: when they came, or where they called everything in the space read."""
    places: dict[int, int] = defaultdict(int)
    for person, came in Person.objects.filter(id__in=people).values_list("id", "joined_at"):
        places[person] = ids.at(came) if came else 0
    rows = CaughtUp.objects.filter(Q(space=None) | Q(space=space), person_id__in=people)
    for person, read_to in rows.values_list("person_id", "read_to"):
        places[person] = max(places[person], read_to)
    return places
