"""What this room announces."""

from dataclasses import dataclass
from enum import Enum

from stoa.base.facts import Fact, fact

SPACE = ("spaces.space", "space")
EVENT = ("gather.event", "event")
GOAL = ("gather.goal", "goal")


class Answer(Enum):
    """What somebody answered to an event: they come, they wait for a seat, they do not come."""

    YES = "yes"
    WAITING = "waiting"
    NO = "no"


@fact("gather.event_planned", about=EVENT)
@dataclass(frozen=True)
class EventPlanned(Fact):
    """An event was planned in a space."""

    event: int
    space: int


@fact("gather.event_changed", about=EVENT)
@dataclass(frozen=True)
class EventChanged(Fact):
    """An event was changed; `moved` when those who come must know: another time, place or online address."""

    event: int
    space: int
    moved: bool


@fact("gather.event_cancelled", about=EVENT)
@dataclass(frozen=True)
class EventCancelled(Fact):
    """An event was cancelled, for a reason that stands in its row."""

    event: int
    space: int


@fact("gather.event_hidden", about=EVENT)
@dataclass(frozen=True)
class EventHidden(Fact):
    """By a decision."""

    event: int
    space: int


@fact("gather.event_restored", about=EVENT)
@dataclass(frozen=True)
class EventRestored(Fact):
    """A decision that hid an event was undone."""

    event: int
    space: int


@fact("gather.rsvp_given", about=EVENT)
@dataclass(frozen=True)
class RsvpGiven(Fact):
    """Somebody answered; who says yes when all seats are taken waits."""

    event: int
    person: int
    answer: Answer


@fact("gather.rsvp_moved_up", about=EVENT)
@dataclass(frozen=True)
class RsvpMovedUp(Fact):
    """A seat became free and the person who had waited longest has it."""

    event: int
    person: int


@fact("gather.attendance_taken", about=EVENT)
@dataclass(frozen=True)
class AttendanceTaken(Fact):
    """A host ticked who came: so many did, so many had said yes and did not."""

    event: int
    came: int
    missed: int


@fact("gather.format_kept", about=SPACE)
@dataclass(frozen=True)
class FormatKept(Fact):
    """A recurring thing to do together was written down for a space."""

    format: int
    space: int


@fact("gather.format_changed", about=SPACE)
@dataclass(frozen=True)
class FormatChanged(Fact):
    """A format was changed, put to rest or taken up again."""

    format: int
    space: int


@fact("gather.format_started", about=SPACE)
@dataclass(frozen=True)
class FormatStarted(Fact):
    """A format became an event or a topic; the occasion names it."""

    format: int
    occasion: int
    space: int


@fact("gather.goal_set", about=GOAL)
@dataclass(frozen=True)
class GoalSet(Fact):
    """The community has a goal, or its goal was reworded."""

    goal: int
    number: int


@fact("gather.contribution_counted", about=GOAL)
@dataclass(frozen=True)
class ContributionCounted(Fact):
    """Something was counted towards the goal."""

    contribution: int
    goal: int
    number: int


@fact("gather.contribution_withdrawn", about=GOAL)
@dataclass(frozen=True)
class ContributionWithdrawn(Fact):
    """Something counted by mistake counts no more."""

    contribution: int
    goal: int
    number: int
