"""Who follows a topic that was split off or that took another in: as they followed before, where they may read, against nobody's mute."""

from collections.abc import Collection

from stoa.community.talk.models import Topic
from stoa.people.actions.carrying import carry_follows, muted_among
from stoa.people.actions.profile import followers
from stoa.people.models import Follow
from stoa.spaces.readers import readers_among


def carry_to_split(topic: Topic, into: Topic, authors: Collection[int]) -> None:
    """Who watches the topic, and who follows it and wrote some of what was split off."""
    before = ("talk.topic", topic.id)
    wrote = set(authors) & set(followers(before, "follow"))
    carry_follows(before, ("talk.topic", into.id), to=_who_may(topic, into, {*followers(before, "watch"), *wrote}))


def carry_to_merged(topic: Topic, into: Topic) -> None:
    """All who follow it; its author, who was told of every reply, watches. Nothing is left to follow where it was."""
    before, after = ("talk.topic", topic.id), ("talk.topic", into.id)
    people = _who_may(topic, into, {*followers(before), topic.author_id})
    carry_follows(before, after, to=people)
    if topic.author_id in people - {into.author_id} - muted_among(before, [topic.author_id]):
        mine = {"person_id": topic.author_id, "thing_key": after[0], "thing_id": after[1]}
        row, _is_new = Follow.objects.get_or_create(**mine, defaults={"level": "watch"})
        Follow.objects.filter(id=row.id, level="follow").update(level="watch")
    Follow.objects.filter(thing_key=before[0], thing_id=before[1]).delete()


def _who_may(topic: Topic, into: Topic, people: Collection[int]) -> set[int]:
    """Of these people those who may read there, and did not mute that other space."""
    readers = readers_among(into.space, people)
    return readers if topic.space_id == into.space_id else readers - muted_among(into.space.reference, readers)
