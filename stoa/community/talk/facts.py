"""What this room announces."""

from dataclasses import dataclass
from datetime import datetime
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


class IdeaStatus(StrEnum):
    """What became of an idea."""

    OPEN = "open"
    CONSIDERED = "considered"
    PLANNED = "planned"
    DONE = "done"
    DECLINED = "declined"


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


@fact("talk.topic_tagged", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class TopicTagged(Fact):
    """A topic has other tags than before."""

    topic: int
    space: int


@fact("talk.tag_rule_set", about=("talk.tag_rule", "rule"))
@dataclass(frozen=True)
class TagRuleSet(Fact):
    """A tag is renamed, merged into another, or forbidden; in one space, or everywhere."""

    rule: int
    space: int | None
    is_forbidden: bool


@fact("talk.tag_rule_dropped", about=("talk.tag_rule", "rule"))
@dataclass(frozen=True)
class TagRuleDropped(Fact):
    rule: int
    space: int | None
