"""What a space asks of those who write there, read from what its stewards typed: a check-list, other words, and an example of the norm."""

import re
from dataclasses import dataclass

from stoa.base import things
from stoa.base.things import Reference
from stoa.spaces.models import Space

MOST = 12
_point = re.compile(r"\s{0,3}(?:[-*+•]|\d{1,2}[.)])\s+(?:\[[ xX]?\]\s+)?(\S.*)")
_word = re.compile(r"\S+")


@dataclass(frozen=True)
class Standards:
    """`points`: the lines that were typed as a list, to be looked at one by one; `words`: the others; `norm`: how people talk there, in a
    sentence; `example`: the thing whose address stands in it, if one does, and `address` as it was typed."""

    points: tuple[str, ...] = ()
    words: str = ""
    norm: str = ""
    example: Reference | None = None
    address: str = ""

    def __bool__(self) -> bool:
        return bool(self.points or self.words or self.norm or self.example)

    @classmethod
    def of(cls, space: Space) -> "Standards":
        points, words = list[str](), list[str]()
        for line in space.standards.splitlines():
            found = _point.fullmatch(line.rstrip())
            if found and len(points) < MOST:
                points.append(found[1])
            elif line.strip():
                words.append(line.strip())
        norm, example, address = _split(space.norm)
        return cls(tuple(points), "\n".join(words), norm, example, address)


def _split(norm: str) -> tuple[str, Reference | None, str]:
    """The sentence without the address of its example."""
    for word in _word.finditer(norm):
        typed = word[0].strip("()<>,;")
        if reference := things.of_address(typed):
            return " ".join(norm.replace(word[0], " ", 1).split()), reference, typed
    return norm, None, ""
