"""Files that are videos: of the house (they belong to their thing), or somebody's own; and the picture that stands for one."""

from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed
from stoa.base.files import storing, videos
from stoa.base.files.actions import kept, safe_name
from stoa.base.files.ours import check_still
from stoa.base.files.pictures import remake
from stoa.base.files.policy import may_bring_files
from stoa.base.models.file import File
from stoa.base.things import Reference


def keep_our_video(stream: IO[bytes], thing: Reference, *, most: int, by: Actor, name: str = "") -> File:
    """A video of the house, of at most `most` bytes. Raises `Invalid`, `NotAllowed`."""
    file = brought(stream, most=most, by=by, name=name)
    file.thing_key, file.thing_id = thing
    file.save(force_insert=True)
    return file


def keep_video(stream: IO[bytes], *, most: int, by: Actor, name: str = "") -> File:
    """A video owned by `by`. Raises `Invalid`, `NotAllowed`, `NotPossible` when their room is full."""
    return kept(brought(stream, most=most, by=by, name=name), by)


def keep_fitted_video(stream: IO[bytes], of: File, thing: Reference, *, most: int) -> File:
    """What Stoa made of a video that it has: it is whose that one is, and goes when that one goes with them."""
    file = row_of(stream, most=most, name=of.name)
    file.owner_id, (file.thing_key, file.thing_id) = of.owner_id, thing
    file.save(force_insert=True)
    return file


def brought(stream: IO[bytes], *, most: int, by: Actor, name: str) -> File:
    if not may_bring_files(by):
        raise NotAllowed(_("Only members bring files."), _("Sign in, or finish joining, first."))
    return row_of(stream, most=most, name=name)


def row_of(stream: IO[bytes], *, most: int, name: str) -> File:
    """The stored video as a row that is not kept yet."""
    made = videos.put(stream, most=most)
    return File(
        digest=made.digest, thumb=storing.put(made.poster), media_type=made.media_type, size=made.size,
        width=made.width, height=made.height, seconds=made.seconds, name=safe_name(name),
    )  # fmt: skip


def store_poster(content: bytes) -> str:
    """Stores a picture that may stand for a video, and gives its digest. Raises `Invalid` for what is no picture. Not inside a
    transaction."""
    check_still(content)
    return storing.put(remake(content).thumb)


def change_poster(file: File, digest: str) -> None:
    """The stored picture stands for this video from now on."""
    before, file.thumb = file.thumb, digest
    file.save(update_fields=["thumb"])
    transaction.on_commit(lambda: storing.drop(before))
