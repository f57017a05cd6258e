"""What this room announces."""

from dataclasses import dataclass
from datetime import datetime

from stoa.base.facts import Fact, fact

ABOUT = ("people.person", "person")


@fact("people.person_signed_up", about=ABOUT)
@dataclass(frozen=True)
class PersonSignedUp(Fact):
    """Somebody made an account; how they came stands in the sign-up's row."""

    person: int
    sign_up: int


@fact("people.person_joined", about=ABOUT)
@dataclass(frozen=True)
class PersonJoined(Fact):
    """Somebody went through the door. How they came stands in the sign-up's row, if there is one."""

    person: int
    sign_up: int | None


@fact("people.door_answered", about=ABOUT)
@dataclass(frozen=True)
class DoorAnswered(Fact):
    """Somebody answered what is asked at the door; `answers` of them were not empty."""

    person: int
    answers: int


@fact("people.profile_edited", about=ABOUT)
@dataclass(frozen=True)
class ProfileEdited(Fact):
    """Somebody changed what they say about themselves."""

    person: int


@fact("people.person_suspended", about=ABOUT)
@dataclass(frozen=True)
class PersonSuspended(Fact):
    """All rights were taken from a member until the instant (None: until reinstated)."""

    person: int
    until: datetime | None


@fact("people.person_reinstated", about=ABOUT)
@dataclass(frozen=True)
class PersonReinstated(Fact):
    """A suspension was ended before its time."""

    person: int


@fact("people.level_changed", about=ABOUT)
@dataclass(frozen=True)
class LevelChanged(Fact):
    """A trust level was computed anew, or given by hand, and differs."""

    person: int
    before: int
    after: int


@fact("people.level_locked", about=ABOUT)
@dataclass(frozen=True)
class LevelLocked(Fact):
    """The team keeps somebody's trust level as it is, whatever is counted."""

    person: int


@fact("people.level_unlocked", about=ABOUT)
@dataclass(frozen=True)
class LevelUnlocked(Fact):
    """Somebody's trust level is counted again."""

    person: int


@fact("people.link_proven", about=ABOUT)
@dataclass(frozen=True)
class LinkProven(Fact):
    """The page behind a link of somebody's profile links back to them."""

    person: int
    link: int


@fact("people.link_proof_lost", about=ABOUT)
@dataclass(frozen=True)
class LinkProofLost(Fact):
    """The page behind a proven link did not link back twice in a row."""

    person: int
    link: int


@fact("people.person_blocked", about=ABOUT)
@dataclass(frozen=True)
class PersonBlocked(Fact):
    """Somebody does not want to hear from another person (block or mute)."""

    person: int
    other: int


@fact("people.person_unblocked", about=ABOUT)
@dataclass(frozen=True)
class PersonUnblocked(Fact):
    """A block or mute was taken back."""

    person: int
    other: int


@fact("people.purpose_set")
@dataclass(frozen=True)
class PurposeSet(Fact):
    """The sentence that says what the community is for was written or changed."""


@fact("people.door_question_changed")
@dataclass(frozen=True)
class DoorQuestionChanged(Fact):
    """A question at the door was added, reworded or retired."""

    question: int


@fact("people.profile_field_changed")
@dataclass(frozen=True)
class ProfileFieldChanged(Fact):
    """What people are asked to say about themselves was added, changed, moved, archived or brought back."""

    field: int


@fact("people.profile_field_asked")
@dataclass(frozen=True)
class ProfileFieldAsked(Fact):
    """A field is asked of everyone who is here: each is told once."""

    field: int


@fact("people.person_exported", about=ABOUT)
@dataclass(frozen=True)
class PersonExported(Fact):
    """Somebody took a copy of all that is known of them."""

    person: int


@fact("people.person_erased", about=ABOUT)
@dataclass(frozen=True)
class PersonErased(Fact):
    """Somebody left: their row is empty and nothing of theirs remains."""

    person: int


@fact("people.address_proven", about=ABOUT)
@dataclass(frozen=True)
class AddressProven(Fact):
    """Somebody at the door proved that who reads the mail of their address is who joined with it."""

    person: int


@fact("people.person_claimed", about=ABOUT)
@dataclass(frozen=True)
class PersonClaimed(Fact):
    """Somebody who signed up took over a person known from elsewhere by the address that they confirmed; `was` is the empty row that
    their sign-up had made."""

    person: int
    was: int


@fact("people.claim_declined", about=ABOUT)
@dataclass(frozen=True)
class ClaimDeclined(Fact):
    """The holder of an address said that they are not the person who was known by it elsewhere."""

    person: int
