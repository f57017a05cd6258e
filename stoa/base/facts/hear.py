"""Subscribers: who hears which facts, durably. Each hearing has its own retries and its own visible trouble."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from stoa.base.facts.declare import Fact

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True)
class Told(Generic[F]):
    """What a subscriber is told: the fact, the id of its row, when it happened and who did it."""

    fact: F
    id: int
    at: datetime
    by_id: int | None


Hear = Callable[[Told[Any]], None]


@dataclass(frozen=True)
class Subscriber:
    """A function that hears facts, under a name that stays."""

    name: str
    hear: Hear


_by_fact: dict[str, list[Subscriber]] = {}
_by_name: dict[str, Subscriber] = {}


def hears(*facts: type[Fact], name: str) -> Callable[[Hear], Hear]:
    """Registers the decorated function for these facts. It runs in the worker, inside a transaction, with no network calls."""

    def register(hear: Hear) -> Hear:
        subscriber = Subscriber(name, hear)
        for kind in facts:
            _by_fact.setdefault(kind.name, []).append(subscriber)
        if name in _by_name:
            raise ValueError(f"two subscribers are called {name}")
        _by_name[name] = subscriber
        return hear

    return register


def subscribers_of(fact_name: str) -> list[Subscriber]:
    return list(_by_fact.get(fact_name, []))


def subscriber(name: str) -> Subscriber | None:
    return _by_name.get(name)


def all_subscribers() -> dict[str, list[str]]:
    """Fact name → the names of its durable subscribers."""
    return {name: [each.name for each in found] for name, found in sorted(_by_fact.items())}
