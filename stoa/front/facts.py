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


@fact("front.import_read")
@dataclass(frozen=True)
class ImportRead(Fact):
    """An archive of another community was read; nothing of it is here yet."""

    brought: int


@fact("front.import_confirmed")
@dataclass(frozen=True)
class ImportConfirmed(Fact):
    """A person confirmed which place becomes which space, and for whom; from now on it is carried in."""

    brought: int
    spaces: int


@fact("front.import_paused")
@dataclass(frozen=True)
class ImportPaused(Fact):
    """Somebody stopped an import for a while."""

    brought: int


@fact("front.import_resumed")
@dataclass(frozen=True)
class ImportResumed(Fact):
    """An import goes on, where it stopped or once more from its beginning."""

    brought: int


@fact("front.moved_in")
@dataclass(frozen=True)
class MovedIn(Fact):
    """A whole archive was carried in: how much of it is here. What was said in it was said elsewhere, and is no fact of this house."""

    brought: int
    people: int
    topics: int
    replies: int


@fact("front.claim_letters_written")
@dataclass(frozen=True)
class ClaimLettersWritten(Fact):
    """People who were known elsewhere were written to, that they can take over what they wrote."""

    brought: int
    letters: int
