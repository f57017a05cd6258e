"""What search knows of topics and replies. Called in the actions, in their transactions."""

from collections.abc import Callable, Collection, Iterator, Sequence

from django.db.models import QuerySet

from stoa.base import search
from stoa.base.search import Audience, Document
from stoa.base.text import plain
from stoa.community.talk.models import Outcome, PollOption, Presence, Reply, Topic
from stoa.spaces.models import Space

AUDIENCE = {"public": Audience.PUBLIC, "members": Audience.MEMBERS, "private": Audience.SCOPE, "secret": Audience.SCOPE}


def keep_topic(topic: Topic) -> None:
    """Makes a topic findable as it is now."""
    search.index(topic_document(topic, topic.space))


def keep_reply(reply: Reply) -> None:
    """Makes a reply findable as it is now, under its topic's title."""
    search.index(reply_document(reply, reply.topic, reply.topic.space))


def keep_replies(topic: Topic) -> None:
    """Makes all replies of a topic that are here findable, in the place where the topic now stands."""
    here: QuerySet[Reply] = topic.replies.filter(presence=Presence.HERE)
    search.index_many(reply_document(reply, topic, topic.space) for reply in here.iterator())


def keep_these(ids: Collection[int], topic: Topic) -> None:
    """Makes these of its replies findable, as far as they are here, in the place where they stand now."""
    for part in batched(sorted(ids)):
        here = Reply.objects.filter(id__in=part, topic=topic, presence=Presence.HERE)
        search.index_many(reply_document(reply, topic, topic.space) for reply in here)


def batched(ids: Sequence[int], size: int = 500) -> Iterator[Sequence[int]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))


def drop_topic(topic: Topic) -> None:
    """Neither the topic nor its replies are found any more."""
    search.remove("talk.topic", topic.id)
    search.remove("talk.reply", *topic.replies.values_list("id", flat=True))


def drop_reply(reply: Reply) -> None:
    search.remove("talk.reply", reply.id)


def narrow_topic(topic: Topic) -> None:
    """After its counters or its accepted answer changed: by what it can be narrowed now."""
    search.narrow("talk.topic", topic.id, facets_of(topic))


def facets_of(topic: Topic) -> frozenset[str]:
    """By what a search can be narrowed to this topic: its kind, how far it is answered, its tags."""
    waits = Topic.Kind(topic.kind).waits
    found = [f"kind:{topic.kind}", *(f"tag:{name}" for name in topic.tag_names)]
    found += ["answered"] if topic.answered_at else ["waiting"] if waits else []
    return frozenset([*found, *(["settled"] if topic.accepted_id else [])])


def topic_document(topic: Topic, space: Space) -> Document:
    return Document(
        "talk.topic", topic.id, topic.title, words_of(topic), topic.opened_at, audience_of(space), space.id,
        only_for=topic.author_id if space.ask_team else None, by_id=topic.author_id, facets=facets_of(topic),
    )  # fmt: skip


def reply_document(reply: Reply, topic: Topic, space: Space) -> Document:
    return Document(
        "talk.reply", reply.id, topic.title, plain(reply.html), reply.added_at, audience_of(space), space.id,
        only_for=topic.author_id if space.ask_team else None, by_id=reply.author_id, is_under_title=True,
    )  # fmt: skip


def words_of(topic: Topic, read: Callable[[str], str] = plain) -> str:
    """All words of a topic besides its title: its text, what can be chosen in its poll, what became of it. `read`: how a text is read."""
    more: list[str] = []
    if topic.kind == Topic.Kind.POLL:
        more += PollOption.objects.filter(poll__topic=topic).order_by("place").values_list("words", flat=True)
    if topic.kind == Topic.Kind.IDEA:
        more += [read(each.html) for each in Outcome.objects.filter(topic=topic).order_by("-id")[:1]]
    return "\n".join([read(topic.html), *more, topic.tagged])


def audience_of(space: Space) -> Audience:
    return Audience.PERSON if space.ask_team else AUDIENCE[space.visibility]
