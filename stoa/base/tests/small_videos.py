"""Small videos written by hand, box by box: what headers say, with pictures that nobody could play. So tests need no encoder."""

import struct

PLACE = b"+48.2082+016.3738/"  # where it was taken, as telephones write it
ROTATED = (0, 0x00010000, 0, -0x00010000, 0, 0, 0, 0, 0x40000000)
UPRIGHT = (0x00010000, 0, 0, 0, 0x00010000, 0, 0, 0, 0x40000000)
TAKEN = 3_900_000_000  # seconds since 1904: an instant of 2027


def box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I", 8 + len(body)) + kind + body


def long_box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I4sQ", 1, kind, 16 + len(body)) + body


def head(seconds: float) -> bytes:
    return box(b"mvhd", struct.pack(">IIIII", 0, TAKEN, TAKEN, 1000, round(seconds * 1000)), bytes(80))


def track(handler: bytes, size: tuple[int, int] = (0, 0), *, codec: bytes = b"avc1", turned: bool = False,
          at: int = 0, lengths: tuple[int, ...] = (), more: bytes = b"") -> bytes:  # fmt: skip
    """A track whose samples lie one behind the other from `at` on."""
    matrix = ROTATED if turned else UPRIGHT
    shown = struct.pack(">II", size[0] << 16, size[1] << 16)
    tkhd = box(b"tkhd", struct.pack(">IIIIII", 7, TAKEN, TAKEN, 1, 0, 0), bytes(16), struct.pack(">9i", *matrix), shown)
    entry = box(codec, bytes(6), b"\0\1", bytes(16), struct.pack(">HH", *size), bytes(50))
    table = box(
        b"stbl", box(b"stsd", struct.pack(">II", 0, 1), entry), box(b"stsc", struct.pack(">IIIII", 0, 1, 1, len(lengths) or 1, 1)),
        box(b"stsz", struct.pack(f">III{len(lengths)}I", 0, 0, len(lengths), *lengths)),
        box(b"stco", struct.pack(">III", 0, 1, at)),
    )  # fmt: skip
    mdhd = box(b"mdhd", struct.pack(">IIIIII", 0, TAKEN, TAKEN, 1000, 0, 0))
    hdlr = box(b"hdlr", bytes(8), handler, bytes(13))
    return box(b"trak", tkhd, box(b"mdia", mdhd, hdlr, box(b"minf", table)), more)


def mp4(
    seconds: float = 12.5, size: tuple[int, int] = (1280, 720), *, brand: bytes = b"isom", turned: bool = False,
    codec: bytes = b"avc1", place: bytes = PLACE, telemetry: bytes = b"", content: bytes = b"pictures" * 16,
) -> bytes:  # fmt: skip
    """`place`: where it was taken, in two of the boxes that cameras use; `telemetry`: the samples of a track of their own."""
    kind = box(b"ftyp", brand, bytes(4), brand)
    data = box(b"mdat", content, telemetry)
    said = (
        box(b"udta", box(b"\xa9xyz", place)) + box(b"meta", b"com.apple.quicktime.location.ISO6709", place)
        if place
        else b""
    )
    at = len(kind) + 8 + len(content)
    tracks = [track(b"vide", size, codec=codec, turned=turned, more=said), track(b"soun", codec=b"mp4a")]
    tracks += [track(b"meta", codec=b"gpmd", at=at, lengths=(len(telemetry),))] if telemetry else []
    return kind + data + box(b"moov", head(seconds), *tracks, said)


def element(kind: int, *content: bytes) -> bytes:
    body = b"".join(content)
    return kind.to_bytes((kind.bit_length() + 7) // 8) + ((1 << 28) | len(body)).to_bytes(4) + body


def webm(
    seconds: float = 3, size: tuple[int, int] = (640, 360), *, kind: bytes = b"webm", codec: bytes = b"V_VP9"
) -> bytes:
    info = element(0x1549A966, element(0x4489, struct.pack(">d", seconds * 1000)), element(0x4461, bytes(8)))
    video = element(0xE0, element(0xB0, size[0].to_bytes(2)), element(0xBA, size[1].to_bytes(2)))
    tracks = element(0x1654AE6B, element(0xAE, element(0x83, b"\1"), element(0x86, codec), video))
    tags = element(0x1254C367, element(0x7373, b"LOCATION", PLACE))
    whole = element(0x18538067, info, tracks, element(0x1F43B675, b"\xe7\x81\0"), tags)
    return element(0x1A45DFA3, element(0x4282, kind)) + whole
