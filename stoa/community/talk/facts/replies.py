"""What happens to a reply, and to what stood before an edit."""

from dataclasses import dataclass

from stoa.base.facts import Fact, fact


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


@fact("talk.version_removed", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class VersionRemoved(Fact):
    """A former version of a topic, or of its `reply`, was emptied by somebody with the right."""

    former: int
    topic: int
    space: int
    reply: int | None = None


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
