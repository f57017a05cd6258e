"""Where the samples of a track lie in the file (ISO/IEC 14496-12, section 8), as its tables say."""

import struct
from collections.abc import Iterator

from stoa.base.files.box_reader import Box, Reader
from stoa.base.files.looked_at import Blank, Unreadable, number

MOST_SAMPLES = 500_000


def samples(reader: Reader, trak: Box) -> list[Blank]:
    """Where the bytes of a track lie. What does not say so plainly is not kept at all: nothing of it may stay behind."""
    table = reader.inside(trak, b"mdia", b"minf", b"stbl")
    if table is None:
        raise Unreadable
    most = min(reader.size // 4, MOST_SAMPLES)
    places = reader.numbers(reader.inside(table, b"stco"), 4, 4, most)
    places = places or reader.numbers(reader.inside(table, b"co64"), 4, 8, most)
    runs = runs_of(reader, reader.inside(table, b"stsc"), most)
    found = list(laid_out(lengths(reader, table, most), places, runs))
    if any(each.end > reader.size for each in found):
        raise Unreadable
    return found


def lengths(reader: Reader, table: Box, most: int) -> list[int]:
    """Of each sample."""
    box = reader.inside(table, b"stsz")
    if box is None:
        raise Unreadable
    same, count = number(reader.content(box, 8)[4:], ">I"), number(reader.content(box, 12)[8:], ">I")
    if count > most:
        raise Unreadable
    return [same] * count if same else reader.numbers(box, 8, 4, most)


def runs_of(reader: Reader, box: Box | None, most: int) -> dict[int, int]:
    """From which chunk on each has how many samples."""
    if box is None:
        return {}
    count = number(reader.content(box, 8)[4:], ">I")
    if count > most or box.body + 8 + count * 12 > box.end:
        raise Unreadable
    return {first: each for first, each, _kind in struct.iter_unpack(">III", reader.read(box.body + 8, count * 12))}


def laid_out(sizes: list[int], places: list[int], runs: dict[int, int]) -> Iterator[Blank]:
    at, each = 0, 0
    for chunk, place in enumerate(places, start=1):
        each = runs.get(chunk, each)
        length = sum(sizes[at : at + each])
        at += each
        yield Blank(place, place + length)
    if at < len(sizes):  # where the others lie is not said
        raise Unreadable
