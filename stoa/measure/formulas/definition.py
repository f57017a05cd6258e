"""What a metric is: the words that stand behind a figure wherever it is shown."""

from dataclasses import dataclass
from enum import Enum


def N_(text: str) -> str:  # noqa: N802 - the name by which translators' tools find a text that is translated later
    """Mark a text for translation where it is shown."""
    return text


class Unit(Enum):
    """What the number counts."""

    PEOPLE = "people"
    CLICKS = "clicks"
    VISITS = "visits"
    JOINS = "joins"
    SHARE = "share"
    HOURS = "hours"
    ACCOUNTS = "accounts, counted once for each post"
    INTERACTIONS = "interactions"


@dataclass(frozen=True)
class Definition:
    """One metric. A change of meaning is a new version and starts a new series.

    `formula`, `numerator`, `denominator`, `window`, `not_counted` are sentences for the reader; `denominator` is
    `None` for a plain count. `worked_out_in` names the file of `formulas/` that computes it.
    """

    key: str
    version: int
    name: str
    formula: str
    window: str
    numerator: str
    denominator: str | None
    unit: Unit
    not_counted: str
    source: str
    worked_out_in: str
