"""Carrying in what was said: a topic, its replies, and the pictures in them, fifty messages at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import IntegrityError, transaction

from stoa.base import text
from stoa.base.models import File
from stoa.base.things import Reference
from stoa.community.talk.actions.bringing import Said, bring_in, last_before, reply_said, topic_said, write_text
from stoa.community.talk.models import Reply, Topic
from stoa.front.actions.moving_in.load import Load, cut, instant
from stoa.front.actions.moving_in.texts import Texts
from stoa.front.models import Moved
from stoa.front.moving_in import places
from stoa.front.moving_in.shapes import VanMessage, VanTopic

AT_ONCE = 50
DRAWS = 4


def carry_messages(load: Load) -> bool:
    """The next of the line. Says whether there may be more. Ids of before 2020 are few: where one that was drawn is taken, others are
    drawn."""
    for _draw in range(DRAWS - 1):
        try:
            return _carried(load)
        except IntegrityError:
            load.last.clear()
    return _carried(load)


def _carried(load: Load) -> bool:
    found = load.van.messages(load.row.place, AT_ONCE)
    there = load.moved("message", [message.key for message in found])
    fresh = [message for message in found if cut(message.key) not in there]
    batch = Batch.of(load, fresh)
    for message in fresh:
        batch.take(message)
    with transaction.atomic():
        bring_in(batch.said)
        File.objects.bulk_create(batch.texts.files)
        Moved.objects.bulk_create(batch.rows + batch.texts.rows)
        load.reached(found[-1].n if found else 0, batch.counted(), "" if found else "signs")
    load.note(batch.texts.troubles)
    return bool(found)


@dataclass
class Batch:
    """Some messages on their way: rows that are made, and nothing written yet."""

    load: Load
    old_topics: Mapping[str, VanTopic]
    topics: dict[str, Topic]
    texts: Texts
    said: Said = field(default_factory=Said)
    rows: list[Moved] = field(default_factory=list)
    left: int = 0

    @classmethod
    def of(cls, load: Load, fresh: Sequence[VanMessage]) -> "Batch":
        old = load.van.topics(message.topic for message in fresh)
        known = load.moved("topic", list(old))
        here = _standing([number for _, number in known.values()])
        topics = {key: here[known[cut(key)][1]] for key in old if cut(key) in known and known[cut(key)][1] in here}
        first = {message.topic: instant(message.at) for message in reversed(fresh)}
        for key, at in first.items():
            if key in topics and key not in load.last:
                load.last[key] = last_before(topics[key], at)
        return cls(load, old, topics, Texts(load, fresh))

    def take(self, message: VanMessage) -> None:
        """One message: as the beginning of its topic, or as a reply to it."""
        old = self.old_topics.get(message.topic)
        space = self.load.spaces.get(old.place) if old else None
        author_id = self.load.author(message.person)
        if old is None or space is None or author_id in self.load.erased:
            self.left += 1
            return
        topic = self.topics.get(message.topic)
        at = instant(message.at)
        if topic is None:
            self._open(message, old, author_id, at)
        elif places.more_open(topic.space.visibility, self.load.mapping[old.place].most_open):
            self.left += 1  # somebody moved the topic to a place that is more open than this was said in
        else:
            self._answer(message, old, topic, author_id, at)

    def _open(self, message: VanMessage, old: VanTopic, author_id: int, at: datetime) -> None:
        topic = topic_said(self.load.spaces[old.place], author_id, at, old.title or "—", kind=old.kind)
        topic.closed_at = instant(old.closed) if old.closed else None
        topic.pinned_until = datetime.fromtimestamp(old.pinned, UTC) if old.pinned else None
        thing = ("talk.topic", topic.id)
        self._write(topic, message, thing, author_id)
        self.topics[message.topic] = topic
        self.load.last[message.topic] = topic.id
        self.said.topics.append(topic)
        self.said.tags[topic.id] = old.tags
        self.rows += [
            self.load.moved_row("topic", message.topic, thing),
            self.load.moved_row("message", message.key, thing, message.also),
        ]

    def _answer(self, message: VanMessage, old: VanTopic, topic: Topic, author_id: int, at: datetime) -> None:
        reply = reply_said(topic, author_id, at, beyond=self.load.last[message.topic])
        thing = ("talk.reply", reply.id)
        self._write(reply, message, thing, author_id)
        self.load.last[message.topic] = reply.id
        self.said.replies.append(reply)
        self.rows.append(self.load.moved_row("message", message.key, thing, message.also))
        if old.accepted == message.key and topic.kind == Topic.Kind.QUESTION:
            self.said.accepted[topic.id] = reply.id

    def _write(self, row: Topic | Reply, message: VanMessage, thing: Reference, author_id: int) -> None:
        source = self.texts.source(message, thing, author_id)
        edited = instant(message.edited) if message.edited else None
        write_text(row, text.write(source, mentions=lambda names: {}), edited)

    def counted(self) -> dict[str, int]:
        found = {
            "topics": len(self.said.topics),
            "replies": len(self.said.replies),
            "pictures": len(self.texts.files),
            "left": self.left,
        }
        return {name: count for name, count in found.items() if count}


def _standing(numbers: Sequence[int]) -> dict[int, Topic]:
    """These topics by their ids; in place of one that was merged, the one in which its words stand now."""
    rows = Topic.objects.filter(id__in=numbers).select_related("space", "merged_into__space")
    return {row.id: row.merged_into or row for row in rows}
