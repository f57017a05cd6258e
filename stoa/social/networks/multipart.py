"""Files and fields as one body (RFC 7578), for networks that take pictures that way."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif"}


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
    boundary = f"stoa-{digest.hexdigest()[:40]}"
    parts = [_part(boundary, f'name="{name}"', "", value.encode()) for name, value in fields.items()]
    parts += [
        _part(boundary, f'name="{name}"; filename="{called}"', f"Content-Type: {mime}\r\n", content)
        for name, (called, mime, content) in files.items()
    ]
    return b"".join(parts) + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


def _part(boundary: str, what: str, more: str, content: bytes) -> bytes:
    head = f"--{boundary}\r\nContent-Disposition: form-data; {what}\r\n{more}\r\n"
    return head.encode() + content + b"\r\n"
