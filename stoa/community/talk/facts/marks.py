"""Signs under what was written, and the reply that settled a question."""

from dataclasses import dataclass
from enum import StrEnum

from stoa.base.facts import Fact, fact


class SignKey(StrEnum):
    """The signs that can be left under a topic or a reply."""

    THANKS = "thanks"
    ME_TOO = "me_too"
    HELPFUL = "helpful"
    LOVE = "love"
    LAUGH = "laugh"
    WOW = "wow"
    AGREE = "agree"
    CELEBRATE = "celebrate"
    SAD = "sad"


@fact("talk.marked", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class Marked(Fact):
    """A person left a sign (a key of `signs`) under a topic, or under its `reply`; `author` is whose words they are."""

    topic: int
    space: int
    sign: SignKey
    author: int
    reply: int | None = None


@fact("talk.mark_taken_back", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class MarkTakenBack(Fact):
    topic: int
    space: int
    sign: SignKey
    author: int
    reply: int | None = None


@fact("talk.answer_accepted", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class AnswerAccepted(Fact):
    """`author` is who answered."""

    reply: int
    topic: int
    space: int
    author: int


@fact("talk.acceptance_taken_back", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class AcceptanceTakenBack(Fact):
    reply: int
    topic: int
    space: int
