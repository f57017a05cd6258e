"""Compression of whole answers. Never of a page with a CSRF token: its length would betray the secret beside echoed input."""

import gzip

import brotli

from stoa.base.gateway import Answer

SHORTEST = 500
KINDS = ("text/", "application/json", "application/javascript", "application/manifest+json", "image/svg+xml")
SECRETS = (b"csrfmiddlewaretoken", b"X-CSRFToken", b"x-csrftoken")


def accepted(header: str) -> list[str]:
    """Our encodings that the visitor takes, the best first."""
    taken = {part.split(";")[0].strip() for part in header.split(",") if "q=0" not in part.replace("q=0.", "")}
    return [each for each in ("br", "gzip") if each in taken]


def may_be_squeezed(answer: Answer) -> bool:
    kind = answer.header("content-type")
    return (
        len(answer.body) >= SHORTEST
        and kind.startswith(KINDS)
        and not answer.header("content-encoding")
        and not has_token(answer.body)
    )


def has_token(body: bytes) -> bool:
    return any(secret in body for secret in SECRETS)


def squeeze(body: bytes, encoding: str) -> bytes:
    if encoding == "br":
        squeezed: bytes = brotli.compress(body, quality=4)
        return squeezed
    return gzip.compress(body, 6, mtime=0)


def squeezed(answer: Answer, encodings: list[str]) -> Answer:
    """The answer, compressed where it may be and the visitor takes it."""
    if not may_be_squeezed(answer):
        return answer
    vary = [part.strip() for part in answer.header("vary").split(",") if part.strip()]
    answer.put("Vary", ", ".join([*vary, "Accept-Encoding"]))
    if encodings:
        answer.body = squeeze(answer.body, encodings[0])
        answer.put("Content-Encoding", encodings[0])
    return answer
