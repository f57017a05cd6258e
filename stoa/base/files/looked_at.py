"""What looking at a video gives, and what is taken out of it."""

import struct
from dataclasses import dataclass


class Unreadable(Exception):
    """This is no video, or one that contradicts itself."""


@dataclass(frozen=True)
class Blank:
    """Bytes from `start` to `end` that become zeros; then `marks` are written at their places, so that readers pass over it."""

    start: int
    end: int
    marks: tuple[tuple[int, bytes], ...] = ()


@dataclass(frozen=True)
class LookedAt:
    """A video as its header describes it: width and height as it is shown, its length in seconds, and what must not be kept of it."""

    media_type: str
    width: int
    height: int
    seconds: float
    blanks: tuple[Blank, ...]


def number(content: bytes, form: str) -> int:
    """The number at the beginning of these bytes. Raises `Unreadable` when there are too few."""
    try:
        return int(struct.unpack_from(form, content)[0])
    except struct.error:
        raise Unreadable from None
