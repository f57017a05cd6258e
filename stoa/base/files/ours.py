"""Files of the house: they belong to their thing and to no person, and stay when whoever brought them leaves."""

from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.files import storing
from stoa.base.files.actions import safe_name
from stoa.base.files.pictures import moves, remake, thumb_of
from stoa.base.files.policy import may_bring_files
from stoa.base.models.file import File
from stoa.base.things import Reference


def keep_ours(content: bytes, thing: Reference, *, by: Actor, name: str = "") -> File:
    """Keeps a picture made anew from what was brought. One that moves is refused: it would be kept without its movement."""
    if not may_bring_files(by):
        raise NotAllowed(_("Only members bring files."), _("Sign in, or finish joining, first."))
    check_still(content)
    made = remake(content)
    return File.objects.create(
        digest=storing.put(made.content), thumb=storing.put(made.thumb), media_type=made.media_type,
        size=len(made.content) + len(made.thumb), width=made.width, height=made.height, name=safe_name(name),
        thing_key=thing[0], thing_id=thing[1],
    )  # fmt: skip


def check_still(content: bytes) -> None:
    if moves(content):
        raise Invalid(
            _("This picture moves."),
            _("Use one that stands still: of this one only the first image would be left."),
            "file",
        )


def lend(file: File, thing: Reference) -> File:
    """A second row over the same bytes, for another thing."""
    return File.objects.create(
        thing_key=thing[0], thing_id=thing[1], digest=file.digest, thumb=file.thumb, media_type=file.media_type,
        size=file.size, width=file.width, height=file.height, seconds=file.seconds, name=file.name, alt=file.alt,
    )  # fmt: skip


def double(file: File, thing: Reference) -> File:
    """A second row over the same bytes, for another thing and of the same owner: it goes when that one goes with them."""
    made = lend(file, thing)
    File.objects.filter(id=made.id).update(owner_id=file.owner_id)
    return made


def keep_made(content: bytes, media_type: str, of: File, thing: Reference) -> File:
    """Keeps what Stoa made of a picture that it has: it is whose that one is, and goes when that one goes with them. The same bytes for
    the same thing are one row."""
    digest = storing.put(content)
    known = File.objects.filter(thing_key=thing[0], thing_id=thing[1], digest=digest).first()
    if known:
        return known
    small, wide, high = thumb_of(content)
    return File.objects.create(
        digest=digest, thumb=storing.put(small), media_type=media_type, size=len(content) + len(small), width=wide, height=high,
        name=of.name, owner_id=of.owner_id, thing_key=thing[0], thing_id=thing[1],
    )  # fmt: skip
