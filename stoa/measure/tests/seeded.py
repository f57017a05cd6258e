"""A seeded world of several hundred people, written straight into the rows: joins by links, words, answers, activity, and every edge."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from stoa.base.facts import Past, announce_past
from stoa.bridge.models import Touch
from stoa.community.talk.facts import ReplyAdded, TopicOpened
from stoa.community.talk.models import Presence, Reply, Topic
from stoa.people.facts import PersonJoined, ProfileEdited
from stoa.people.models import Person
from stoa.social.networks.models import Channel
from stoa.social.networks.tests.makers import make_channel
from stoa.social.publish.models import Click, Delivery, Link, Post
from stoa.spaces.models import Space
from stoa.spaces.tests.makers import make_space

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)
LENGTHS = (timedelta(0), timedelta(microseconds=1), 7 * DAY, 30 * DAY, 37 * DAY)
TICK = timedelta(microseconds=1)
LINKS = 9


def make_channels() -> list[Channel]:
    return [make_channel(handle=handle) for handle in ("porch", "bench", "young")]


def make_link(code: str, channel: Channel | None = None, post: Post | None = None, at: datetime = NOW) -> Link:
    """A link in a published delivery of `post`, or one that stands in no post."""
    sent = None
    if channel:
        post = post or Post.objects.create(what=f"Post {code}", state="planned", at=at)
        sent = Delivery.objects.create(
            post=post, channel=channel, content={"text": code}, request_hash=code, key=f"key-{code}", marker=code,
            planned_for=at, late_after=at, state="published", published_at=at, remote_id=f"remote-{code}",
        )  # fmt: skip
    return Link.objects.create(code=code, target="/join/", delivery=sent, what=f"Link {code}")


class World:
    """People join over 150 days; how long each thing takes is drawn from short, long and exactly the lengths that windows end at."""

    def __init__(self, people: int = 400, seed: int = 11) -> None:
        self.dice = random.Random(seed)
        self.spaces = [make_space("Sewing", "public"), make_space("Wood"), make_space("Crew", "secret")]
        channels = make_channels()
        self.links = [make_link(f"link{n}", channels[n % 4] if n % 4 < 3 else None) for n in range(LINKS)]
        self.people = [self._person(number) for number in range(people)]
        self.facts = [Past(PersonJoined(one.id, None), one.joined_at, one.id) for one in self.people]
        self.topics: list[Topic] = []
        self.replies: list[Reply] = []
        for one in self.people:
            self._live(one)
        Topic.objects.bulk_create(self.topics)
        for answer in self._answers():
            self.replies.append(answer)
        Reply.objects.bulk_create(self.replies)
        announce_past(self.facts)
        self._click()

    def _length(self) -> timedelta:
        if self.dice.random() < 0.25:
            return self.dice.choice(LENGTHS) + self.dice.choice((-TICK, timedelta(0), TICK))
        return timedelta(seconds=self.dice.choice((3_600, 400_000, 3_500_000)) * self.dice.random())

    def _person(self, number: int) -> Person:
        at = NOW - timedelta(seconds=self.dice.randint(0, 150 * 86_400), microseconds=self.dice.choice((0, 250_000)))
        one = Person.objects.create(name=f"Person {number}", standing="member", joined_at=at)
        kept = self.dice.sample(self.links, self.dice.choice((0, 1, 1, 2, 3)))
        Touch.objects.bulk_create(Touch(link=link, person=one, kind="click", at=at - self._length()) for link in kept)
        return one

    def _live(self, one: Person) -> None:
        for _ in range(self.dice.choice((0, 0, 1, 1, 2))):
            at = one.joined_at + self._length()
            self.topics.append(self._topic(one, at))
            self.facts.append(Past(TopicOpened(self.topics[-1].id, self.topics[-1].space_id), at, one.id))
        for _ in range(self.dice.choice((0, 0, 1, 2))):
            self.facts.append(Past(ProfileEdited(one.id), one.joined_at + self._length(), one.id))

    def _topic(self, one: Person, at: datetime) -> Topic:
        return Topic(
            space=self.dice.choice(self.spaces), author=one, title="A zip", opened_at=at, bumped_at=at,
            presence=self.dice.choice((Presence.HERE, Presence.HERE, Presence.HERE, Presence.WITHDRAWN, Presence.HIDDEN)),
        )  # fmt: skip

    def _answers(self) -> Iterator[Reply]:
        """Replies to topics, by others and by their authors; a third of them answer the reply before."""
        for topic in self.topics:
            before: Reply | None = None
            at = topic.opened_at
            for _ in range(self.dice.choice((0, 1, 1, 2, 3))):
                at += abs(self._length())
                author = topic.author if self.dice.random() < 0.2 else self.dice.choice(self.people)
                presence = Presence.HIDDEN if self.dice.random() < 0.1 else Presence.HERE
                answers = before if self.dice.random() < 0.35 else None
                before = Reply(topic=topic, author=author, answers=answers, added_at=at, presence=presence)
                self.facts.append(Past(ReplyAdded(before.id, topic.id, topic.space_id), at, author.id))
                yield before

    def _click(self) -> None:
        rows = {}
        for _ in range(900):
            at = NOW - timedelta(seconds=self.dice.randint(0, 150 * 86_400))
            link, visitor = self.dice.choice(self.links), f"visitor{self.dice.randint(0, 40)}"
            hour = at.replace(minute=0, second=0, microsecond=0)
            rows[link.id, visitor, hour] = Click(link=link, visitor=visitor, hour=hour, at=at)
        Click.objects.bulk_create(rows.values())


def closed_space_ids() -> set[int]:
    return set(Space.objects.filter(visibility__in=("private", "secret")).values_list("id", flat=True))
