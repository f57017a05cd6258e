"""Files and fields as one body (RFC 7578), for networks that take pictures and videos that way."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from stoa.social.networks.messages import Video

ENDINGS = {
    "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif",
    "video/mp4": "mp4", "video/quicktime": "mov", "video/webm": "webm",
}  # fmt: skip
BLOCK = 262_144


class Digest(Protocol):
    def hexdigest(self) -> str: ...


def ending(mime: str) -> str:
    """What a file of this type is called at its end."""
    return ENDINGS.get(mime, "jpg")


def multipart(fields: Mapping[str, str], files: Mapping[str, tuple[str, str, bytes]]) -> tuple[bytes, str]:
    """(the body, its content type). `files`: by the name of its field, a file's name, media type and bytes.

    The boundary is made of the content, so that the same parts give the same body, and cannot stand inside it.
    """
    digest = hashlib.sha256()
    for name, value in fields.items():
        digest.update(name.encode() + value.encode())
    for _name, _mime, content in files.values():
        digest.update(content)
    boundary = named(digest)
    parts = [_part(boundary, f'name="{name}"', "", value.encode()) for name, value in fields.items()]
    parts += [
        _part(boundary, f'name="{name}"; filename="{called}"', f"Content-Type: {mime}\r\n", content)
        for name, (called, mime, content) in files.items()
    ]
    return b"".join(parts) + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


@dataclass(frozen=True)
class Film:
    """The bytes of a video, in blocks, between what stands `before` and `after` it."""

    video: Video
    before: bytes = b""
    after: bytes = b""

    def __len__(self) -> int:
        return len(self.before) + self.video.size + len(self.after)

    def __iter__(self) -> Iterator[bytes]:
        if self.before:
            yield self.before
        with self.video.open() as opened:
            while block := opened.read(BLOCK):
                yield block
        if self.after:
            yield self.after


def with_video(fields: Mapping[str, str], name: str, called: str, video: Video) -> tuple[Film, str]:
    """(the body, its content type), the video in the field `name`: it is read twice, and never held whole."""
    digest = hashlib.sha256()
    for field, value in fields.items():
        digest.update(field.encode() + value.encode())
    for block in Film(video):
        digest.update(block)
    boundary = named(digest)
    parts = [_part(boundary, f'name="{field}"', "", value.encode()) for field, value in fields.items()]
    own = _part(boundary, f'name="{name}"; filename="{called}"', f"Content-Type: {video.mime}\r\n", b"")
    before = b"".join([*parts, own.removesuffix(b"\r\n")])
    return Film(video, before, f"\r\n--{boundary}--\r\n".encode()), f"multipart/form-data; boundary={boundary}"


def named(digest: Digest) -> str:
    """A boundary that cannot stand inside of what it parts, for it is made of that."""
    return f"stoa-{digest.hexdigest()[:40]}"


def _part(boundary: str, what: str, more: str, content: bytes) -> bytes:
    head = f"--{boundary}\r\nContent-Disposition: form-data; {what}\r\n{more}\r\n"
    return head.encode() + content + b"\r\n"
