"""What this room announces."""

from dataclasses import dataclass

from stoa.base.facts import Fact, fact


@fact("talk.introduced", about=("people.person", "newcomer"))
@dataclass(frozen=True)
class Introduced(Fact):
    """Somebody of the team brought a newcomer and a member together."""

    newcomer: int
    welcomer: int


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


@fact("talk.reply_added", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class ReplyAdded(Fact):
    """`first_answer` is true when it is the first reply by somebody other than the topic's author."""

    reply: int
    topic: int
    space: int
    first_answer: bool = False
    mentioned: tuple[int, ...] = ()


@fact("talk.reply_edited", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class ReplyEdited(Fact):
    reply: int
    topic: int
    space: int


@fact("talk.reply_withdrawn", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class ReplyWithdrawn(Fact):
    """By its author."""

    reply: int
    topic: int
    space: int


@fact("talk.reply_hidden", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class ReplyHidden(Fact):
    """By a decision."""

    reply: int
    topic: int
    space: int


@fact("talk.reply_restored", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class ReplyRestored(Fact):
    reply: int
    topic: int
    space: int
