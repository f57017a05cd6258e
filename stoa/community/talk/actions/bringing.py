"""What was said elsewhere, brought in bulk as if it had been said here then: rows in the order of their times, with their counters and the
search. Nobody hears of it, nothing of it is new for anybody. For an action of a higher room that has asked who may."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from stoa.base import clock, ids, search
from stoa.base.text import Written
from stoa.community.talk import finding
from stoa.community.talk.actions.counting import recount
from stoa.community.talk.models import CaughtUp, Mark, Reply, Topic, TopicTag
from stoa.community.talk.models.tag import MOST_TAGS, normalised
from stoa.community.talk.models.topic import LONGEST_TITLE
from stoa.people.models import Person
from stoa.spaces.models import Space


@dataclass
class Said:
    """What is brought at once: new topics with their tags, replies to them and to topics that are here, and what was accepted (topic id to
    reply id)."""

    topics: list[Topic] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    tags: dict[int, Sequence[str]] = field(default_factory=dict)
    accepted: dict[int, int] = field(default_factory=dict)


def topic_said(space: Space, author_id: int, at: datetime, title: str, *, kind: str) -> Topic:
    """A topic that was opened then; its text is still to be set."""
    with clock.pinned(at):
        short = " ".join(title.split())
        whole = len(short) <= LONGEST_TITLE
        title = short if whole else short[: LONGEST_TITLE - 1] + "…"
        return Topic(space=space, author_id=author_id, kind=kind, title=title)


def reply_said(topic: Topic, author_id: int, at: datetime, *, beyond: int) -> Reply:
    """A reply that was added then; its id lies beyond those of the replies before it, though they be of the same moment."""
    with clock.pinned(at):
        reply = Reply(topic=topic, author_id=author_id)
    reply.id = max(reply.id, beyond + 1)
    return reply


def last_before(topic: Topic, at: datetime) -> int:
    """The id of the last reply of a topic up to a moment."""
    last = Reply.objects.filter(topic=topic, added_at__lte=at).aggregate(last=Max("id"))["last"]
    return int(last or topic.id)


def bring_in(said: Said) -> None:
    """Writes all of it, in one transaction."""
    with transaction.atomic():
        fresh = {topic.id: topic for topic in said.topics}
        for topic in said.topics:
            _count(topic, [reply for reply in said.replies if reply.topic_id == topic.id])
            _tag(topic, said.tags.get(topic.id, ()))
        Topic.objects.bulk_create(said.topics)
        Reply.objects.bulk_create(said.replies)
        TopicTag.objects.bulk_create(
            [TopicTag(topic=topic, name=name) for topic in said.topics for name in topic.tag_names]
        )
        _accept(said.accepted, fresh)
        search.index_many(_documents(said))
        for topic in {reply.topic_id: reply.topic for reply in said.replies}.values():
            if topic.id not in fresh:
                topic.refresh_from_db(fields=["accepted"])
                recount(topic)


def bring_marks(marks: Collection[Mark]) -> None:
    """Signs under what was brought; one that stands there already stays as it is."""
    Mark.objects.bulk_create(marks, batch_size=500, ignore_conflicts=True)


def call_read(space: Space, upto: datetime) -> None:
    """Whatever is older than this is new for nobody who is here already."""
    there = Person.objects.members().exclude(account=None).values_list("id", flat=True)
    rows = [CaughtUp(person_id=number, space=space, read_to=ids.at(upto)) for number in there.iterator()]
    CaughtUp.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def write_text(row: Topic | Reply, written: Written, edited_at: datetime | None) -> None:
    row.set_text(written)
    row.edited_at = edited_at


def _count(topic: Topic, replies: list[Reply]) -> None:
    """The counters of a topic all of whose replies are these, in their order."""
    topic.replies_count, topic.bumped_at = len(replies), topic.opened_at
    if replies:
        topic.bumped_at, topic.last_reply_by_id = replies[-1].added_at, replies[-1].author_id
    topic.answered_at = next((reply.added_at for reply in replies if reply.author_id != topic.author_id), None)


def _tag(topic: Topic, names: Sequence[str]) -> None:
    topic.tagged = " ".join(list(dict.fromkeys(name for each in names if (name := normalised(each))))[:MOST_TAGS])


def _accept(accepted: Mapping[int, int], fresh: Mapping[int, Topic]) -> None:
    for topic_id, reply_id in accepted.items():
        Topic.objects.filter(id=topic_id, accepted=None).update(accepted=reply_id)
        if topic_id in fresh:
            fresh[topic_id].accepted_id = reply_id


def _documents(said: Said) -> Iterator[search.Document]:
    for topic in said.topics:
        yield finding.topic_document(topic, topic.space)
    for reply in said.replies:
        yield finding.reply_document(reply, reply.topic, reply.topic.space)
