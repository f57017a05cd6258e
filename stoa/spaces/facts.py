"""What this room announces."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from stoa.base.facts import Fact, fact

ABOUT = ("spaces.space", "space")


class SightKind(Enum):
    """As whom the place can be seen."""

    VISITOR = "visitor"
    NEWCOMER = "newcomer"
    MEMBER = "member"


@fact("spaces.space_made", about=ABOUT)
@dataclass(frozen=True)
class SpaceMade(Fact):
    """A space was made."""

    space: int


@fact("spaces.space_changed", about=ABOUT)
@dataclass(frozen=True)
class SpaceChanged(Fact):
    """Settings were changed; who can read may have changed with them."""

    space: int
    sight_changed: bool


@fact("spaces.space_joined", about=ABOUT)
@dataclass(frozen=True)
class SpaceJoined(Fact):
    """Somebody came into a space, perhaps by an invitation."""

    space: int
    person: int
    invitation: int | None = None


@fact("spaces.space_left", about=ABOUT)
@dataclass(frozen=True)
class SpaceLeft(Fact):
    """Somebody gave up their place in a space."""

    space: int
    person: int


@fact("spaces.application_made", about=ABOUT)
@dataclass(frozen=True)
class ApplicationMade(Fact):
    """Somebody asked to come into a space."""

    space: int
    application: int
    person: int


@fact("spaces.application_decided", about=ABOUT)
@dataclass(frozen=True)
class ApplicationDecided(Fact):
    """A person decided an application, with reasons that stand in its row."""

    space: int
    application: int
    person: int
    accepted: bool


@fact("spaces.invitation_made")
@dataclass(frozen=True)
class InvitationMade(Fact):
    """An invitation was made, to the community or into a space."""

    invitation: int
    space: int | None
    ends: datetime


@fact("spaces.invitation_revoked")
@dataclass(frozen=True)
class InvitationRevoked(Fact):
    """An invitation was taken back; who came by it stays."""

    invitation: int
    space: int | None


@fact("spaces.role_granted", about=("people.person", "person"))
@dataclass(frozen=True)
class RoleGranted(Fact):
    """A person was given a role, in the whole site when neither space nor channel is named."""

    person: int
    role: int
    space: int | None
    channel: int | None = None


@fact("spaces.role_taken", about=("people.person", "person"))
@dataclass(frozen=True)
class RoleTaken(Fact):
    """A role was taken from a person."""

    person: int
    role: int
    space: int | None
    channel: int | None = None


@fact("spaces.role_changed")
@dataclass(frozen=True)
class RoleChanged(Fact):
    """What a role may do was changed."""

    role: int


@fact("spaces.role_made")
@dataclass(frozen=True)
class RoleMade(Fact):
    """A role was composed by the community."""

    role: int


@fact("spaces.role_removed")
@dataclass(frozen=True)
class RoleRemoved(Fact):
    """A composed role was removed; its holders went to another role, or hold none in its place."""

    role: int
    into: int | None


@fact("spaces.names_listed", about=ABOUT)
@dataclass(frozen=True)
class NamesListed(Fact):
    """An owner saw the name of a closed space, for a reason that stands in the row."""

    space: int
    glass: int


@fact("spaces.glass_broken", about=ABOUT)
@dataclass(frozen=True)
class GlassBroken(Fact):
    """An owner got sight of a closed space for a day, for a reason that stands in the row."""

    space: int
    glass: int
    until: datetime


@fact("spaces.sight_begun")
@dataclass(frozen=True)
class SightBegun(Fact):
    """Somebody began to see the place as a visitor, a newcomer or a member of a space would, reading only."""

    kind: SightKind
    space: int | None
    until: datetime


@fact("spaces.sight_ended")
@dataclass(frozen=True)
class SightEnded(Fact):
    """They ended it before its time was over."""

    kind: SightKind
    space: int | None


class RestrictionKind(Enum):
    """What a restriction within a space takes: writing there, or being there."""

    QUIET = "quiet"
    OUT = "out"


@fact("spaces.person_restricted", about=ABOUT)
@dataclass(frozen=True)
class PersonRestricted(Fact):
    """Somebody may not write in a space, or was taken out of it, until an instant."""

    space: int
    person: int
    restriction: int
    kind: RestrictionKind
    until: datetime


@fact("spaces.restriction_lifted", about=ABOUT)
@dataclass(frozen=True)
class RestrictionLifted(Fact):
    """A restriction within a space was over, or was undone before its end (`early`)."""

    space: int
    person: int
    restriction: int
    early: bool


@fact("spaces.heading_made")
@dataclass(frozen=True)
class HeadingMade(Fact):
    """A heading was made, under which spaces can stand."""

    heading: int


@fact("spaces.heading_changed")
@dataclass(frozen=True)
class HeadingChanged(Fact):
    """A heading got another title or another place."""

    heading: int


@fact("spaces.heading_removed")
@dataclass(frozen=True)
class HeadingRemoved(Fact):
    """A heading was removed; its spaces stand under none."""

    heading: int
