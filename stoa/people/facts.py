"""What this room announces."""

from dataclasses import dataclass
from datetime import datetime

from stoa.base.facts import Fact, fact

ABOUT = ("people.person", "person")


@fact("people.person_signed_up", about=ABOUT)
@dataclass(frozen=True)
class PersonSignedUp(Fact):
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
    person: int
    answers: int


@fact("people.profile_edited", about=ABOUT)
@dataclass(frozen=True)
class ProfileEdited(Fact):
    person: int


@fact("people.person_suspended", about=ABOUT)
@dataclass(frozen=True)
class PersonSuspended(Fact):
    person: int
    until: datetime | None


@fact("people.person_reinstated", about=ABOUT)
@dataclass(frozen=True)
class PersonReinstated(Fact):
    person: int


@fact("people.level_changed", about=ABOUT)
@dataclass(frozen=True)
class LevelChanged(Fact):
    person: int
    before: int
    after: int


@fact("people.person_blocked", about=ABOUT)
@dataclass(frozen=True)
class PersonBlocked(Fact):
    person: int
    other: int


@fact("people.person_unblocked", about=ABOUT)
@dataclass(frozen=True)
class PersonUnblocked(Fact):
    person: int
    other: int


@fact("people.purpose_set")
@dataclass(frozen=True)
class PurposeSet(Fact):
    pass


@fact("people.door_question_changed")
@dataclass(frozen=True)
class DoorQuestionChanged(Fact):
    question: int


@fact("people.person_exported", about=ABOUT)
@dataclass(frozen=True)
class PersonExported(Fact):
    person: int


@fact("people.person_erased", about=ABOUT)
@dataclass(frozen=True)
class PersonErased(Fact):
    person: int
