"""The demo's talk: a year of topics and replies, with counters, follows and the search as the actions would have left them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from stoa.base import actors, ids, search
from stoa.base.demo import Story, take_stock
from stoa.base.facts import Past, announce_past
from stoa.base.text import write
from stoa.community.talk import (
    demo_badges,
    demo_cards,
    demo_digests,
    demo_direct,
    demo_kinds,
    demo_shapes,
    demo_trust,
    demo_welcomes,
    demo_writing,
    finding,
)
from stoa.community.talk.actions import count_top_topics
from stoa.community.talk.demo_edits import edits
from stoa.community.talk.facts import ReplyAdded, ReplyHidden, TopicOpened
from stoa.community.talk.models import CaughtUp, Mark, Presence, Progress, Reply, SavedSearch, Topic, Version
from stoa.community.talk.signing import Signing
from stoa.demo_guild import steering
from stoa.demo_guild.people import people
from stoa.demo_guild.rows import Thread
from stoa.demo_guild.threads import threads
from stoa.moderation.demo import is_hidden
from stoa.people.models import Bookmark, Draft, Follow, Notice
from stoa.spaces.models import Space

BATCH = 1000


@dataclass(frozen=True)
class Told:
    """One thread as rows; `answer` is the story's key of the reply that settled it, or empty."""

    topic: Topic
    replies: list[Reply]
    answer: str = ""


def fill(story: Story) -> None:
    """Every thread of the year."""
    spaces = Space.objects.in_bulk(list(story.made["space"].values()))
    told = [_rows(story, thread, spaces) for thread in threads(story.seed, story.scale, story.now)]
    hidden = list(_reported(story, told))
    signing = Signing(
        story, {story.id_of("person", each.key) for each in people(story.seed, story.scale) if each.followed}
    )
    for each in told:
        _count(each.topic, each.replies)
        signing.go_through(each.topic, each.replies, story.known("reply", each.answer))
    versions = list(edits(story, (each.topic for each in told)))
    Topic.objects.bulk_create([each.topic for each in told], batch_size=BATCH)
    Reply.objects.bulk_create([reply for each in told for reply in each.replies], batch_size=BATCH)
    Version.objects.bulk_create(versions, batch_size=BATCH)
    Follow.objects.bulk_create(_follows(told), batch_size=BATCH)
    _keep_for_later(story, told)
    Progress.objects.bulk_create(_progress(told), batch_size=BATCH)
    CaughtUp.objects.bulk_create(_caught_up(story), batch_size=BATCH)
    take_stock()
    count_top_topics(by=actors.system("talk"))
    search.index_many(_documents(told))
    search.recount()
    SavedSearch.objects.bulk_create(_saved_searches(story))
    Mark.objects.bulk_create(signing.signed.marks, batch_size=BATCH)
    Notice.objects.bulk_create(signing.notices(), batch_size=BATCH)
    announce_past([*_facts(told), *hidden, *signing.signed.facts])
    demo_shapes.fill(story, [each.topic for each in told])
    for more in (
        demo_kinds, demo_trust, demo_writing, demo_cards, demo_digests, demo_welcomes, demo_direct, demo_badges,
    ):  # fmt: skip
        more.fill(story)


def _saved_searches(story: Story) -> Iterator[SavedSearch]:
    """Two of a member who mends clothes and clocks, kept since now: all that is there was there before."""
    with story.at(story.now):
        for question, words in (
            ("q=sewing+machine", "sewing machine"),
            ("answer=waiting&kind=questions&q=clock", "clock"),
        ):
            yield SavedSearch(
                person_id=story.id_of("person", "tomasz"), question=question, words=words, seen_upto=ids.at(story.now)
            )


def _rows(story: Story, thread: Thread, spaces: dict[int, Space]) -> Told:
    opened = min(story.ago(thread.offset), story.now)
    with story.at(opened):
        topic = Topic(
            space=spaces[story.id_of("space", thread.space)], author_id=story.id_of("person", thread.author),
            kind=thread.kind, title=thread.title[:160],
        )  # fmt: skip
    topic.set_text(write(thread.body, mentions=_nobody))
    story.remember("topic", thread.key, topic.id)
    replies = [
        _reply(story, topic, reply.key, reply.author, reply.body, story.ago(reply.offset))
        for reply in thread.replies
        if reply.offset.total_seconds() <= 0
    ]
    return Told(topic, replies, thread.answered_by)


def _reply(story: Story, topic: Topic, key: str, author: str, body: str, moment: datetime) -> Reply:
    with story.at(moment):
        reply = Reply(topic=topic, author_id=story.id_of("person", author))
    reply.set_text(write(body, mentions=_nobody))
    story.remember("reply", key, reply.id)
    return reply


def _nobody(names: object) -> dict[str, int]:
    """The Guild's texts name nobody by an at sign."""
    return {}


def _reported(story: Story, told: list[Told]) -> Iterator[Past]:
    """The replies that the year's cases judge, each in the topic of its space that was the newest then; gives what was hidden since."""
    for case in steering.cases(story.seed, story.now.date()):
        space, written = story.id_of("space", case.space), story.ago(case.offset) - timedelta(hours=1)
        open_then = (each for each in reversed(told) if each.topic.space_id == space and each.topic.opened_at < written)
        place = next(open_then)
        with story.at(written):
            reply = Reply(topic=place.topic, author_id=story.id_of("person", case.author))
        reply.id = story.known("reply", case.key) or reply.id
        reply.set_text(write(case.subject, mentions=_nobody))
        place.replies.append(reply)
        if is_hidden(case):
            reply.presence = Presence.HIDDEN
            decider = story.id_of("person", case.decided_by)
            at = story.ago(case.offset + case.decided_after)
            yield Past(ReplyHidden(reply.id, place.topic.id, space), at, decider)


def _count(topic: Topic, every: list[Reply]) -> None:
    """The counters, as `recount` would set them: replies come in the order of their ids."""
    every.sort(key=lambda reply: reply.id)
    replies = [reply for reply in every if reply.presence == Presence.HERE]
    topic.replies_count = len(replies)
    if replies:
        topic.bumped_at, topic.last_reply_by_id = replies[-1].added_at, replies[-1].author_id
    topic.answered_at = next((reply.added_at for reply in replies if reply.author_id != topic.author_id), None)


def _follows(told: list[Told]) -> Iterator[Follow]:
    """Who replied follows the topic since then."""
    for each in told:
        since: dict[int, datetime] = {}
        for reply in each.replies:
            since.setdefault(reply.author_id, reply.added_at)
        for person_id, at in since.items():
            yield Follow(person_id=person_id, thing_key="talk.topic", thing_id=each.topic.id, at=at)


def _progress(told: list[Told]) -> Iterator[Progress]:
    """Who replied has read up to there."""
    for each in told:
        last = {reply.author_id: reply for reply in each.replies}
        for person_id, reply in last.items():
            yield Progress(person_id=person_id, topic=each.topic, read_to=reply.id, at=reply.added_at)


def _keep_for_later(story: Story, told: list[Told]) -> None:
    """What one member marked, began to answer and listens for."""
    reader = story.id_of("person", "tomasz")
    waiting = [
        each.topic for each in told if each.topic.space.visibility == "public" and each.topic.author_id != reader
    ]
    asked, marked = waiting[-3], waiting[-9]
    at, soon = story.now - timedelta(hours=20), story.now + timedelta(days=3)
    Draft.objects.create(
        person_id=reader, place=f"reply-{asked.shown_id}", address=asked.get_absolute_url(), at=at,
        source="I had the same one on my bench last winter. Before you order the part, look at",
    )  # fmt: skip
    Bookmark.objects.create(
        person_id=reader, thing_key="talk.topic", thing_id=marked.id, at=at, remind_at=soon, due_at=soon,
        note="Read the answers again before the next repair evening",
    )  # fmt: skip
    watched = Follow(person_id=reader, thing_key="spaces.space", thing_id=asked.space_id, level="watch", at=at)
    Follow.objects.bulk_create([watched], ignore_conflicts=True)


def _caught_up(story: Story) -> Iterator[CaughtUp]:
    """Everybody looked in lately: some this morning, some last week."""
    for key, person_id in story.made["person"].items():
        at = story.now - timedelta(days=story.dice(f"caught up {key}").choice((1, 2, 2, 4, 8)))
        yield CaughtUp(person_id=person_id, read_to=ids.at(at), at=at)


def _documents(told: list[Told]) -> Iterator[search.Document]:
    for each in told:
        yield finding.topic_document(each.topic, each.topic.space)
        for reply in each.replies:
            if reply.presence == Presence.HERE:
                yield finding.reply_document(reply, each.topic, each.topic.space)


def _facts(told: list[Told]) -> Iterator[Past]:
    for each in told:
        topic, answered = each.topic, False
        yield Past(TopicOpened(topic.id, topic.space_id), topic.opened_at, topic.author_id)
        for reply in each.replies:
            first = not answered and reply.author_id != topic.author_id
            answered = answered or first
            yield Past(ReplyAdded(reply.id, topic.id, topic.space_id, first), reply.added_at, reply.author_id)
