"""The score of the digest: how much something new has to do with one reader. The formula stands in docs/decisions/31-digest.md.

Points of all reasons that hold, added up, times a half for each week of age. Nothing is guessed from reading habits or from what
others like: each reason is something that the reader did or said, and is printed with its points.
"""

from dataclasses import dataclass
from datetime import timedelta

HALF_LIFE = timedelta(days=7)
MOST_SHARED = 3  # interests that count
POINTS = {
    "answered": 100,  # somebody replied to a topic of one's own
    "reply_answered": 80,  # somebody answered a reply of one's own
    "watched": 60,  # one watches the topic
    "author": 50,  # one follows or watches who opened it, and it is new
    "followed": 40,  # one follows the topic
    "space_watched": 30,
    "space_followed": 20,
    "shared": 15,  # for each interest of one's own among the topic's tags or its space's interests
    "joined": 5,  # one belongs to the space
}


@dataclass(frozen=True)
class Reason:
    """One reason with its points; `what` is the interest that is shared."""

    key: str
    points: int
    what: str = ""


def reason(key: str, what: str = "") -> Reason:
    return Reason(key, POINTS[key], what)


def fading(age: timedelta) -> float:
    """By what the points are multiplied, for news of this age: 1 now, a half after a week, a quarter after two."""
    return float(0.5 ** (max(age, timedelta(0)) / HALF_LIFE))


def score(reasons: "list[Reason] | tuple[Reason, ...]", age: timedelta) -> float:
    return sum(each.points for each in reasons) * fading(age)
