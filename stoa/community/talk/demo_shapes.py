"""The demo's rituals, a topic in slow mode, one that was split, and a planned one."""

from collections.abc import Sequence
from datetime import time, timedelta

from stoa.base import clock, ids
from stoa.base.demo import Story
from stoa.base.facts import Past, announce_past
from stoa.base.models.site import site
from stoa.base.text import write
from stoa.base.walltime import resolve, tzdata_version
from stoa.community.talk import finding
from stoa.community.talk.actions.counting import recount
from stoa.community.talk.actions.shapes import take_over
from stoa.community.talk.facts import RitualKept, SlowModeSet, TopicOpened, TopicPlanned, TopicSplit
from stoa.community.talk.models import PlannedTopic, Presence, Ritual, Split, Topic
from stoa.community.talk.places import copy_places
from stoa.community.talk.planning import next_instants

HOST = "ines"
MOVED = 3
PORCH = (
    "The weekly thread. What is on your bench, what gave you trouble, what worked? A sentence is enough, a picture is better.\n\n"
    "If this is your first week, say hello: somebody answers you."
)
SHOW = (
    "Once a month, the whole thing: **before**, **after**, and the one step that you would do differently.\n\n"
    "Half-finished counts. Please describe your pictures for those who cannot see them."
)


def fill(story: Story, topics: Sequence[Topic]) -> None:
    """What the stewards of the porch and of *Mended* keep up."""
    weekly = {"title": "Porch thread, week {week}", "rhythm": Ritual.Rhythm.WEEKLY, "weekday": 3, "at": time(8)}
    monthly = {"title": "Show and tell, {month}", "rhythm": Ritual.Rhythm.WEEKDAY, "weekday": 5, "at": time(10)}
    _ritual(story, "porch", HOST, PORCH, **weekly)
    _ritual(story, "mended", "vesna", SHOW, **monthly)
    porch = story.id_of("space", "porch")
    talked = sorted((each for each in topics if each.space_id == porch), key=lambda each: each.replies_count)
    recent = [each for each in talked if each.bumped_at > story.now - timedelta(days=60)]
    if len(recent) > 1:
        _slow(story, recent[-1])
        _split(story, recent[-2])
    _plan(story, porch)


def _ritual(story: Story, space: str, keeper: str, words: str, **when: object) -> None:
    with story.at(story.now - timedelta(days=40)):
        ritual = Ritual(
            space_id=story.id_of("space", space), kept_by_id=story.id_of("person", keeper), zone=site().zone,
            tzdata=tzdata_version(), since=clock.now().date(), **when,
        )  # fmt: skip
    ritual.set_text(write(words))
    ritual.due_at = next_instants(ritual, story.now, 1)[0]
    ritual.save(force_insert=True)
    announce_past([Past(RitualKept(ritual.id, ritual.space_id), ritual.made_at, ritual.kept_by_id)])


def _slow(story: Story, topic: Topic) -> None:
    """Everybody wrote at once: for two more days one reply in half an hour."""
    at, until = story.now - timedelta(hours=6), story.now + timedelta(days=2)
    Topic.objects.filter(id=topic.id).update(slow_minutes=30, slow_until=until)
    announce_past([Past(SlowModeSet(topic.id, topic.space_id, 30, until), at, story.id_of("person", HOST))])


def _split(story: Story, topic: Topic) -> None:
    """The last replies of a thread got a topic of their own."""
    here = topic.replies.filter(presence=Presence.HERE).exclude(id=topic.accepted_id or 0).order_by("-id")
    moved = sorted(here[:MOVED], key=lambda reply: reply.id)
    if len(moved) < MOVED:
        return
    at, host = min(moved[-1].added_at + timedelta(hours=3), story.now), story.id_of("person", HOST)
    new = Topic(
        id=ids.before(moved[0].id), space_id=topic.space_id, author_id=host, title="A tangent that deserves its own bench",
        opened_at=moved[0].added_at, bumped_at=moved[0].added_at, reshaped_at=at,
    )  # fmt: skip
    new.set_text(
        write("This began in another thread and took on a life of its own. Go on here; the thread goes on there.")
    )
    new.save(force_insert=True)
    Topic.objects.filter(id=topic.id).update(reshaped_at=at)
    numbers = [reply.id for reply in moved]
    take_over(numbers, new)
    copy_places(topic, new)
    for each in (topic, new):
        recount(each)
    finding.keep_topic(new)
    finding.keep_these(numbers, new)
    Split.objects.create(topic=topic, into=new, count=MOVED, by_id=host, at=at)
    opened, split = (
        TopicOpened(new.id, new.space_id),
        TopicSplit(topic.id, topic.space_id, new.id, new.space_id, MOVED),
    )
    announce_past([Past(opened, at, host), Past(split, at, host)])


def _plan(story: Story, porch: int) -> None:
    """What one member wrote for the end of the week."""
    author = story.id_of("person", "tomasz")
    wall = (story.now + timedelta(days=4)).replace(hour=9, minute=0, second=0, microsecond=0, tzinfo=None)
    moment = resolve(wall, site().zone)
    with story.at(story.now - timedelta(hours=2)):
        planned = PlannedTopic(
            space_id=porch, author_id=author, title="Who comes to the button swap on Saturday?", at=moment.at,
            due_at=moment.at, wall=moment.wall.isoformat(timespec="minutes"), zone=moment.zone, tzdata=moment.tzdata,
        )  # fmt: skip
    planned.set_text(write("Bring the tin that everybody has. I bring tea, and the zips that nobody wanted last time."))
    planned.save(force_insert=True)
    announce_past([Past(TopicPlanned(planned.id, porch, planned.at), planned.planned_at, author)])
