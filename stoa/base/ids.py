"""Ids: 63-bit integers, 41 bits of milliseconds since 2020 and 22 random, shown as 13 base-32 characters.

They sort by time, betray neither volume nor hidden rows, and are known before the insert. What comes from before 2020 (people bring
their archives) lies within the range of that year's first day, in its order to the second, with about 380 ids for each millisecond.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from stoa.base import clock

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
OLDEST = datetime(1990, 1, 1, tzinfo=UTC)  # nothing here is older
FIRST_DAY = timedelta(days=1)
BITS, OLD_BITS = (
    22,
    18,
)  # random ones; of before 2020 they reach over seven tenths of a second, so that a bulk of one instant finds room
IDS_OF_FIRST_DAY = 86_400_000 << 22
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PAIRS = [first + second for first in ALPHABET for second in ALPHABET]
LENGTH = 13
_values = {character: value for value, character in enumerate(ALPHABET)}
_source: ContextVar[random.Random | None] = ContextVar("source", default=None)
_system = random.SystemRandom()
_drawn: dict[int, set[int]] = {}  # the random parts of the latest millisecond


def new() -> int:
    """A fresh id: the clock's milliseconds, then 22 random bits."""
    now = clock.now()
    first = at(now)
    if first not in _drawn:
        _drawn.clear()
    drawn = _drawn.setdefault(first, set())
    bits = BITS if now - EPOCH >= FIRST_DAY else OLD_BITS
    low = (_source.get() or _system).getrandbits(bits)
    while low in drawn:  # a bulk insert draws hundreds within one millisecond: one in a hundred would meet its like
        low = (low + 1) & 0x3FFFFF
    drawn.add(low)
    return first + low


def at(moment: datetime) -> int:
    """The smallest id of that instant: rows below it are older."""
    if moment - EPOCH >= FIRST_DAY:
        return int((moment - EPOCH).total_seconds() * 1000) << 22
    return int(max((moment - OLDEST) / (EPOCH + FIRST_DAY - OLDEST), 0) * IDS_OF_FIRST_DAY)


def before(number: int) -> int:
    """A fresh id of the millisecond before this one: for what is to stand above something that is there already."""
    return ((number >> 22) - 1) << 22 | (_source.get() or _system).getrandbits(22)


def moment_of(number: int) -> datetime:
    """The instant, to the millisecond, at which an id was drawn."""
    return EPOCH + timedelta(milliseconds=number >> 22)


def shown(number: int) -> str:
    """The id as people and programs see it: 13 characters of Crockford's base 32, lower case."""
    return (
        ALPHABET[number >> 60 & 31] + PAIRS[number >> 50 & 1023] + PAIRS[number >> 40 & 1023] + PAIRS[number >> 30 & 1023]
        + PAIRS[number >> 20 & 1023] + PAIRS[number >> 10 & 1023] + PAIRS[number & 1023]
    )  # fmt: skip


def parse(text: str) -> int:
    """The integer of a shown id. Raises ValueError for anything that `shown` would not have written."""
    if len(text) != LENGTH or any(character not in _values for character in text):
        raise ValueError("not an id")
    number = 0
    for character in text:
        number = number << 5 | _values[character]
    if number >= 1 << 63:
        raise ValueError("not an id")
    return number


def read(text: str) -> int | None:
    """The integer of a shown id that came from outside, or None for anything else."""
    try:
        return parse(text)
    except ValueError:
        return None


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Within the block, and only on this thread, the random part comes from `seed`. For the demo and for tests."""
    token = _source.set(random.Random(seed))  # noqa: S311
    _drawn.clear()
    try:
        yield
    finally:
        _source.reset(token)


class IdConverter:
    """`<id:topic_id>` in an address: 13 characters there, an integer in the view."""

    regex = f"[{ALPHABET}]{{{LENGTH}}}"

    def to_python(self, value: str) -> int:
        return parse(value)

    def to_url(self, value: int) -> str:
        return shown(value)
