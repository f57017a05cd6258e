"""What happens to a topic."""

from dataclasses import dataclass
from datetime import datetime

from stoa.base.facts import Fact, fact


@fact("talk.topic_opened", about=("spaces.space", "space"))
@dataclass(frozen=True)
class TopicOpened(Fact):
    """A topic was opened in a space; `mentioned` are the people that its text names."""

    topic: int
    space: int
    mentioned: tuple[int, ...] = ()


@fact("talk.topic_edited", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class TopicEdited(Fact):
    topic: int
    space: int


@fact("talk.topic_closed", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class TopicClosed(Fact):
    topic: int
    space: int


@fact("talk.topic_reopened", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class TopicReopened(Fact):
    topic: int
    space: int


@fact("talk.topic_moved", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class TopicMoved(Fact):
    topic: int
    space: int
    before: int


@fact("talk.topic_withdrawn", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class TopicWithdrawn(Fact):
    """By its author."""

    topic: int
    space: int


@fact("talk.topic_hidden", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class TopicHidden(Fact):
    """By a decision."""

    topic: int
    space: int


@fact("talk.topic_restored", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class TopicRestored(Fact):
    topic: int
    space: int


@fact("talk.topic_pinned", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class TopicPinned(Fact):
    topic: int
    space: int
    until: datetime


@fact("talk.topic_unpinned", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class TopicUnpinned(Fact):
    topic: int
    space: int
