"""What this room announces, one noun per file."""

from stoa.community.talk.facts.kinds import (
    IdeaAnswered,
    IdeaStatus,
    IdeaVotedFor,
    IdeaVoteTakenBack,
    PollVotedIn,
)
from stoa.community.talk.facts.marks import (
    AcceptanceTakenBack,
    AnswerAccepted,
    Marked,
    MarkTakenBack,
    SignKey,
)
from stoa.community.talk.facts.pace import SlowModeEnded, SlowModeSet
from stoa.community.talk.facts.people import Introduced
from stoa.community.talk.facts.replies import (
    ReplyAdded,
    ReplyEdited,
    ReplyHidden,
    ReplyRestored,
    ReplyWithdrawn,
    VersionRemoved,
)
from stoa.community.talk.facts.tags import (
    TagRuleDropped,
    TagRuleSet,
    TopicTagged,
)
from stoa.community.talk.facts.topics import (
    TopicClosed,
    TopicEdited,
    TopicHidden,
    TopicMoved,
    TopicOpened,
    TopicPinned,
    TopicReopened,
    TopicRestored,
    TopicUnpinned,
    TopicWithdrawn,
)

__all__ = [
    "AcceptanceTakenBack",
    "AnswerAccepted",
    "IdeaAnswered",
    "IdeaStatus",
    "IdeaVoteTakenBack",
    "IdeaVotedFor",
    "Introduced",
    "MarkTakenBack",
    "Marked",
    "PollVotedIn",
    "ReplyAdded",
    "ReplyEdited",
    "ReplyHidden",
    "ReplyRestored",
    "ReplyWithdrawn",
    "SignKey",
    "SlowModeEnded",
    "SlowModeSet",
    "TagRuleDropped",
    "TagRuleSet",
    "TopicClosed",
    "TopicEdited",
    "TopicHidden",
    "TopicMoved",
    "TopicOpened",
    "TopicPinned",
    "TopicReopened",
    "TopicRestored",
    "TopicTagged",
    "TopicUnpinned",
    "TopicWithdrawn",
    "VersionRemoved",
]
