"""The same figures a second time: from the rows, in plain Python, with the formulas alone."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from stoa.base.models import FactRow
from stoa.bridge import models as kept
from stoa.community.talk.models import Presence, Reply, Topic
from stoa.measure.days import Days, day_of
from stoa.measure.formulas.attribution import Conversion, Touch, touches_that_count
from stoa.measure.formulas.funnel import ordered_funnel
from stoa.measure.formulas.retention import Stay, stay_of
from stoa.measure.formulas.survival import Wait, wait_of
from stoa.measure.tests.seeded import closed_space_ids

WEEK = timedelta(days=7)
STEPS = ("join", "words", "answer")
FAR = timedelta(days=3650)


def came_plainly(days: Days, *, touch: str) -> Counter[tuple[object, ...]]:
    """(day, via, wrote, answered, here) → people, as `readers.joined.came` counts them."""
    found: Counter[tuple[object, ...]] = Counter()
    topics, replies, facts = list(Topic.objects.select_related("space")), all_replies(), list(FactRow.objects.all())
    for joined in facts:
        if joined.name == "people.person_joined" and joined.at in days.period:
            person = joined.about_id or 0
            steps = depth(person, joined.at, topics, replies)
            active = [fact.at for fact in facts if fact.by_id == person and is_seen(fact)]
            here = stay_of(joined.at, active, now=joined.at + FAR) is Stay.HERE
            via = link_of(person, joined.at, touch)
            found[day_of(joined.at, days.zone), via, steps > 1, steps > 2, here] += 1
    return found


def all_replies() -> list[Reply]:
    return list(Reply.objects.select_related("topic__space", "answers"))


def depth(person: int, joined: datetime, topics: Iterable[Topic], replies: Iterable[Reply]) -> int:
    """How many steps of join, words, answer they reached, counted by the formula."""
    own = [each for each in topics if each.author_id == person and counts(each)]
    said = [each for each in replies if each.author_id == person and counts(each)]
    heard = [
        each.added_at for each in replies if counts(each) and each.author_id != person and hears(person, joined, each)
    ]
    words = [*(each.opened_at for each in own), *(each.added_at for each in said)]
    journey = {"join": [joined], "words": words, "answer": heard}
    return sum(ordered_funnel([journey], STEPS, window=WEEK, now=joined + FAR).reached)


def counts(words: Topic | Reply) -> bool:
    space = words.space if isinstance(words, Topic) else words.topic.space
    return words.presence != Presence.HIDDEN and space.visibility in ("public", "members")


def hears(person: int, joined: datetime, reply: Reply) -> bool:
    """Whether this reply answers words of theirs that count and were written since they joined."""
    topic, answered = reply.topic, reply.answers
    to_topic = topic.author_id == person and counts(topic) and topic.opened_at >= joined
    to_reply = answered and answered.author_id == person and answered.presence != Presence.HIDDEN
    return bool(to_topic or (answered and to_reply and answered.added_at >= joined))


def is_seen(fact: FactRow) -> bool:
    return fact.name != "people.person_erased" and fact.content.get("space") not in closed_space_ids()


def link_of(person: int, joined: datetime, touch: str) -> str:
    rows = kept.Touch.objects.filter(person=person).order_by("at", "id").select_related("link")
    touches = tuple(Touch(row.link.code, row.at) for row in rows)
    found = touches_that_count(Conversion(joined, touches), collapse_repeats=False)
    return found[0 if touch == "first" else -1].link if found else ""


def waits_plainly(days: Days, now: datetime) -> list[Wait]:
    """How long topics waited, as `readers.waits.topic_waits` counts them."""
    found = []
    for topic in Topic.objects.select_related("space"):
        asks = topic.kind in ("discussion", "question", "idea")
        if not (asks and topic.opened_at in days.period and topic.opened_at <= now and topic.presence == Presence.HERE):
            continue
        if topic.space is not None and topic.space.visibility in ("public", "members"):
            until = now if topic.answered_at or not topic.closed_at else min(topic.closed_at, now)
            until = max(until, topic.opened_at)
            found.append(wait_of(topic.opened_at, topic.answered_at, watched_until=until, unit=timedelta(hours=1)))
    return found
