"""Topics that open by themselves again and again."""

from dataclasses import dataclass
from datetime import datetime

from stoa.base.facts import Fact, fact


@fact("talk.ritual_kept", about=("talk.ritual", "ritual"))
@dataclass(frozen=True)
class RitualKept(Fact):
    ritual: int
    space: int


@fact("talk.ritual_changed", about=("talk.ritual", "ritual"))
@dataclass(frozen=True)
class RitualChanged(Fact):
    ritual: int
    space: int


@fact("talk.ritual_paused", about=("talk.ritual", "ritual"))
@dataclass(frozen=True)
class RitualPaused(Fact):
    """By somebody, or (`by_itself`) because its keeper may not open topics there any more."""

    ritual: int
    space: int
    by_itself: bool = False


@fact("talk.ritual_resumed", about=("talk.ritual", "ritual"))
@dataclass(frozen=True)
class RitualResumed(Fact):
    ritual: int
    space: int


@fact("talk.ritual_ended", about=("talk.ritual", "ritual"))
@dataclass(frozen=True)
class RitualEnded(Fact):
    ritual: int
    space: int


@fact("talk.ritual_opened", about=("talk.ritual", "ritual"))
@dataclass(frozen=True)
class RitualOpened(Fact):
    """It opened the topic of one of its instants."""

    ritual: int
    space: int
    topic: int
    instant: datetime
