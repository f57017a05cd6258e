"""What this room announces: what became of a connection, and when somebody stopped all sending."""

from dataclasses import dataclass
from datetime import datetime

from stoa.base.facts import Fact, fact

ABOUT = ("networks.channel", "channel")


@fact("networks.channel_connected", about=ABOUT)
@dataclass(frozen=True)
class ChannelConnected(Fact):
    """A channel is connected, for the first time or anew."""

    channel: int
    again: bool


@fact("networks.channel_troubled", about=ABOUT)
@dataclass(frozen=True)
class ChannelTroubled(Fact):
    """The network no longer accepts what opens this channel: a person must connect it again."""

    channel: int


@fact("networks.channel_disconnected", about=ABOUT)
@dataclass(frozen=True)
class ChannelDisconnected(Fact):
    channel: int


@fact("networks.channel_budgeted", about=ABOUT)
@dataclass(frozen=True)
class ChannelBudgeted(Fact):
    """What a channel may spend in a month was set, in hundredths of its network's currency (None: as much as it costs)."""

    channel: int
    hundredths: int | None


@fact("networks.sign_in_ends", about=ABOUT)
@dataclass(frozen=True)
class SignInEnds(Fact):
    """What opens this channel is over for good at `at`, which is within so many days: a person must sign in again before."""

    channel: int
    at: datetime
    days: int


@fact("networks.hold_placed")
@dataclass(frozen=True)
class HoldPlaced(Fact):
    """Sending was stopped for one channel, or for the whole organisation (no channel)."""

    hold: int
    channel: int | None
    until: datetime | None


@fact("networks.hold_lifted")
@dataclass(frozen=True)
class HoldLifted(Fact):
    hold: int
    channel: int | None


@fact("networks.channel_renamed", about=ABOUT)
@dataclass(frozen=True)
class ChannelRenamed(Fact):
    """The account goes by another handle or name there now; it is the same account."""

    channel: int
