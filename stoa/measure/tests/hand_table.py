"""Six people and three links, small enough to count by hand: day numbers, seen on day 20."""

from datetime import UTC, datetime, timedelta

from stoa.measure.formulas.attribution import Conversion, Touch
from stoa.measure.formulas.funnel import Journey

START = datetime(2026, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)
STEPS = ("click", "join", "post", "reply")


def day(number: float) -> datetime:
    return START + number * DAY


NOW = day(20)

CLICKS: dict[str, list[tuple[str, float]]] = {
    "P1": [("L1", 0), ("L2", 3)],
    "P2": [("L2", 1)],
    "P3": [("L1", 2)],
    "P4": [],
    "P5": [("L3", 0), ("L1", 1), ("L3", 6)],
    "P6": [("L1", 5)],
}
JOINS: dict[str, float] = {"P1": 4, "P2": 1, "P4": 2, "P5": 7, "P6": 13}
POSTS: dict[str, float] = {"P1": 4, "P2": 9, "P4": 3, "P6": 14}
REPLIES: dict[str, float] = {"P1": 5, "P4": 3.5}


def journeys() -> list[Journey]:
    later = {"join": JOINS, "post": POSTS, "reply": REPLIES}
    return [
        {
            "click": [day(at) for _, at in clicks],
            **{step: [day(when[person])] for step, when in later.items() if person in when},
        }
        for person, clicks in CLICKS.items()
    ]


def conversions() -> list[Conversion]:
    return [
        Conversion(day(at), tuple(Touch(link, day(clicked)) for link, clicked in CLICKS[person]))
        for person, at in JOINS.items()
    ]
