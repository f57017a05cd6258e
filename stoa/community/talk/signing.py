"""What the demo's members left under each other's words: signs, answers that settled a question, and the notices of all that."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from stoa.base.demo import Story
from stoa.base.facts import Past
from stoa.base.things import Reference
from stoa.community.talk.facts import AnswerAccepted, Marked, SignKey
from stoa.community.talk.models import Mark, Presence, Reply, Topic
from stoa.people.models import Notice

SEASON = timedelta(days=90)  # so far back signs are drawn; before, nobody used them
KEPT, UNREAD = timedelta(days=21), 3  # how far back notices go, and how many of the newest nobody has read yet
ON_REPLIES = ((SignKey.HELPFUL, 0.16), (SignKey.THANKS, 0.1), (SignKey.LAUGH, 0.06), (SignKey.LOVE, 0.05))
ON_TOPICS = ((SignKey.ME_TOO, 0.3), (SignKey.CELEBRATE, 0.08), (SignKey.LOVE, 0.08))
THANKED, SETTLED = 0.4, 0.55  # how often who asked thanks for a reply, and says that one settled it


@dataclass
class Signed:
    """What is to be written, and who is told."""

    marks: list[Mark] = field(default_factory=list)
    facts: list[Past] = field(default_factory=list)
    notices: dict[tuple[int, str, Reference], Notice] = field(default_factory=dict)


class Signing:
    """Goes through the threads, oldest first. Who has written in a space leaves signs there; `told` are those who get notices."""

    def __init__(self, story: Story, told: set[int]) -> None:
        self.story, self.told, self.signed = story, told, Signed()
        self.dice = story.dice("signs")
        self.writers: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
        self.seen: set[tuple[int, int, SignKey]] = set()

    def go_through(self, topic: Topic, replies: list[Reply], answer: int | None) -> None:
        """One thread with its replies in order; `answer` is the id of the reply that its asker took, where the story says so."""
        here = [reply for reply in replies if reply.presence == Presence.HERE]
        self.writers[topic.space_id].append((topic.opened_at, topic.author_id))
        self.writers[topic.space_id] += [(reply.added_at, reply.author_id) for reply in here]
        self._tell_of_replies(topic, here)
        self._settle(topic, here, answer)
        if topic.opened_at < self.story.now - SEASON or topic.space.ask_team:
            return
        self._mark(topic, None, ON_TOPICS if topic.kind == Topic.Kind.QUESTION else ON_TOPICS[1:])
        for reply in here:
            if reply.author_id != topic.author_id and self.dice.random() < THANKED:
                self._leave(topic, reply, topic.author_id, SignKey.THANKS)
            self._mark(topic, reply, ON_REPLIES)

    def _tell_of_replies(self, topic: Topic, here: list[Reply]) -> None:
        follow = {topic.author_id}
        for reply in here:
            for person_id in follow - {reply.author_id}:
                self._tell(person_id, "talk.reply", ("talk.topic", topic.id), reply.author_id, reply.added_at)
            follow.add(reply.author_id)

    def _settle(self, topic: Topic, here: list[Reply], answer: int | None) -> None:
        others = [reply for reply in here if reply.author_id != topic.author_id]
        if topic.kind != Topic.Kind.QUESTION or not others:
            return
        by_chance = others[0].id if self.dice.random() < SETTLED else None
        reply = next((each for each in others if each.id == (answer or by_chance)), None)
        if reply is None:
            return
        moment = min(reply.added_at + timedelta(minutes=self.dice.randint(9, 900)), self.story.now)
        topic.accepted = reply
        fact = AnswerAccepted(reply.id, topic.id, topic.space_id, reply.author_id)
        self.signed.facts.append(Past(fact, moment, topic.author_id))
        self._tell(reply.author_id, "talk.settled", ("talk.reply", reply.id), topic.author_id, moment)

    def _mark(self, topic: Topic, reply: Reply | None, chances: tuple[tuple[SignKey, float], ...]) -> None:
        for sign, chance in chances:
            while self.dice.random() < chance:
                since, person_id = self.dice.choice(self.writers[topic.space_id])
                if since <= (reply.added_at if reply else topic.opened_at):
                    self._leave(topic, reply, person_id, sign)

    def _leave(self, topic: Topic, reply: Reply | None, person_id: int, sign: SignKey) -> None:
        on, at = (reply, reply.added_at) if reply else (topic, topic.opened_at)
        moment = at + timedelta(minutes=self.dice.randint(4, 1500))
        if person_id == on.author_id or moment > self.story.now or (on.id, person_id, sign) in self.seen:
            return
        self.seen.add((on.id, person_id, sign))
        with self.story.at(moment):
            self.signed.marks.append(Mark(topic=topic, reply=reply, person_id=person_id, sign=sign))
        fact = Marked(topic.id, topic.space_id, sign, on.author_id, reply.id if reply else None)
        self.signed.facts.append(Past(fact, moment, person_id))
        if sign == SignKey.THANKS:
            thing = ("talk.reply", reply.id) if reply else ("talk.topic", topic.id)
            self._tell(on.author_id, "talk.thanks", thing, person_id, moment)

    def _tell(self, person_id: int, kind: str, thing: Reference, by_id: int, moment: datetime) -> None:
        """A line of the list of notices, merged with an earlier one as `people` merges them."""
        if person_id not in self.told or moment < self.story.now - KEPT:
            return
        with self.story.at(moment):
            row = Notice(person_id=person_id, kind=kind, thing_key=thing[0], thing_id=thing[1], count=0)
        row = self.signed.notices.setdefault((person_id, kind, thing), row)
        row.count, row.last_at, row.by_id = row.count + 1, max(row.last_at, moment), by_id

    def notices(self) -> list[Notice]:
        """The lists of notices: each person has read all but the newest."""
        unread: Counter[int] = Counter()
        rows = sorted(self.signed.notices.values(), key=lambda row: (row.last_at, row.id), reverse=True)
        for row in rows:
            unread[row.person_id] += 1
            if unread[row.person_id] > UNREAD:
                row.read_at = min(row.last_at + timedelta(hours=5), self.story.now)
        return rows
