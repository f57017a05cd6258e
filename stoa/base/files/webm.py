"""WebM (RFC 8794, RFC 9559): what a video's elements say of it, and where in them stands what must not be kept."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from stoa.base.files.looked_at import Blank, LookedAt, Unreadable

MOST_ELEMENTS = 50_000
MAGIC = b"\x1a\x45\xdf\xa3"
HEAD, DOCTYPE, SEGMENT, INFO, TRACKS, TRACK = 0x1A45DFA3, 0x4282, 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE
SCALE, LENGTH, KIND, CODEC, VIDEO, WIDE, HIGH, SHOWN_WIDE, SHOWN_HIGH = (
    0x2AD7B1, 0x4489, 0x83, 0x86, 0xE0, 0xB0, 0xBA, 0x54B0, 0x54BA,
)  # fmt: skip
SEEKS, CUES, CLUSTER, MAKERS, PICTURES, SOUND = 0x114D9B74, 0x1C53BB6B, 0x1F43B675, (0x4D80, 0x5741), 1, 2
STAY = {SEEKS, INFO, TRACKS, CUES, CLUSTER}
STAY_OF_INFO = {SCALE, LENGTH, *MAKERS}
STAY_OF_TRACK = {
    0xD7, 0x73C5, KIND, 0xB9, 0x88, 0x55AA, 0x9C,  # number, id, kind, flags
    0x6DE7, 0x6DF8, 0x23E383, 0x234E7A, 0x23314F, 0x55EE, 0x41E4,  # how it is kept and timed
    0x22B59C, 0x22B59D, CODEC, 0x63A2, 0x56AA, 0x56BB, VIDEO, 0xE1, 0x6D80,  # language, codec, pictures, sound, encodings
}  # fmt: skip
CODECS = (b"V_VP8", b"V_VP9", b"V_AV1")


@dataclass(frozen=True)
class Element:
    kind: int
    start: int
    body: int
    end: int


@dataclass
class Found:
    scale: int = 1_000_000  # nanoseconds of one tick
    ticks: float = 0
    size: tuple[int, int] = (0, 0)
    blanks: list[Blank] = field(default_factory=list)


class Reader:
    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.left = stream, MOST_ELEMENTS

    def elements(self, start: int, end: int, *, last_may_be_open: bool = False) -> Iterator[Element]:
        while start < end:
            self.left -= 1
            if self.left < 0:
                raise Unreadable
            kind, at = self.coded(start, end, keep_mark=True)
            length, body = self.coded(at, end, keep_mark=False)
            is_open = length == (1 << 7 * (body - at)) - 1
            if is_open and not last_may_be_open:
                raise Unreadable
            stop = end if is_open else body + length
            if stop > end:
                raise Unreadable
            yield Element(kind, start, body, stop)
            start = stop

    def coded(self, at: int, end: int, *, keep_mark: bool) -> tuple[int, int]:
        """A number of one to eight bytes (ids: four), whose first bits say how many; and where it ends."""
        self.stream.seek(at)
        head = self.stream.read(8)
        wide = 9 - head[0].bit_length() if head else 9
        if wide > (4 if keep_mark else 8) or len(head) < wide or at + wide > end:
            raise Unreadable
        value = int.from_bytes(head[:wide])
        return value if keep_mark else value & ((1 << 7 * wide) - 1), at + wide

    def content(self, element: Element, most: int = 64) -> bytes:
        self.stream.seek(element.body)
        return self.stream.read(min(most, element.end - element.body))

    def number(self, element: Element) -> int:
        return int.from_bytes(self.content(element, 8))


def look(stream: IO[bytes], size: int) -> LookedAt:
    """Raises `Unreadable`."""
    reader, found = Reader(stream), Found()
    kinds = []
    for element in reader.elements(0, size, last_may_be_open=True):
        kinds.append(element.kind)
        if element.kind == HEAD:
            said = {each.kind: reader.content(each) for each in reader.elements(element.body, element.end)}
            if said.get(DOCTYPE, b"").rstrip(b"\0") != b"webm":
                raise Unreadable
        elif element.kind == SEGMENT:
            segment(reader, element, found)
        else:
            found.blanks.append(void(element))
    if kinds[:2] != [HEAD, SEGMENT] or not all(found.size):
        raise Unreadable
    return LookedAt("video/webm", *found.size, found.ticks * found.scale / 1e9, tuple(found.blanks))


def segment(reader: Reader, within: Element, found: Found) -> None:
    for element in reader.elements(within.body, within.end):
        if element.kind not in STAY:
            found.blanks.append(void(element))
        elif element.kind == INFO:
            info(reader, element, found)
        elif element.kind == TRACKS:
            for each in reader.elements(element.body, element.end):
                if each.kind == TRACK:
                    track(reader, each, found)
                else:
                    found.blanks.append(void(each))


def info(reader: Reader, within: Element, found: Found) -> None:
    for element in reader.elements(within.body, within.end):
        if element.kind == SCALE:
            found.scale = reader.number(element)
        elif element.kind == LENGTH:
            content = reader.content(element, 8)
            if len(content) not in (4, 8):
                raise Unreadable
            found.ticks = struct.unpack(">f" if len(content) == 4 else ">d", content)[0]
        elif element.kind in MAKERS:  # they must be there, and may say nothing
            found.blanks.append(Blank(element.body, element.end))
        if element.kind not in STAY_OF_INFO:
            found.blanks.append(void(element))


def track(reader: Reader, within: Element, found: Found) -> None:
    """Words and numbers beside pictures and sound lie between them in the clusters, where we do not look: then none of it is kept."""
    said = {each.kind: each for each in reader.elements(within.body, within.end)}
    kind = reader.number(said[KIND]) if KIND in said else 0
    if kind not in (PICTURES, SOUND):
        raise Unreadable
    found.blanks += [void(each) for each in said.values() if each.kind not in STAY_OF_TRACK]
    if kind != PICTURES or VIDEO not in said or CODEC not in said:
        return
    if not reader.content(said[CODEC]).startswith(CODECS):
        return
    shown = {each.kind: reader.number(each) for each in reader.elements(said[VIDEO].body, said[VIDEO].end)}
    found.size = (shown.get(WIDE, 0), shown.get(HIGH, 0))


def void(element: Element) -> Blank:
    """The same bytes as one element that says nothing."""
    length = element.end - element.start
    if length < 2:
        raise Unreadable
    head = b"\xec" + (bytes([0x80 | (length - 2)]) if length < 9 else ((1 << 56) | (length - 9)).to_bytes(8))
    return Blank(element.start, element.end, ((element.start, head),))
