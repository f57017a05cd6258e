"""Direct messages: what is said between a few people. Who declined whom is no fact: it is nobody else's business."""

from dataclasses import dataclass

from stoa.base.facts import Fact, fact


@fact("talk.direct_begun", about=("talk.direct", "exchange"))
@dataclass(frozen=True)
class DirectBegun(Fact):
    """Somebody began an exchange with others."""

    exchange: int


@fact("talk.direct_message_sent", about=("talk.direct", "exchange"))
@dataclass(frozen=True)
class DirectMessageSent(Fact):
    exchange: int
    message: int


@fact("talk.direct_accepted", about=("talk.direct", "exchange"))
@dataclass(frozen=True)
class DirectAccepted(Fact):
    """Somebody whom a stranger had asked takes part from now on."""

    exchange: int


@fact("talk.direct_joined", about=("talk.direct", "exchange"))
@dataclass(frozen=True)
class DirectJoined(Fact):
    """`person` was added to a group, by who is told with the fact. `asked`: they may first say whether they want to."""

    exchange: int
    person: int
    asked: bool = False


@fact("talk.direct_left", about=("talk.direct", "exchange"))
@dataclass(frozen=True)
class DirectLeft(Fact):
    """Somebody left a group."""

    exchange: int


@fact("talk.direct_renamed", about=("talk.direct", "exchange"))
@dataclass(frozen=True)
class DirectRenamed(Fact):
    exchange: int


@fact("talk.direct_message_withdrawn", about=("talk.direct", "exchange"))
@dataclass(frozen=True)
class DirectMessageWithdrawn(Fact):
    """By its author."""

    exchange: int
    message: int


@fact("talk.direct_message_hidden", about=("talk.direct", "exchange"))
@dataclass(frozen=True)
class DirectMessageHidden(Fact):
    """By a decision."""

    exchange: int
    message: int


@fact("talk.direct_message_restored", about=("talk.direct", "exchange"))
@dataclass(frozen=True)
class DirectMessageRestored(Fact):
    exchange: int
    message: int
