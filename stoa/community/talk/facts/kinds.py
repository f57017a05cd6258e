"""Ideas and polls."""

from dataclasses import dataclass
from enum import StrEnum

from stoa.base.facts import Fact, fact


class IdeaStatus(StrEnum):
    """What became of an idea."""

    OPEN = "open"
    CONSIDERED = "considered"
    PLANNED = "planned"
    DONE = "done"
    DECLINED = "declined"


@fact("talk.idea_voted_for", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class IdeaVotedFor(Fact):
    """A person is for an idea."""

    topic: int
    space: int


@fact("talk.idea_vote_taken_back", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class IdeaVoteTakenBack(Fact):
    topic: int
    space: int


@fact("talk.idea_answered", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class IdeaAnswered(Fact):
    """Somebody with the right said what becomes of an idea."""

    topic: int
    space: int
    outcome: int
    status: IdeaStatus


@fact("talk.poll_voted_in", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class PollVotedIn(Fact):
    """A ballot was given or changed. Neither whose nor what: a ballot is secret, so the fact is announced without a person."""

    topic: int
    space: int
