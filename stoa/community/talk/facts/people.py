"""What brings people together."""

from dataclasses import dataclass

from stoa.base.facts import Fact, fact


@fact("talk.introduced", about=("people.person", "newcomer"))
@dataclass(frozen=True)
class Introduced(Fact):
    """Somebody of the team brought a newcomer and a member together."""

    newcomer: int
    welcomer: int
