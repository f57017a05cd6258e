"""The demo's trust: on which days everybody was here and what they read, and the levels that follow from that as they are counted."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta

from stoa.base import options
from stoa.base.demo import Story
from stoa.community.talk.counting_trust import counts_of, there_is
from stoa.community.talk.levels import earned
from stoa.community.talk.models import DayHere, TrustCount
from stoa.demo_guild.people import people
from stoa.demo_guild.rows import Member
from stoa.people.models import LevelChange, Person

BATCH = 1000
HABITS = {
    "core": (0.72, 4, 12, 1100),
    "regular": (0.4, 2, 7, 600),
    "now and then": (0.14, 1, 5, 400),
    "quiet": (0.03, 1, 3, 240),
}
"""How likely somebody is here on a day, and then: topics looked into, replies read, seconds of reading."""
AFTER = (timedelta(days=2), timedelta(days=40), timedelta(days=120))
"""How long after joining each level is earned at the soonest."""


def fill(story: Story) -> None:
    members = people(story.seed, story.scale)
    DayHere.objects.bulk_create(_days(story, members), batch_size=BATCH)
    known = Person.objects.in_bulk([story.id_of("person", each.key) for each in members])
    levels = dict(_levels(story, list(known)))
    with story.at(story.now):
        TrustCount.objects.bulk_create([TrustCount(person_id=each) for each in known], batch_size=BATCH)
    for number, person in known.items():
        person.level = levels[number]
    Person.objects.bulk_update(known.values(), ["level"], batch_size=200)
    LevelChange.objects.bulk_create(_changes(story, known.values()), batch_size=BATCH)


def _days(story: Story, members: tuple[Member, ...]) -> Iterator[DayHere]:
    """From the day when they joined; newcomers look around more than they will later."""
    today = story.now.date()
    for member in members:
        dice = story.dice(f"here {member.key}")
        likely, topics, replies, seconds = HABITS[member.activity]
        for number in range(min(member.joined_day, 0), 0):
            is_new = number - member.joined_day < 4
            if dice.random() > (min(0.8, likely * 6) if is_new else likely):
                continue
            day = today + timedelta(days=number)
            at = datetime.combine(day, time(20, dice.randint(0, 59)), UTC)
            much = dice.uniform(0.5, 1.6)
            with story.at(at):
                yield DayHere(
                    person_id=story.id_of("person", member.key), day=day, at=at, topics=round((topics + 2 * is_new) * much),
                    replies=round((replies + 8 * is_new) * much), seconds=round((seconds + 200 * is_new) * much),
                )  # fmt: skip


def _levels(story: Story, ids: list[int]) -> Iterator[tuple[int, int]]:
    """As the clock work would count them."""
    values, there = options.values(), there_is(story.now)
    for start in range(0, len(ids), 500):
        for number, counts in counts_of(ids[start : start + 500], story.now).items():
            yield number, earned(counts, values, there)


def _changes(story: Story, known: Iterable[Person]) -> Iterator[LevelChange]:
    for person in known:
        for level in range(1, person.level + 1):
            at = min(person.joined_at + AFTER[level - 1], story.now - timedelta(hours=4 - level))
            with story.at(at):
                yield LevelChange(person=person, before=level - 1, after=level, why=LevelChange.Why.EARNED, at=at)
