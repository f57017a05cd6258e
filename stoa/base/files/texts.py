"""The pictures of a text: those brought for it belong to its thing, and of the writer's own that stand elsewhere it has copies.

A file belongs to one thing, whose sight is the file's. A picture shown in a second text is a second row over the same bytes, so that
neither text lends its readers to the other's picture.
"""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import Invalid
from stoa.base.files.actions import attach, copy_file
from stoa.base.files.policy import may_see_file
from stoa.base.models.file import File
from stoa.base.text import Written
from stoa.base.things import Reference


def take_pictures(written: Written, thing: Reference, *, by: Actor) -> Written:
    """The text as it is to be kept with the thing: its pictures belong there. Raises `Invalid` for somebody else's picture."""
    if not written.file_ids:
        return written
    for file, copy in own_elsewhere(written.file_ids, thing, by=by):
        written = readdressed(written, file, copy)
    return written


def check_pictures(written: Written, thing: Reference | None = None, *, by: Actor) -> None:
    """Raises what `take_pictures` would raise; changes nothing. `thing`: what has the text already, if anything does."""
    if not written.file_ids:
        return
    elsewhere = File.objects.filter(id__in=written.file_ids).order_by("id")
    if thing is not None:
        elsewhere = elsewhere.exclude(thing_key=thing[0], thing_id=thing[1])
    for file in elsewhere:
        if not _is_own(file, by) and may_see_file(by, file):
            raise _somebody_elses()


def own_elsewhere(file_ids: Iterable[int], thing: Reference, *, by: Actor) -> list[tuple[File, File]]:
    """Attaches what is free, and copies what belongs to another thing: (the file, its copy). What `by` cannot see is as good as gone."""
    wanted = list(file_ids)
    attach(wanted, thing, by=by)
    others = File.objects.filter(id__in=wanted).exclude(thing_key=thing[0], thing_id=thing[1]).order_by("id")
    copies = []
    for file in others:
        if _is_own(file, by):
            copies.append((file, copy_file(file, thing, by=by)))
        elif may_see_file(by, file):
            raise _somebody_elses()
    return copies


def _is_own(file: File, by: Actor) -> bool:
    return file.owner_id is not None and file.owner_id == by.person_id


def _somebody_elses() -> Invalid:
    return Invalid(
        _("One of the pictures is somebody else's."), _("Take it out, or bring one of your own."), field="source"
    )


def readdressed(written: Written, old: File, new: File) -> Written:
    """The same text, showing the other file."""
    return replace(
        written,
        source=written.source.replace(old.address, new.address),
        html=written.html.replace(old.address, new.address),
        file_ids=written.file_ids - {old.id} | {new.id},
    )
