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
When = Callable[[Any], bool]


@dataclass(frozen=True)
class Subscriber:
    """A function that hears facts, under a name that stays; of each, only those of which `when` is true."""

    name: str
    hear: Hear
    when: When | None = None


_by_fact: dict[str, list[Subscriber]] = {}
_by_name: dict[str, Subscriber] = {}


def hears(*facts: type[Fact], name: str, when: When | None = None) -> Callable[[Hear], Hear]:
    """Registers the decorated function for these facts. It runs in the worker, inside a transaction, with no network calls. `when` is
    asked of the fact alone as it is announced: what it says no to is not even written down to be heard."""

    def register(hear: Hear) -> Hear:
        subscriber = Subscriber(name, hear, when)
        for kind in facts:
            _by_fact.setdefault(kind.name, []).append(subscriber)
        if name in _by_name:
            raise ValueError(f"two subscribers are called {name}")
        _by_name[name] = subscriber
        return hear

    return register


def subscribers_of(told: Fact) -> list[Subscriber]:
    """Who hears this one."""
    return [each for each in _by_fact.get(told.name, []) if each.when is None or each.when(told)]


def subscriber(name: str) -> Subscriber | None:
    return _by_name.get(name)


def all_subscribers() -> dict[str, list[str]]:
    """Fact name → the names of its durable subscribers."""
    return {name: [each.name for each in found] for name, found in sorted(_by_fact.items())}
