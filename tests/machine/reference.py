"""Decision 4 in sets: who knows of a space, who reads it, who may come in and write. Written from its words, not from the policy code."""

from dataclasses import dataclass, field

CLOSED = ("private", "secret")


@dataclass
class Reference:
    """People and spaces are numbers; `within`, `invited`, `restricted` hold pairs of them, `topics` (author, space) by topic."""

    visibility: dict[int, str] = field(default_factory=dict)
    standing: dict[int, str] = field(default_factory=dict)
    within: set[tuple[int, int]] = field(default_factory=set)
    invited: set[tuple[int, int]] = field(default_factory=set)
    restricted: set[tuple[int, int]] = field(default_factory=set)
    topics: dict[int, tuple[int, int]] = field(default_factory=dict)

    def is_member(self, person: int | None) -> bool:
        """Suspended people still read."""
        return person is not None and self.standing[person] in ("member", "suspended")

    def reads(self, person: int | None, space: int) -> bool:
        if self.visibility[space] == "public":
            return True
        return self.is_member(person) and (self.visibility[space] == "members" or (person, space) in self.within)

    def knows(self, person: int | None, space: int) -> bool:
        if self.reads(person, space):
            return True
        return self.is_member(person) and (self.visibility[space] != "secret" or (person, space) in self.invited)

    def has_a_voice(self, person: int) -> bool:
        return self.standing[person] == "member"

    def may_join(self, person: int, space: int) -> bool:
        """All spaces here take in whoever knows of them, but secret ones; not who is restricted there, unless they are in already."""
        is_open = self.knows(person, space) and self.visibility[space] != "secret"
        return self.has_a_voice(person) and is_open and self.may_come(person, space)

    def may_come(self, person: int, space: int) -> bool:
        return (person, space) in self.within or (person, space) not in self.restricted

    def may_write(self, person: int, space: int) -> bool:
        is_taken_in = self.visibility[space] not in CLOSED or (person, space) in self.within
        is_free = (person, space) not in self.restricted
        return self.has_a_voice(person) and self.reads(person, space) and is_taken_in and is_free

    def spaces_known_to(self, person: int | None) -> set[int]:
        return {space for space in self.visibility if self.knows(person, space)}

    def spaces_read_by(self, person: int | None) -> set[int]:
        return {space for space in self.visibility if self.reads(person, space)}

    def topics_seen_by(self, person: int | None) -> set[int]:
        return {topic for topic, (_author, space) in self.topics.items() if self.reads(person, space)}

    def erase(self, person: int) -> None:
        """Nobody answers here, so that the words of who leaves go with them."""
        self.standing[person] = "erased"
        self.within = {pair for pair in self.within if pair[0] != person}
        self.invited = {pair for pair in self.invited if pair[0] != person}
        self.topics = {topic: place for topic, place in self.topics.items() if place[0] != person}
