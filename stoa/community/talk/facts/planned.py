"""Topics that are written now and opened later. They are about the planned topic, which its author alone may see."""

from dataclasses import dataclass
from datetime import datetime

from stoa.base.facts import Fact, fact


@fact("talk.topic_planned", about=("talk.planned_topic", "planned"))
@dataclass(frozen=True)
class TopicPlanned(Fact):
    planned: int
    space: int
    at: datetime


@fact("talk.planned_topic_changed", about=("talk.planned_topic", "planned"))
@dataclass(frozen=True)
class PlannedTopicChanged(Fact):
    planned: int
    space: int
    at: datetime


@fact("talk.planned_topic_dropped", about=("talk.planned_topic", "planned"))
@dataclass(frozen=True)
class PlannedTopicDropped(Fact):
    """By its author: it will not be opened."""

    planned: int
    space: int


@fact("talk.planned_topic_held", about=("talk.planned_topic", "planned"))
@dataclass(frozen=True)
class PlannedTopicHeld(Fact):
    """Its time had come, and its author might not open it."""

    planned: int
    space: int


@fact("talk.planned_topic_opened", about=("talk.planned_topic", "planned"))
@dataclass(frozen=True)
class PlannedTopicOpened(Fact):
    """It is a topic now, like any other."""

    planned: int
    space: int
    topic: int
