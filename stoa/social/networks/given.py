"""What a network gave, read without trust: whatever stands there, a value of the kind that is asked for, for connectors.

`part`, `listed`, `word`, `number` and `instant` give an empty value for what is missing or something else. `row` and `rows` are for what
must not be taken for nothing (a page on which a post is looked for): there it is worth asking again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from stoa.social.networks.messages import NOT_OFFERED, NotOffered
from stoa.social.networks.trouble import TryLater

MOST = 2**63 - 1
EPOCH = datetime.fromtimestamp(0, UTC)


def within(of: object, *names: str) -> Any:
    """What stands some steps inside; None where there is no way."""
    for name in names:
        of = of.get(name) if isinstance(of, Mapping) else None
    return of


def part(of: object, *names: str) -> Mapping[str, Any]:
    """An object."""
    found = within(of, *names)
    return found if isinstance(found, Mapping) else {}


def listed(of: object, *names: str) -> list[Mapping[str, Any]]:
    """The objects of a list."""
    found = within(of, *names)
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def row(of: object, *names: str) -> Mapping[str, Any]:
    """An object that must be there."""
    found = within(of, *names)
    if not isinstance(found, Mapping):
        raise TryLater("The network’s answer could not be read.", after=60.0)
    return found


def rows(of: object, *names: str) -> list[Mapping[str, Any]]:
    """The objects of a list that must be there."""
    if not isinstance(within(of, *names), list):
        raise TryLater("The network’s answer could not be read.", after=60.0)
    return listed(of, *names)


def word(of: object, *names: str) -> str:
    """The first of these that says something: words, or a whole number as words."""
    for name in names:
        found = within(of, name)
        if (isinstance(found, str) and found) or (isinstance(found, int) and not isinstance(found, bool)):
            return str(found)
    return ""


def number(of: object, name: str) -> int | None:
    """A whole number that can be kept, from 0 on."""
    found = within(of, name)
    return found if type(found) is int and 0 <= found <= MOST else None


def counted(of: object, name: str) -> int | NotOffered:
    """What a network counts; what is no number is as if it had not told."""
    found = number(of, name)
    return NOT_OFFERED if found is None else found


def instant(said: object) -> datetime:
    """An instant as RFC 3339 writes it, in UTC (without a zone it means UTC); 1970 for anything else."""
    try:
        found = datetime.fromisoformat(said) if isinstance(said, str) else EPOCH
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (OverflowError, ValueError):
        return EPOCH


def since_1970(said: object) -> datetime:
    """An instant in seconds since then, as a number or in words; 1970 for anything else."""
    try:
        return datetime.fromtimestamp(float(said), UTC) if isinstance(said, int | float | str) else EPOCH
    except (OSError, OverflowError, ValueError):
        return EPOCH
