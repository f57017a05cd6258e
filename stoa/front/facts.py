"""What this room announces. Rows of Today are not stored, so a mark's fact names the mark."""

from dataclasses import dataclass
from datetime import datetime

from stoa.base.facts import Fact, fact


@fact("front.work_snoozed")
@dataclass(frozen=True)
class WorkSnoozed(Fact):
    """Somebody put a row of Today off until an instant."""

    mark: int
    until: datetime


@fact("front.work_handed_over")
@dataclass(frozen=True)
class WorkHandedOver(Fact):
    """Somebody gave a row of Today to another of the staff."""

    mark: int
    to: int


@fact("front.work_not_needed")
@dataclass(frozen=True)
class WorkNotNeeded(Fact):
    """Somebody decided that a row of Today needs nothing, for a reason that stands in the mark."""

    mark: int


@fact("front.work_taken_back")
@dataclass(frozen=True)
class WorkTakenBack(Fact):
    """A mark was taken away: the row is there again."""

    mark: int


@fact("front.community_begun")
@dataclass(frozen=True)
class CommunityBegun(Fact):
    """The first-run set-up was finished; `person` became the owner."""

    person: int
    spaces: int
