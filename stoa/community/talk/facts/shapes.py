"""Topics that were split and merged."""

from dataclasses import dataclass

from stoa.base.facts import Fact, fact


@fact("talk.topic_split", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class TopicSplit(Fact):
    """`count` replies left a topic for a new one, `into`, perhaps in another space. Their ids are what they were."""

    topic: int
    space: int
    into: int
    into_space: int
    count: int


@fact("talk.topic_merged", about=("talk.topic", "into"))
@dataclass(frozen=True)
class TopicMerged(Fact):
    """A topic became part of another: its text is the reply `words` there, its replies follow in the order of time."""

    topic: int
    space: int
    into: int
    into_space: int
    words: int
