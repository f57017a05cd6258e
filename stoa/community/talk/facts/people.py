"""What brings people together."""

from dataclasses import dataclass

from stoa.base.facts import Fact, fact


@fact("talk.introduced", about=("people.person", "newcomer"))
@dataclass(frozen=True)
class Introduced(Fact):
    """Somebody of the team brought a newcomer and a member together."""

    newcomer: int
    welcomer: int


@fact("talk.asked_to_meet", about=("people.person", "newcomer"))
@dataclass(frozen=True)
class AskedToMeet(Fact):
    """A newcomer chose a member whom their first topic offered them."""

    newcomer: int
    welcomer: int


@fact("talk.welcomed", about=("people.person", "newcomer"))
@dataclass(frozen=True)
class Welcomed(Fact):
    """Somebody of the team welcomed a newcomer: by a reply, or by a topic of its own."""

    newcomer: int
    topic: int
    reply: int | None


@fact("talk.saved_welcome_changed", about=("talk.saved_welcome", "saved"))
@dataclass(frozen=True)
class SavedWelcomeChanged(Fact):
    """Words that the team keeps for welcomes were written, changed or deleted."""

    saved: int
