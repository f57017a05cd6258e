"""Where the samples of a track lie in the file (ISO/IEC 14496-12, section 8), as its tables say."""

import struct
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from stoa.base.files.box_reader import Box, Reader
from stoa.base.files.looked_at import Blank, Unreadable, number

MOST_SAMPLES = 500_000


def gaps(reader: Reader, data: Iterable[Box], traks: Iterable[Box]) -> list[Blank]:
    """What lies in `data` (in the file's order) and in no sample of these tracks. Nothing where one of them does not say plainly what it
    holds: then all of it may be its own."""
    try:
        held = held_by(reader, traks)
    except Unreadable:
        return []
    return list(between(data, held)) if held else []


def held_by(reader: Reader, traks: Iterable[Box]) -> list[tuple[int, int]]:
    """(start, end) of what these tracks hold, in order. Sound of samples of one size may mean more bytes than it says: it holds all up to
    where something else begins."""
    held: list[tuple[int, int]] = []
    loose: list[int] = []
    for trak in traks:
        table = table_of(reader, trak)
        if reader.inside(table, b"saio"):
            raise Unreadable
        if sizes_are_one(reader, table):
            loose += places_of(reader, table)
        else:
            held += [(each.start, each.end) for each in samples(reader, trak) if each.end > each.start]
    starts = sorted({start for start, _end in held} | set(loose))
    for start in loose:
        following = bisect_right(starts, start)
        held.append((start, starts[following] if following < len(starts) else reader.size))
    return sorted(held)


def between(data: Iterable[Box], held: Sequence[tuple[int, int]]) -> Iterator[Blank]:
    nth = 0
    for box in data:
        at = box.body
        while nth < len(held) and held[nth][0] < box.end:
            start, end = held[nth]
            if start > at:
                yield Blank(at, start)
            at = max(at, end)
            if end > box.end:
                break
            nth += 1
        if at < box.end:
            yield Blank(at, box.end)


def samples(reader: Reader, trak: Box) -> list[Blank]:
    """Where the bytes of a track lie. What does not say so plainly is not kept at all: nothing of it may stay behind."""
    table, most = table_of(reader, trak), most_of(reader)
    places = places_of(reader, table)
    runs = runs_of(reader, reader.inside(table, b"stsc"), most)
    found = list(laid_out(lengths(reader, table, most), places, runs))
    if any(each.end > reader.size for each in found):
        raise Unreadable
    return found


def most_of(reader: Reader) -> int:
    return min(reader.size // 4, MOST_SAMPLES)


def table_of(reader: Reader, trak: Box) -> Box:
    table = reader.inside(trak, b"mdia", b"minf", b"stbl")
    if table is None:
        raise Unreadable
    return table


def places_of(reader: Reader, table: Box) -> list[int]:
    """Where each chunk begins."""
    places = reader.numbers(reader.inside(table, b"stco"), 4, 4, most_of(reader))
    return places or reader.numbers(reader.inside(table, b"co64"), 4, 8, most_of(reader))


def sizes_are_one(reader: Reader, table: Box) -> bool:
    box = reader.inside(table, b"stsz")
    if box is None:
        raise Unreadable
    return number(reader.content(box, 8)[4:], ">I") != 0


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
