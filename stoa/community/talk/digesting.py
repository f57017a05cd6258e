"""What the next digest says to one reader: what is new since the last, unread, not mailed already, and has to do with them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from stoa.base import clock, ids
from stoa.base.actors import Actor
from stoa.base.models.letter import Letter
from stoa.community.talk.models import Digest, Reply, Topic
from stoa.community.talk.scoring import MOST_SHARED, Reason, fading, reason, score
from stoa.community.talk.unread import only_news, place_in
from stoa.people.models import Follow, Person
from stoa.spaces.visibility import READ

LINES = 12  # of one letter
LOOKED_AT = 300  # topics with something new
REPLIES = 3000
REACHED = ("waiting", "sent", "kept")  # states of letters that reach their reader


@dataclass(frozen=True)
class Line:
    """One topic of the digest. `replies` are new; `at` is when the last of what is new came."""

    topic: Topic
    reasons: tuple[Reason, ...]
    replies: int
    at: datetime
    now: datetime

    @property
    def age(self) -> timedelta:
        return self.now - self.at

    @property
    def fading(self) -> float:
        return fading(self.age)

    @property
    def score(self) -> float:
        return score(self.reasons, self.age)


@dataclass
class News:
    """What is new in one topic for the reader."""

    is_new: bool
    count: int = 0
    last: int = 0
    answers_me: bool = False


def lines_for(actor: Actor, digest: Digest) -> list[Line]:
    """The lines of the letter, the highest score first. A fixed number of queries."""
    now, since = clock.now(), window_start(digest)
    found = Topic.objects.visible_to(actor).here().heard_by(actor).filter(bumped_at__gt=since).for_cards()
    topics = list(only_news(found, actor).newest()[:LOOKED_AT])
    news = _news(topics, actor, since)
    mailed, known = _mailed(topics, actor, since), Known.of(actor, topics)
    lines = []
    for topic in topics:
        what = news[topic.id]
        at = ids_at(max(what.last, topic.id if what.is_new else 0))
        reasons = tuple(known.reasons(topic, what))
        if (what.is_new or what.count) and reasons and at > mailed.get(topic.id, since):
            lines.append(Line(topic, reasons, what.count, at, now))
    return sorted(lines, key=lambda line: (-line.score, -line.topic.id))[:LINES]


def window_start(digest: Digest) -> datetime:
    """Since when the next letter tells: where the last one was stopped, it is told again."""
    stopped = digest.letter_id and Letter.objects.filter(id=digest.letter_id, state="stopped").exists()
    return digest.told_from if stopped else digest.told_to


def ids_at(number: int) -> datetime:
    """When the row of this id was made."""
    return ids.EPOCH + timedelta(milliseconds=number >> 22)


def _news(topics: Sequence[Topic], actor: Actor, since: datetime) -> dict[int, News]:
    """By topic: whether it was opened since, and what others replied since, beyond where the reader stopped. One query."""
    start, own = ids.at(since), actor.own_id
    found = {topic.id: News(topic.id > max(start, place_in(topic)) and topic.author_id != own) for topic in topics}
    places = {topic.id: place_in(topic) for topic in topics}
    rows = Reply.objects.visible_to(actor).filter(topic__in=list(places), presence="here", id__gt=start)
    rows = rows.exclude(author__in=[own, *sorted(actor.blocked)]).order_by("-id")
    for topic_id, number, answered in rows.values_list("topic_id", "id", "answers__author_id")[:REPLIES]:
        if number > places[topic_id]:
            what = found[topic_id]
            what.count, what.last = what.count + 1, max(what.last, number)
            what.answers_me = what.answers_me or answered == own
    return found


def _mailed(topics: Sequence[Topic], actor: Actor, since: datetime) -> dict[int, datetime]:
    """Until when the reader heard of each topic by other mails. Two queries."""
    letters = Letter.objects.filter(person_id=actor.own_id, at__gt=since, state__in=REACHED)
    told: dict[int, datetime] = {}
    of_replies: dict[int, datetime] = {}
    for key, number, at in letters.values_list("thing_key", "thing_id", "at"):
        if number and key in ("talk.topic", "talk.reply"):
            kept = told if key == "talk.topic" else of_replies
            kept[number] = max(at, kept.get(number, at))
    within = Reply.objects.filter(id__in=list(of_replies), topic__in=[topic.id for topic in topics])
    for number, topic_id in within.values_list("id", "topic_id"):
        told[topic_id] = max(of_replies[number], told.get(topic_id, of_replies[number]))
    return told


@dataclass(frozen=True)
class Known:
    """What the reader did and said: what they follow, the spaces they are in, their interests."""

    actor: Actor
    levels: dict[tuple[str, int], str]
    interests: dict[str, str]
    joined: frozenset[int]

    @classmethod
    def of(cls, actor: Actor, topics: Sequence[Topic]) -> "Known":
        """Two queries."""
        places = {("talk.topic", each.id) for each in topics} | {("people.person", each.author_id) for each in topics}
        places |= {each.space.reference for each in topics}
        rows = Follow.objects.visible_to(actor).filter(thing_id__in={number for _key, number in places})
        levels = {(key, number): level for key, number, level in rows.values_list("thing_key", "thing_id", "level")}
        said = Person.objects.filter(id=actor.own_id).values_list("interests", flat=True).first() or []
        return cls(actor, levels, {str(each).casefold(): str(each) for each in said}, actor.scope_ids("space", READ))

    def reasons(self, topic: Topic, what: News) -> Iterator[Reason]:
        """Why this topic's news are for this reader, the weightiest first."""
        if topic.author_id == self.actor.person_id and what.count:
            yield reason("answered")
        if what.answers_me:
            yield reason("reply_answered")
        if said := {"watch": "watched", "follow": "followed"}.get(self.levels.get(("talk.topic", topic.id), "")):
            yield reason(said)
        if what.is_new and self.levels.get(("people.person", topic.author_id)) in ("watch", "follow"):
            yield reason("author")
        if said := {"watch": "space_watched", "follow": "space_followed"}.get(
            self.levels.get(topic.space.reference, "")
        ):
            yield reason(said)
        for shared in sorted(self._shared(topic))[:MOST_SHARED]:
            yield reason("shared", shared)
        if topic.space_id in self.joined:
            yield reason("joined")

    def _shared(self, topic: Topic) -> set[str]:
        words = {name.casefold().replace("-", " ") for name in topic.tag_names}
        words |= {str(each).casefold() for each in topic.space.interests}
        return {said for folded, said in self.interests.items() if folded.replace("-", " ") in words}


def still_visible(actor: Actor, digest: Digest) -> bool:
    """Whether all that the last letter says may still be read by its reader, who still wants to hear it."""
    wanted = set(digest.topics)
    found = Topic.objects.visible_to(actor).here().heard_by(actor).filter(id__in=wanted)
    return digest.rhythm != Digest.Rhythm.NEVER and found.aggregate(count=Count("id"))["count"] == len(wanted)
