"""The goals, each as a figure of this run beside its limit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from proofs.speed.load import Measured

Table = Mapping[tuple[str, int], list[Measured]]


@dataclass(frozen=True)
class Goal:
    """`found` is at most (or, with `at_least`, at least) `limit`."""

    name: str
    found: float
    limit: float
    at_least: bool = False

    @property
    def is_met(self) -> bool:
        return self.found >= self.limit if self.at_least else self.found <= self.limit


def middle(table: Table, name: str, connections: int, field: str) -> float:
    """The median over the rounds."""
    return float(median(getattr(each, field) for each in table[name, connections]))


def ratio(table: Table, name: str, to: str, connections: int, field: str) -> float:
    """The median of the rounds' own ratios: what disturbed a round disturbed both."""
    pairs = zip(table[name, connections], table[to, connections], strict=True)
    return float(median(getattr(one, field) / max(getattr(other, field), 1e-9) for one, other in pairs))


def of_pages(table: Table, connections: int = 16) -> Iterator[Goal]:
    def cpu(name: str) -> float:
        return ratio(table, name, "ceiling", connections, "cpu")

    yield Goal("topic, signed out, past the page cache: processor time ÷ ceiling", cpu("topic"), 4)
    yield Goal("topic, signed in: processor time ÷ ceiling", cpu("topic signed in"), 6)
    yield Goal("front page: processor time ÷ ceiling", cpu("front"), 2.5)
    yield Goal("topics: processor time ÷ ceiling", cpu("topics"), 2.5)
    yield Goal("topics of a space: processor time ÷ ceiling", cpu("space"), 2.5)
    yield Goal("a reply: processor time ÷ ceiling", cpu("reply"), 8)
    kept = ratio(table, "topic kept", "bare", connections, "rate")
    yield Goal("topic from the page cache: rate ÷ bare answer", kept, 0.5, at_least=True)
    for name in ("topic", "topic signed in", "topics"):
        many = median(one.rate / other.rate for one, other in zip(table[name, 64], table[name, 16], strict=True))
        yield Goal(f"{name}: rate at 64 connections ÷ at 16", many, 0.9, at_least=True)
    wrong = sum(each.bad + each.lost for rows in table.values() for each in rows)
    yield Goal("answers that were refused or lost, in all loads", wrong, 0)
    unanswered = sum(each.requests == 0 for rows in table.values() for each in rows)
    yield Goal("loads of which nothing was answered while they were pressed: too busy a machine", unanswered, 0)


def of_queries(queries: Mapping[str, int]) -> Iterator[Goal]:
    yield Goal("topic, signed out: queries", queries["topic signed out"], 8)
    yield Goal("topic, signed in: queries", queries["topic signed in"], 12)


def of_browser(seen: Mapping[str, list[dict[str, Any]]]) -> Iterator[Goal]:
    def of(page: str, field: str) -> float:
        return float(median(each[field] for each in seen[page]))

    yield Goal("first load of a topic: requests", of("topic", "requests"), 12)
    yield Goal("first load of a topic: KB, fonts and pictures apart", of("topic", "bytes") / 1000, 100)
    yield Goal("first load of a topic: KB of JavaScript", of("topic", "script_bytes") / 1000, 30)
    yield Goal("topic: largest paint ÷ that of the ceiling's page", of("topic", "lcp") / of("ceiling", "lcp"), 1.6)
    yield Goal("topic: layout shift", max(each["shift"] for each in seen["topic"]), 0.02)
