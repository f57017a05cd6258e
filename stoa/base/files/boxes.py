"""MP4 and QuickTime (ISO/IEC 14496-12): what a video's boxes say of it, and where in them stands what must not be kept.

Only heads are read, never the pictures.
"""

from dataclasses import dataclass, field
from typing import IO

from stoa.base.files.box_reader import Box, Reader
from stoa.base.files.box_samples import gaps, samples
from stoa.base.files.looked_at import Blank, LookedAt, Unreadable, number

MOST_BLANKS = 300_000
STAY_OUTSIDE = {b"ftyp", b"styp", b"moov", b"moof", b"mdat", b"sidx", b"ssix", b"mfra", b"pdin"}
STAY_IN_MOVIE = {b"mvhd", b"trak", b"mvex", b"iods"}
STAY_IN_TRACK = {b"tkhd", b"edts", b"mdia", b"tref", b"tapt"}
STAY_BELOW = {  # what else may stay in these; codecs' own heads (`stsd`) are not looked into
    b"edts": {b"elst"},
    b"tapt": {b"clef", b"prof", b"enof"},
    b"mdia": {b"mdhd", b"hdlr", b"elng", b"minf"},
    b"minf": {b"vmhd", b"smhd", b"nmhd", b"sthd", b"gmhd", b"hdlr", b"dinf", b"stbl"},
    b"dinf": {b"dref"},
    b"stbl": {
        b"stsd", b"stts", b"ctts", b"cslg", b"stsc", b"stsz", b"stz2", b"stco", b"co64", b"stss", b"stps", b"stsh", b"stdp",
        b"sdtp", b"sbgp", b"sgpd", b"subs", b"padb", b"saiz", b"saio",
    },
    b"mvex": {b"mehd", b"trex", b"trep", b"leva"},
    b"moof": {b"mfhd", b"traf"},
    b"traf": {b"tfhd", b"tfdt", b"trun", b"sdtp", b"sbgp", b"sgpd", b"subs", b"saiz", b"saio", b"senc"},
    b"mfra": {b"tfra", b"mfro"},
}  # fmt: skip
HANDLER_NAME = 24  # where a handler's name begins: cameras write theirs
STAYING_TRACKS = {b"vide", b"soun", b"clcp"}  # text, times and telemetry (where it was taken, second by second) go
CODECS = {b"avc1", b"avc3", b"hvc1", b"hev1", b"av01", b"vp08", b"vp09", b"mp4v"}
BEGINNINGS = {b"ftyp", b"moov", b"mdat", b"wide"}


@dataclass
class Found:
    """What was found while reading. `sizes`: of each track that shows pictures."""

    seconds: float = 0
    sizes: list[tuple[int, int]] = field(default_factory=list)
    blanks: list[Blank] = field(default_factory=list)
    in_fragments: bool = False
    lost_a_track: bool = False
    staying: list[Box] = field(default_factory=list)
    data: list[Box] = field(default_factory=list)


def is_movie(head: bytes) -> bool:
    return head[4:8] in BEGINNINGS


def look(stream: IO[bytes], size: int) -> LookedAt:
    """Raises `Unreadable`."""
    reader, found, media_type, last = Reader(stream, size), Found(), "video/quicktime", 0
    for box in reader.boxes(0, size):
        if box.kind == b"ftyp" and reader.content(box, 4) != b"qt  ":
            media_type = "video/mp4"
        elif box.kind == b"moov":
            movie(reader, box, found)
        elif box.kind == b"mdat":
            found.data.append(box)
        elif box.kind in STAY_BELOW:
            found.in_fragments = found.in_fragments or box.kind == b"moof"
            below(reader, box, found)
        if box.kind not in STAY_OUTSIDE:
            found.blanks.append(free(box))
        last = box.end
    if size - last >= 8 or not found.sizes or (found.in_fragments and found.lost_a_track):
        raise Unreadable
    if not found.in_fragments:
        found.blanks += gaps(reader, found.data, found.staying)
    width, height = max(found.sizes, key=lambda each: each[0] * each[1])
    return LookedAt(media_type, width, height, found.seconds, tuple(found.blanks))


def movie(reader: Reader, moov: Box, found: Found) -> None:
    for box in reader.boxes(moov.body, moov.end):
        if box.kind == b"mvhd":
            found.seconds = seconds_of(reader, box) or found.seconds
            found.blanks.append(times(reader, box))
        elif box.kind == b"mvex":
            found.in_fragments = True
            found.seconds = found.seconds or in_fragments(reader, moov, box)
            below(reader, box, found)
        elif box.kind == b"trak":
            track(reader, box, found)
        if box.kind not in STAY_IN_MOVIE:
            found.blanks.append(free(box))
        if len(found.blanks) > MOST_BLANKS:
            raise Unreadable


def track(reader: Reader, trak: Box, found: Found) -> None:
    handler = reader.inside(trak, b"mdia", b"hdlr")
    kind = reader.content(handler, 12)[8:] if handler else b""
    if kind not in STAYING_TRACKS:
        found.lost_a_track = True
        found.blanks += [free(trak), *samples(reader, trak)]
        return
    for box in reader.boxes(trak.body, trak.end):
        if box.kind == b"tkhd":
            found.blanks.append(times(reader, box))
        elif box.kind not in STAY_IN_TRACK:
            found.blanks.append(free(box))
        elif box.kind in STAY_BELOW:
            below(reader, box, found)
    found.staying.append(trak)
    if head := reader.inside(trak, b"mdia", b"mdhd"):
        found.blanks.append(times(reader, head))
    if kind == b"vide":
        found.sizes += sizes_of(reader, trak)


def below(reader: Reader, within: Box, found: Found) -> None:
    """What is in a box that stays, all the way down."""
    for box in reader.boxes(within.body, within.end):
        if box.kind not in STAY_BELOW[within.kind]:
            found.blanks.append(free(box))
        elif box.kind in STAY_BELOW:
            below(reader, box, found)
        elif box.kind == b"hdlr" and box.end > box.body + HANDLER_NAME:
            found.blanks.append(Blank(box.body + HANDLER_NAME, box.end))


def sizes_of(reader: Reader, trak: Box) -> list[tuple[int, int]]:
    """Width and height as it is shown, upright; nothing for a codec that nobody plays."""
    head, entry = reader.inside(trak, b"tkhd"), reader.inside(trak, b"mdia", b"minf", b"stbl", b"stsd")
    if head is None or entry is None:
        raise Unreadable
    said, first = reader.content(head, 96), reader.content(entry, 44)
    if first[12:16] not in CODECS:
        return []
    at = 40 if said[:1] == b"\0" else 52
    across, turned = number(said[at:], ">i"), number(said[at + 4 :], ">i")
    wide, high = number(said[at + 36 :], ">I") >> 16, number(said[at + 40 :], ">I") >> 16
    if not wide or not high:
        wide, high = number(first[40:], ">H"), number(first[42:], ">H")
    return [(high, wide) if abs(turned) > abs(across) else (wide, high)] if wide and high else []


def seconds_of(reader: Reader, box: Box) -> float:
    said = reader.content(box, 32)
    late = said[:1] != b"\0"
    scale, length = number(said[20 if late else 12 :], ">I"), number(said[24 if late else 16 :], ">Q" if late else ">I")
    return length / scale if scale and length not in (0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF) else 0


def in_fragments(reader: Reader, moov: Box, mvex: Box) -> float:
    """The length of a movie that comes in pieces, where it says so."""
    head, whole = reader.inside(mvex, b"mehd"), reader.inside(moov, b"mvhd")
    if head is None or whole is None:
        return 0
    said, scaled = reader.content(head, 12), reader.content(whole, 32)
    scale = number(scaled[20 if scaled[:1] != b"\0" else 12 :], ">I")
    return number(said[4:], ">Q" if said[:1] != b"\0" else ">I") / scale if scale else 0


def times(reader: Reader, box: Box) -> Blank:
    """When it was taken and changed: two numbers behind version and flags."""
    wide = 8 if reader.content(box, 1) != b"\0" else 4
    end = box.body + 4 + 2 * wide
    if end > box.end:
        raise Unreadable
    return Blank(box.body + 4, end)


def free(box: Box) -> Blank:
    return Blank(box.body, box.end, ((box.start + 4, b"free"),))
