"""Counting which topics most people took part in."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from stoa.base import clock, ids
from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed
from stoa.community.talk.facts import SignKey
from stoa.community.talk.models import Mark, Presence, Reply, TopTopic
from stoa.community.talk.models.top_topic import PERIODS

KEPT = 100  # of each space: whatever spaces somebody reads, the first hundred of all of them are among these


def count_top_topics(*, by: Actor) -> None:
    """Counts every period anew, from replies and thanks that are here."""
    if not by.is_system:
        raise NotAllowed("The clock counts.")
    for period, days in PERIODS.items():
        counted = list(_rows(period, ids.at(clock.now() - timedelta(days=days)) if days else 0))
        with transaction.atomic():
            TopTopic.objects.filter(period=period).delete()
            TopTopic.objects.bulk_create(counted, batch_size=1000)


def _rows(period: str, since: int) -> Iterator[TopTopic]:
    people = people_by_topic(since)
    in_space: dict[int, list[tuple[int, int]]] = {}
    for (space_id, topic_id), count in people.items():
        in_space.setdefault(space_id, []).append((count, topic_id))
    for counted in in_space.values():
        for count, topic_id in sorted(counted, reverse=True)[:KEPT]:
            yield TopTopic(topic_id=topic_id, period=period, people=count)


def people_by_topic(since: int) -> Counter[tuple[int, int]]:
    """By (space, topic), how many people besides its author replied or left thanks beyond the id `since`."""
    here = {"id__gt": since, "topic__presence": Presence.HERE}
    replied = Reply.objects.filter(presence=Presence.HERE, **here).exclude(author=F("topic__author"))
    thanked = Mark.objects.filter(sign=SignKey.THANKS, **here).exclude(person=F("topic__author"))
    pairs = replied.order_by().values_list("topic__space_id", "topic_id", "author_id").union(
        thanked.order_by().values_list("topic__space_id", "topic_id", "person_id")
    )  # fmt: skip
    return Counter((space_id, topic_id) for space_id, topic_id, _person in pairs.iterator())
