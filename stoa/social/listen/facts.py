"""What this room announces: who spoke, what we answered, what became of a conversation, and that numbers were read."""

from dataclasses import dataclass
from datetime import datetime

from stoa.base.facts import Fact, fact

ABOUT = ("listen.conversation", "conversation")


@fact("listen.channel_heard", about=("listen.channel", "channel"))
@dataclass(frozen=True)
class ChannelHeard(Fact):
    """So many new messages came on this channel, or a person changed what its inbox shows (0)."""

    channel: int
    messages: int


@fact("listen.conversation_opened", about=ABOUT)
@dataclass(frozen=True)
class ConversationOpened(Fact):
    """Somebody began to speak to us. `delivery` is our post that they answered; `mention`: they spoke of their own accord."""

    conversation: int
    channel: int
    identity: int
    delivery: int | None
    mention: bool
    at: datetime


@fact("listen.message_heard", about=ABOUT)
@dataclass(frozen=True)
class MessageHeard(Fact):
    """`at` is when it was said there."""

    message: int
    conversation: int
    channel: int
    at: datetime


@fact("listen.message_gone", about=ABOUT)
@dataclass(frozen=True)
class MessageGone(Fact):
    """Its network does not have it any more."""

    message: int
    conversation: int
    channel: int


@fact("listen.message_hidden", about=ABOUT)
@dataclass(frozen=True)
class MessageHidden(Fact):
    """By a decision."""

    message: int
    conversation: int
    channel: int


@fact("listen.message_restored", about=ABOUT)
@dataclass(frozen=True)
class MessageRestored(Fact):
    message: int
    conversation: int
    channel: int


@fact("listen.answer_written", about=ABOUT)
@dataclass(frozen=True)
class AnswerWritten(Fact):
    """Somebody of ours wrote an answer; it is on its way."""

    message: int
    conversation: int
    channel: int
    delivery: int


@fact("listen.answer_moved", about=ABOUT)
@dataclass(frozen=True)
class AnswerMoved(Fact):
    """The sending of an answer has another state."""

    message: int
    conversation: int
    channel: int


@fact("listen.conversation_answered", about=ABOUT)
@dataclass(frozen=True)
class ConversationAnswered(Fact):
    """An answer of ours stands on the network. `waited` seconds since they spoke; `first`: the first of this conversation."""

    conversation: int
    channel: int
    message: int
    first: bool
    waited: int


@fact("listen.conversation_closed", about=ABOUT)
@dataclass(frozen=True)
class ConversationClosed(Fact):
    """Nothing more is needed; `answered`: whether we had answered."""

    conversation: int
    channel: int
    answered: bool


@fact("listen.conversation_reopened", about=ABOUT)
@dataclass(frozen=True)
class ConversationReopened(Fact):
    """By a person, or because they spoke again."""

    conversation: int
    channel: int


@fact("listen.conversation_assigned", about=ABOUT)
@dataclass(frozen=True)
class ConversationAssigned(Fact):
    """To a person, or to nobody."""

    conversation: int
    channel: int
    to: int | None


@fact("listen.conversation_snoozed", about=ABOUT)
@dataclass(frozen=True)
class ConversationSnoozed(Fact):
    """Out of the way until then, or back (no instant). The wait goes on."""

    conversation: int
    channel: int
    until: datetime | None


@fact("listen.conversation_sorted", about=ABOUT)
@dataclass(frozen=True)
class ConversationSorted(Fact):
    """A person said what it is about: the position in the list of matters."""

    conversation: int
    channel: int
    matter: int


@fact("listen.conversation_forgotten", about=ABOUT)
@dataclass(frozen=True)
class ConversationForgotten(Fact):
    """The time for which a stranger's words are kept was over, or the person left."""

    conversation: int
    channel: int
    messages: int


@fact("listen.reading_taken", about=("publish.delivery", "delivery"))
@dataclass(frozen=True)
class ReadingTaken(Fact):
    """So many numbers of a post were read; those that its network does not offer counted apart."""

    delivery: int
    channel: int
    offered: int
    not_offered: int
