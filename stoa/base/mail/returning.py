"""Mail that comes in and is nobody's answer: reports that a mail of ours could not be delivered.

The socket: whoever writes such addresses says once, by `returned_to(Returns(is_ours, take))`, which are theirs and takes what comes there.
The door for mail asks here first.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Returns:
    """`is_ours(address)`; `take(content, addresses)` says in a word what became of it."""

    is_ours: Callable[[str], bool]
    take: Callable[[bytes, list[str]], str]


_takers: list[Returns] = []


def returned_to(taker: Returns) -> Returns:
    _takers.append(taker)
    return taker


def taker_of(addresses: Sequence[str]) -> Returns | None:
    """Who takes what was delivered to these addresses."""
    return next((each for each in _takers if any(map(each.is_ours, addresses))), None)
