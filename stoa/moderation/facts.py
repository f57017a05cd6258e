"""What this room announces."""

from dataclasses import dataclass
from enum import Enum

from stoa.base.facts import Fact, fact

CASE = ("moderation.case", "case")


class Outcome(Enum):
    """What a decision does: nothing, take out of sight, warn its author, suspend them until an instant; or, within the space of its case
    alone, let them only read there, or take them out of it, until an instant."""

    KEEP = "keep"
    HIDE = "hide"
    WARN = "warn"
    SUSPEND = "suspend"
    QUIET = "quiet"
    OUT = "out"

    @property
    def is_within(self) -> bool:
        """Whether it reaches no further than one space."""
        return self in (Outcome.QUIET, Outcome.OUT)

    @property
    def lasts(self) -> bool:
        """Whether it restricts the author until an instant."""
        return self is Outcome.SUSPEND or self.is_within


@fact("moderation.report_made", about=CASE)
@dataclass(frozen=True)
class ReportMade(Fact):
    """A member reported something; reports of one thing meet in one case."""

    report: int
    case: int
    clause: int


@fact("moderation.case_opened", about=CASE)
@dataclass(frozen=True)
class CaseOpened(Fact):
    """The first report of something opened a case; `harm` is 1 to 5."""

    case: int
    space: int | None
    harm: int


@fact("moderation.case_escalated", about=CASE)
@dataclass(frozen=True)
class CaseEscalated(Fact):
    """A reporter asked the site's moderators to look at a case of a closed space."""

    case: int
    space: int | None


@fact("moderation.case_decided", about=CASE)
@dataclass(frozen=True)
class CaseDecided(Fact):
    """A case was decided, citing a clause; reasons stand in the decision."""

    case: int
    decision: int
    clause: int
    outcome: Outcome
    space: int | None


@fact("moderation.appeal_filed", about=CASE)
@dataclass(frozen=True)
class AppealFiled(Fact):
    """The author asked somebody else to look again."""

    case: int
    appeal: int


@fact("moderation.appeal_decided", about=CASE)
@dataclass(frozen=True)
class AppealDecided(Fact):
    """Somebody else decided the appeal; upheld, the decision was undone."""

    case: int
    appeal: int
    upheld: bool


@fact("moderation.restriction_ended", about=("people.person", "person"))
@dataclass(frozen=True)
class RestrictionEnded(Fact):
    """A suspension, or a restriction within a space, was over, or was undone by an appeal."""

    restriction: int
    person: int
    by_appeal: bool


@fact("moderation.guidelines_published")
@dataclass(frozen=True)
class GuidelinesPublished(Fact):
    """A version of the guidelines came into force."""

    guidelines: int
    number: int


@fact("moderation.guidelines_accepted", about=("people.person", "person"))
@dataclass(frozen=True)
class GuidelinesAccepted(Fact):
    """Somebody accepted a version."""

    person: int
    guidelines: int
    number: int


@fact("moderation.norms_changed")
@dataclass(frozen=True)
class NormsChanged(Fact):
    """A norm was written or retired."""

    norm: int
