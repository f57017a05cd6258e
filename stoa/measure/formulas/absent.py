"""The ways in which a figure can be without a number, each by its own name.

A missing number is never 0. `NotAvailable`: it could be known and is not (with the reason). `NotOffered`: the network
does not tell. `NotReached`: the event asked for (half of the waits ended) has not come. `Withheld`: it is known, but
would point at too few people.
"""

from dataclasses import dataclass
from typing import Final, TypeAlias


@dataclass(frozen=True)
class NotAvailable:
    """The number could exist and does not; `reason` is a key such as ``nobody_counted``."""

    reason: str


@dataclass(frozen=True)
class NotOffered:
    """The network does not offer this reading; `network` is its key."""

    network: str


@dataclass(frozen=True)
class NotReached:
    """The curve has not come down far enough: fewer than half of the waits have ended."""


@dataclass(frozen=True)
class Withheld:
    """The number is known and is not shown, because it counts fewer than `under` people."""

    under: int


NOT_REACHED: Final = NotReached()
NOBODY_COUNTED: Final = NotAvailable("nobody_counted")
FOLLOW_UP_TOO_SHORT: Final = NotAvailable("follow_up_too_short")

Absent: TypeAlias = NotAvailable | NotOffered | NotReached | Withheld
