"""File bytes: Django decides by policy and answers with `X-Stoa-File: PATH`; the front sends that file, in blocks, with ranges.

The path is relative to STOA_DATA/files. The header never leaves the house.
"""

import asyncio
import re
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings

from stoa.base.gateway import Answer, Send, raw

BLOCK = 262_144
RANGE = re.compile(r"bytes=(\d*)-(\d*)$")


@dataclass(frozen=True)
class Part:
    """Which bytes of a file go out."""

    start: int
    length: int


def inside(root: Path, named: str) -> Path | None:
    """The file of that name below `root`; None for what is not there or lies outside."""
    path = (root / unquote(named).lstrip("/")).resolve()
    return path if path.is_relative_to(root.resolve()) and path.is_file() else None


def part_of(header: str, size: int) -> Part | None:
    """The one range asked for. The whole file when there is none that we read; None when it lies outside of it."""
    asked = RANGE.match(header.replace(" ", ""))
    if not asked or asked.groups() == ("", ""):
        return Part(0, size)
    first, last = asked.groups()
    if not first:
        return Part(max(0, size - int(last)), min(size, int(last))) if int(last) else None
    end = min(int(last), size - 1) if last else size - 1
    return Part(int(first), end - int(first) + 1) if int(first) <= end else None


def tag_of(path: Path) -> str:
    stat = path.stat()
    return f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'


async def send_file(answer: Answer, headers: dict[bytes, bytes], send: Send, method: str) -> None:
    """Sends the file that the answer names, with the headers that Django gave it."""
    path = inside(Path(settings.STOA_DATA) / "files", answer.header("x-stoa-file"))
    answer.drop("X-Stoa-File")
    answer.drop("Content-Length")
    if path is None:
        await send_start(send, 404, [("Content-Length", "0")])
        await send({"type": "http.response.body", "body": b""})
        return
    await send_path(path, answer, headers, send, method)


async def send_path(path: Path, answer: Answer, headers: dict[bytes, bytes], send: Send, method: str) -> None:
    """Sends the bytes of one file, as far as the visitor does not have them yet."""
    tag, size = answer.header("etag") or tag_of(path), path.stat().st_size
    answer.put("ETag", tag)
    answer.put("Accept-Ranges", "bytes")
    answer.put("Last-Modified", formatdate(path.stat().st_mtime, usegmt=True))
    part = Part(0, size)
    if headers.get(b"if-none-match", b"").decode("latin-1") == tag:
        answer.status, part = 304, Part(0, 0)
    elif b"range" in headers and headers.get(b"if-range", tag.encode()).decode("latin-1") == tag:
        asked = part_of(headers[b"range"].decode("latin-1"), size)
        part = asked or Part(0, 0)
        if asked is None:
            answer.status = 416
            answer.put("Content-Range", f"bytes */{size}")
        elif part.length < size:
            answer.status = 206
            answer.put("Content-Range", f"bytes {part.start}-{part.start + part.length - 1}/{size}")
    if answer.status != 304:
        answer.put("Content-Length", str(part.length))
    await send_start(send, answer.status, answer.headers)
    await send_blocks(path, part if method != "HEAD" else Part(0, 0), send)


async def send_blocks(path: Path, part: Part, send: Send) -> None:
    left = part.length
    with path.open("rb") as file:
        file.seek(part.start)
        while left > 0:
            block = await asyncio.to_thread(file.read, min(BLOCK, left))
            if not block:
                break
            left -= len(block)
            await send({"type": "http.response.body", "body": block, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def send_start(send: Send, status: int, headers: list[tuple[str, str]]) -> None:
    await send({"type": "http.response.start", "status": status, "headers": raw(headers)})
