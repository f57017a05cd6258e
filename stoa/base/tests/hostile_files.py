"""Hostile uploads of our own making. Each is (what it is, its bytes, whether a picture may come of it)."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from PIL import Image

SCRIPT = b"<script>alert(document.domain)</script>"


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (180, 60, 30)).save(out, kind, **options)
    return out.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_of(width: int, height: int, rows: bytes = b"") -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


def located() -> bytes:
    """A photograph with a place, a camera and a comment in its EXIF, lying on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Secret Camera"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 29.0), 3: "E", 4: (2.0, 17.0, 40.0)})
    return picture("JPEG", exif=exif, comment=b"canary-comment")


def strangers() -> Iterator[tuple[str, bytes, bool]]:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"
    yield from (
        ("svg", svg, False),
        ("svg with prologue", b'<?xml version="1.0"?>' + svg, False),
        ("html", b"<html>" + SCRIPT, False),
    )
    yield from (
        ("gif that is script", b"GIF89a/*" + b"\x00" * 8 + b"*/=1;alert(1)", False),
        ("pdf", b"%PDF-1.7\n" + SCRIPT, False),
    )
    yield from (("empty", b"", False), ("one byte", b"\xff", False), ("noise", bytes(range(256)) * 40, False))
    yield from (("zip", zipped(a=b"x"), False), ("nested zip", zipped(a=zipped(b=b"0" * 100_000)), False))
    yield from (("executable", b"\x7fELF" + b"\x00" * 100, False), ("windows program", b"MZ" + b"\x00" * 100, False))
    yield from (
        ("php", b"<?php system($_GET[0]); ?>", False),
        ("shell", b"#!/bin/sh\nrm -rf /", False),
        ("mp4", b"\x00\x00\x00\x18ftypmp42", False),
    )


def bombs() -> Iterator[tuple[str, bytes, bool]]:
    yield "50k by 50k header", png_of(50_000, 50_000), False
    yield "claims more than there is", png_of(6_000, 6_000, b"\x00" * 100), False
    yield "huge side", png_of(2_000_000_000, 1), False
    yield "no side", png_of(0, 0), False
    yield "bomb", png_of(30_000, 30_000, b"\x00" * 50_000_000), False
    yield "gif bomb header", b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + b"\x00\x00\x00;", False
    yield "broken checksum", picture()[:-20] + b"\x00" * 20, False


def polyglots() -> Iterator[tuple[str, bytes, bool]]:
    for kind in ("PNG", "JPEG", "GIF", "WEBP"):
        whole = picture(kind, (400, 300))
        yield f"{kind} and script behind it", whole + SCRIPT, True
        yield f"{kind} and zip behind it", whole + zipped(evil=SCRIPT), True
        yield f"{kind} cut in half", whole[: len(whole) // 2], False
        yield f"{kind} after script", SCRIPT + whole, False
    yield (
        "PNG with script in a text chunk",
        picture()[:33] + chunk(b"tEXt", b"Comment\x00" + SCRIPT) + picture()[33:],
        True,
    )
    yield (
        "PNG with a text bomb",
        picture()[:33] + chunk(b"zTXt", b"C\x00\x00" + zlib.compress(b"a" * 80_000_000)) + picture()[33:],
        False,
    )
    yield "JPEG with script in a comment", picture("JPEG", comment=SCRIPT), True
    yield "JPEG with place", located(), True
    for kind in ("BMP", "TIFF", "ICO", "PPM", "TGA", "PCX"):
        yield f"{kind}, which we do not read", picture(kind), False
    out = io.BytesIO()
    Image.new("RGB", (30, 30)).save(out, "EPS")
    yield "EPS, which runs programs", out.getvalue(), False
    yield "too many bytes", picture() + b"\x00" * 15_000_001, False


def cases() -> Iterator[tuple[str, bytes, bool]]:
    yield from strangers()
    yield from bombs()
    yield from polyglots()
