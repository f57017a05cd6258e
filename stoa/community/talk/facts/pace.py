"""Slow mode: how often each person may reply in a topic."""

from dataclasses import dataclass
from datetime import datetime

from stoa.base.facts import Fact, fact


@fact("talk.slow_mode_set", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class SlowModeSet(Fact):
    """From now on each person may reply once in so many minutes; `until` is None where somebody has to end it."""

    topic: int
    space: int
    minutes: int
    until: datetime | None = None


@fact("talk.slow_mode_ended", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class SlowModeEnded(Fact):
    """By somebody, before its time."""

    topic: int
    space: int
