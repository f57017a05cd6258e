"""Who may bring files, and who may see one."""

from stoa.base import things
from stoa.base.actors import Actor, Standing
from stoa.base.models.file import File


def may_bring_files(actor: Actor) -> bool:
    return actor.standing in (Standing.MEMBER, Standing.SYSTEM)


def may_see_file(actor: Actor, file: File) -> bool:
    """Whoever may see the thing that it belongs to; while it belongs to none, its owner alone."""
    if file.thing_id is not None:
        return things.may_see((file.thing_key, file.thing_id), by=actor)
    return file.owner_id is not None and file.owner_id == actor.person_id
