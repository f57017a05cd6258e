"""Acts: what Today and plays can offer to do. Nothing goes out by itself: an act is a label and an address where a person presses.

The socket: a room registers an act by key; `address` gives the page or form (prefilled) for one subject.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from stoa.base.actors import Actor


@dataclass(frozen=True)
class Act:
    """`label` is a sentence in the imperative, `may` the policy, `address` where it is done for this subject."""

    key: str
    label: Callable[[], str]
    may: Callable[[Actor, Any], bool]
    address: Callable[[Any], str]


_acts: dict[str, Act] = {}


def register(act: Act) -> None:
    _acts[act.key] = act


def find(key: str) -> Act:
    """The act of this key. Raises KeyError when no room brought it."""
    return _acts[key]


def all_keys() -> list[str]:
    return sorted(_acts)
