"""What happens to files: kept, attached to a thing, forgotten."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import IO

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.files import storing
from stoa.base.files.pictures import MOST_BYTES, Small, remake
from stoa.base.files.policy import may_bring_files
from stoa.base.models.file import File
from stoa.base.things import Reference

QUOTA = 500_000_000  # bytes that one person may keep here
_unsafe = re.compile(r"[^\w .()\-]+")


def keep_picture(upload: IO[bytes], *, by: Actor, alt: str = "", name: str = "") -> File:
    """Keeps a picture made anew from what was brought, owned by `by`. Raises `Invalid`, `NotAllowed`, `NotPossible`."""
    _check(by)
    made = remake(upload.read(MOST_BYTES + 1))
    return kept(
        File(
            digest=storing.put(made.content), thumb=storing.put(made.thumb), media_type=made.media_type,
            size=len(made.content) + len(made.thumb), width=made.width, height=made.height,
            name=safe_name(name), alt=alt.strip()[:2000],
        ), by,
    )  # fmt: skip


def keep_bytes(content: bytes, *, media_type: str, name: str, by: Actor) -> File:
    """Keeps bytes that Stoa made (an archive, a table), as they are; they are only ever given out as a download."""
    _check(by)
    digest = storing.put(content)
    return kept(File(digest=digest, media_type=media_type, size=len(content), name=safe_name(name)), by)


def keep_small(small: Small, thing: Reference) -> File:
    """Keeps the small picture of a card, which belongs to the thing and to nobody."""
    digest = storing.put(small.content)
    return File.objects.create(
        digest=digest, thumb=digest, media_type="image/webp", size=len(small.content), width=small.width, height=small.height,
        thing_key=thing[0], thing_id=thing[1],
    )  # fmt: skip


def attach(file_ids: Collection[int], thing: Reference, *, by: Actor) -> int:
    """These files belong to the thing from now on: those of `by` that belonged to none. Gives how many it took."""
    mine = (
        File.objects.filter(id__in=file_ids, owner_id=by.person_id, thing_id=None) if file_ids else File.objects.none()
    )
    return mine.update(thing_key=thing[0], thing_id=thing[1])


def copy_file(file: File, thing: Reference, *, by: Actor) -> File:
    """A second row over the same bytes, owned by `by`, for another thing. Raises `NotPossible` when their room is full."""
    copy = File(
        thing_key=thing[0], thing_id=thing[1], digest=file.digest, thumb=file.thumb, media_type=file.media_type,
        size=file.size, width=file.width, height=file.height, seconds=file.seconds, name=file.name, alt=file.alt,
    )  # fmt: skip
    return kept(copy, by)


def detach(thing: Reference) -> int:
    """What belonged to the thing belongs to none, and is forgotten in time."""
    return File.objects.filter(thing_key=thing[0], thing_id=thing[1]).update(thing_key="", thing_id=None)


def hand_over(before: Reference, after: Reference) -> int:
    """What belonged to one thing belongs to another from now on, whose sight is theirs then."""
    mine = File.objects.filter(thing_key=before[0], thing_id=before[1])
    return mine.update(thing_key=after[0], thing_id=after[1])


def forget(files: Iterable[File]) -> None:
    """Removes these rows and, after the commit, the bytes that no other row names."""
    gone = list(files)
    with transaction.atomic():
        File.objects.filter(id__in=[file.id for file in gone]).delete()
        for digest in {digest for file in gone for digest in (file.digest, file.thumb) if digest}:
            transaction.on_commit(lambda digest=digest: storing.drop(digest))  # type: ignore[misc]


def forget_unattached(before: datetime) -> None:
    """Forgets what was brought before that instant and belongs to nothing."""
    forget(File.objects.filter(thing_id=None, at__lt=before))


def erase_files_of(person_id: int) -> None:
    """Forgets every file of a person who leaves."""
    forget(File.objects.filter(owner_id=person_id))


def safe_name(name: str) -> str:
    """A file's name as it may be shown and offered for download: no path, no control or direction characters."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    return _unsafe.sub("", last).strip(" .")[:120]


def _check(by: Actor) -> None:
    if not may_bring_files(by):
        raise NotAllowed(_("Only members bring files."), _("Sign in, or finish joining, first."))


def kept(file: File, by: Actor) -> File:
    """The row, owned by `by`. Raises `NotPossible` when their room is full, `Invalid` for an empty file."""
    there = File.objects.filter(owner_id=by.person_id).aggregate(bytes=Sum("size"))["bytes"] or 0
    if by.person_id is not None and there + file.size > QUOTA:
        for digest in (file.digest, file.thumb):
            storing.drop(digest)
        raise NotPossible(
            _("Your files have filled the room that each member has."), _("Withdraw something old first.")
        )
    if file.size == 0:
        raise Invalid(_("This file is empty."), field="file")
    file.owner_id = by.person_id
    file.save(force_insert=True)
    return file
