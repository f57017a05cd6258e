"""Videos: known by their header, kept as they are but for what they say of place and time, never whole in memory.

A picture is made anew from its pixels; a video is not (that takes an encoder, and costs quality). What cameras write beside the pictures
(where, when, with what; telemetry) is overwritten in place, so that every offset in the file stays right.
"""

import hashlib
import math
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import IO

from django.core.files.base import File as Stored
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from stoa.base.errors import Invalid
from stoa.base.files import boxes, posters, webm
from stoa.base.files.looked_at import Blank, LookedAt, Unreadable
from stoa.base.files.storing import path_of

BLOCK = 1 << 20
LONGEST_SIDE, LONGEST = 8192, 12 * 3600  # pixels, seconds


@dataclass(frozen=True)
class KeptVideo:
    """A video in the storage, under its digest. `poster`: the small picture that stands for it."""

    digest: str
    size: int
    media_type: str
    width: int
    height: int
    seconds: float
    poster: bytes


def is_video(stream: IO[bytes]) -> bool:
    """Whether this begins as a video does; its place in the stream is the beginning afterwards."""
    stream.seek(0)
    head = stream.read(12)
    stream.seek(0)
    return boxes.is_movie(head) or head.startswith(webm.MAGIC)


def look(stream: IO[bytes]) -> LookedAt:
    """What its header says. Raises `Invalid` for what is no video that can be played, or does not say how long it is."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    found: LookedAt | None
    try:
        head = stream.read(12)
        found = webm.look(stream, size) if head.startswith(webm.MAGIC) else boxes.look(stream, size)
    except (Unreadable, OverflowError):
        found = None
    if found is None or max(found.width, found.height) > LONGEST_SIDE:
        raise unreadable()
    if not math.isfinite(found.seconds) or not 0 < found.seconds <= LONGEST:
        raise Invalid(
            _("This video does not say how long it is."), _("Save it anew with a video program, as MP4."), "file"
        )
    return found


def unreadable() -> Invalid:
    return Invalid(
        _("This is not a video that we can read."),
        _("Use an MP4, MOV or WebM file, whole, with a usual codec (H.264, HEVC, AV1, VP8, VP9)."), "file",
    )  # fmt: skip


def put(stream: IO[bytes], *, most: int) -> KeptVideo:
    """Stores a video of at most `most` bytes, without place and time. Raises `Invalid`. Not inside a transaction."""
    size = stream.seek(0, os.SEEK_END)
    if size > most:
        raise Invalid(
            _("This video is too large: %(size)s MB.") % {"size": math.ceil(size / 1_000_000)},
            _("Use one of at most %(most)s MB.") % {"most": most // 1_000_000}, "file",
        )  # fmt: skip
    found = look(stream)
    with tempfile.NamedTemporaryFile() as copy:
        stream.seek(0)
        while block := stream.read(BLOCK):
            copy.write(block)
        blank(copy, found.blanks)
        if replace(look(copy), blanks=()) != replace(
            found, blanks=()
        ):  # whoever wrote it named bytes that are not theirs
            raise unreadable()
        copy.flush()
        poster = posters.first_frame(copy.name, found.media_type, found.seconds)
        poster = poster or posters.drawn(found.width, found.height)
        digest = digest_of(copy)
        keep(copy, digest)
    return KeptVideo(digest, size, found.media_type, found.width, found.height, round(found.seconds, 3), poster)


def blank(copy: IO[bytes], blanks: Iterable[Blank]) -> None:
    """Overwrites what must not be kept, each byte once however often it is named, then the marks."""
    wanted = sorted(blanks, key=lambda each: each.start)
    done = 0
    for each in wanted:
        copy.seek(start := max(each.start, done))
        left = each.end - start
        while left > 0:
            left -= copy.write(bytes(min(BLOCK, left)))
        done = max(done, each.end)
    for each in wanted:
        for place, mark in each.marks:
            copy.seek(place)
            copy.write(mark)


def digest_of(stream: IO[bytes]) -> str:
    stream.seek(0)
    return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]


def keep(stream: IO[bytes], digest: str) -> None:
    """Into the storage, in blocks, once."""
    name = path_of(digest)
    if default_storage.exists(name):
        return
    stream.seek(0)
    saved = default_storage.save(name, Stored(stream))
    if saved != name:  # somebody else stored the same bytes meanwhile
        default_storage.delete(saved)
