"""Reading boxes (ISO/IEC 14496-12). Whoever wrote them is not to be trusted: sizes may lie, boxes may hold boxes without end."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from stoa.base.files.looked_at import Unreadable, number

MOST_BOXES = 200_000


@dataclass(frozen=True)
class Box:
    """`start` to `end`: all of it; `body`: where its content begins."""

    kind: bytes
    start: int
    body: int
    end: int


class Reader:
    """Boxes of one file, counted so that none can hold us for ever."""

    def __init__(self, stream: IO[bytes], size: int) -> None:
        self.stream, self.size, self.left = stream, size, MOST_BOXES

    def boxes(self, start: int, end: int) -> Iterator[Box]:
        while end - start >= 8:
            self.left -= 1
            if self.left < 0:
                raise Unreadable
            head = self.read(start, 16 if end - start >= 16 else 8)
            length, kind, body = int.from_bytes(head[:4]), head[4:8], start + 8
            if length == 1 and len(head) == 16:
                length, body = int.from_bytes(head[8:]), start + 16
            length = length or end - start
            if length < body - start or length > end - start:
                raise Unreadable
            yield Box(kind, start, body, start + length)
            start += length

    def inside(self, box: Box, *path: bytes) -> Box | None:
        """The first box at the end of this way down."""
        for kind in path:
            found = next((each for each in self.boxes(box.body, box.end) if each.kind == kind), None)
            if found is None:
                return None
            box = found
        return box

    def read(self, start: int, count: int) -> bytes:
        self.stream.seek(start)
        found = self.stream.read(count)
        if len(found) != count:
            raise Unreadable
        return found

    def content(self, box: Box, most: int) -> bytes:
        return self.read(box.body, min(most, box.end - box.body))

    def numbers(self, box: Box | None, skip: int, width: int, most: int) -> list[int]:
        """A table: a count after `skip` bytes, then so many numbers of `width` bytes (at most `most`)."""
        if box is None:
            return []
        count = number(self.content(box, skip + 4)[skip:], ">I")
        if count > most or box.body + skip + 4 + count * width > box.end:
            raise Unreadable
        table = self.read(box.body + skip + 4, count * width)
        return [each for (each,) in struct.iter_unpack(">I" if width == 4 else ">Q", table)]
