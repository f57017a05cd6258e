"""Canaries: what one kind of person may not meet in anything that they get."""

from tests.access import rules
from tests.access.world import World

LETTERS = b"kanari"


def may_know(person: str, visibility: str, where: str) -> bool:
    """Whether this kind of person may meet a canary. The log is for whoever runs the machine: ids stand there, no words."""
    if person == "log":
        return visibility == rules.PUBLIC
    return rules.knows_of(person, visibility) if where == "card" else rules.reads(person, visibility)


class Watch:
    """Looks for what one kind of person may not know: words, ids, and bytes of files."""

    def __init__(self, world: World, person: str) -> None:
        self.person = person
        self.words = [(c.encode(), at) for c, at in world.canaries.items() if not may_know(person, *at)]
        self.marks = [(mark, at) for mark, at in world.marks.items() if person != "log" and not may_know(person, *at)]

    def sentences(self, content: bytes, where: str, sent: str = "") -> list[str]:
        """A sentence for each; what the request itself said is no news."""
        known = sent.encode()
        words = self.words if LETTERS in content else ()
        found = [at for canary, at in (*words, *self.marks) if canary in content and canary not in known]
        return [f"{self.person} finds the {at[0]} {at[1]} in {where}" for at in found]
