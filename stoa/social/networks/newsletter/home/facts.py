"""What newsletters announce: who brought a list of strangers along, and who took one away."""

from dataclasses import dataclass

from stoa.base.facts import Fact, fact

ABOUT = ("newsletter.newsletter", "newsletter")


@fact("newsletter.list_brought", about=ABOUT)
@dataclass(frozen=True)
class ListBrought(Fact):
    """A list was brought along: so many people get it now, or were asked by mail whether they want it."""

    newsletter: int
    people: int
    asked: bool


@fact("newsletter.list_exported", about=ABOUT)
@dataclass(frozen=True)
class ListExported(Fact):
    """Somebody took the addresses of all who get it along."""

    newsletter: int
    people: int
