"""What this room announces."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from stoa.base.facts import Fact, fact

ABOUT = ("bridge.right", "right")


class Cause(Enum):
    """What ended a usage right, or took one of its uses down."""

    AUTHOR = "author"
    DECISION = "decision"
    WITHDRAWN = "withdrawn"
    MOVED = "moved"
    ERASED = "erased"


@fact("bridge.usage_right_requested", about=ABOUT)
@dataclass(frozen=True)
class UsageRightRequested(Fact):
    """A member was asked whether their words may be used."""

    right: int
    topic: int
    author: int


@fact("bridge.usage_right_granted", about=ABOUT)
@dataclass(frozen=True)
class UsageRightGranted(Fact):
    """The author agreed to what was asked."""

    right: int
    until: datetime


@fact("bridge.usage_right_narrowed", about=ABOUT)
@dataclass(frozen=True)
class UsageRightNarrowed(Fact):
    """The author agreed to terms of their own: these count."""

    right: int
    until: datetime


@fact("bridge.usage_right_declined", about=ABOUT)
@dataclass(frozen=True)
class UsageRightDeclined(Fact):
    right: int


@fact("bridge.usage_right_withdrawn", about=ABOUT)
@dataclass(frozen=True)
class UsageRightWithdrawn(Fact):
    """It holds no longer, and every use of it is taken down: `uses` of them."""

    right: int
    cause: Cause
    uses: int


@fact("bridge.usage_right_expired", about=ABOUT)
@dataclass(frozen=True)
class UsageRightExpired(Fact):
    """Its time is over: nothing new goes out under it."""

    right: int


@fact("bridge.use_started", about=ABOUT)
@dataclass(frozen=True)
class UseStarted(Fact):
    """A member's words are on a network."""

    right: int
    use: int
    delivery: int


@fact("bridge.use_taken_down", about=ABOUT)
@dataclass(frozen=True)
class UseTakenDown(Fact):
    """The network was asked to take a use down, and answered: is it `gone`?"""

    right: int
    use: int
    delivery: int
    gone: bool


@fact("bridge.campaign_made", about=("bridge.campaign", "campaign"))
@dataclass(frozen=True)
class CampaignMade(Fact):
    """An effort with a goal was begun."""

    campaign: int


@fact("bridge.touch_kept", about=("people.person", "person"))
@dataclass(frozen=True)
class TouchKept(Fact):
    """A person whom we know came through a link: as they joined, or since."""

    touch: int
    link: int
    person: int
    join: bool


@fact("bridge.loop_opened", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class LoopOpened(Fact):
    """What somebody said outside became a topic here."""

    loop: int
    conversation: int
    topic: int


@fact("bridge.loop_answered", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class LoopAnswered(Fact):
    """The topic has its first answer: they can be told."""

    loop: int
    topic: int


@fact("bridge.loop_closed", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class LoopClosed(Fact):
    """They were told, where they asked."""

    loop: int
    topic: int
    delivery: int
