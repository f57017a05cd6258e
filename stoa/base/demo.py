"""What rooms bring to the demo: each room's `demo.py` has `fill(story) -> None` and is called once, in the rooms' order, in one
transaction, in a new and empty folder.

    def fill(story: Story) -> None:
        with story.at(story.now - timedelta(days=3)):        # clock and ids stand there
            topic = Topic(space_id=story.id_of("space", "porch"), …)
        Topic.objects.bulk_create([topic])
        story.remember("topic", "kettle", topic.id)          # rooms above find it by its key
        announce_past([Past(TopicOpened(topic.id, …), topic.opened_at, author_id)])

Rows are written in bulk, with their counters right and their documents in the search index. Facts go through `announce_past`: nobody
hears them, so a room writes here what its subscribers and tasks would have made of them.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib import import_module
from importlib.util import find_spec

from django.db import connection

from stoa.base import clock
from stoa.rooms import ROOMS
from stoa.settings import HOMES


@dataclass
class Story:
    """What all rooms' fillings share: the moment called now, the seed, the scale (1: the demo, 10: ten times as much), and by kind
    and key the ids of what was made so far."""

    now: datetime
    seed: int
    scale: int = 1
    made: dict[str, dict[str, int]] = field(default_factory=dict)

    def remember(self, kind: str, key: str, number: int) -> None:
        self.made.setdefault(kind, {})[key] = number

    def id_of(self, kind: str, key: str) -> int:
        """The id of what a room below, or this one, made. Raises KeyError."""
        return self.made[kind][key]

    def known(self, kind: str, key: str) -> int | None:
        """The same, or None."""
        return self.made.get(kind, {}).get(key)

    def dice(self, name: str) -> random.Random:
        """Chance that is the same for the same seed, one source a name."""
        return random.Random(f"{name} {self.seed}")  # noqa: S311

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        """Within the block it is that moment: for the clock, for defaults of rows and for their ids. Never later than now."""
        with clock.pinned(min(moment, self.now)):
            yield

    def ago(self, offset: timedelta) -> datetime:
        """The instant of an offset from now; negative is the past."""
        return self.now + offset


def rooms_that_fill() -> list[str]:
    """The rooms that bring a `demo.py`, lowest first."""
    return [room.app for room in ROOMS if room.app != "stoa.base" and find_spec(f"{room.app}.demo")]


def fill(story: Story) -> Iterator[str]:
    """Lets the networks that live in this house have their year, then every room fill its part; gives the name of each when it has."""
    for home in HOMES:
        with clock.pinned(story.now):
            import_module(f"{home}.demo").fill(story.seed)
        yield home
    for app in rooms_that_fill():
        import_module(f"{app}.demo").fill(story)
        take_stock()
        yield app


def take_stock() -> None:
    """PostgreSQL plans by what it has counted, and has counted nothing of rows that are this new: later rooms would ask it for minutes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
