"""Folders: made, renamed, moved, taken away."""

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotPossible
from stoa.base.facts import announce
from stoa.social.library.actions.keepers import check_keeper
from stoa.social.library.facts import FolderChanged
from stoa.social.library.models import Asset, Folder
from stoa.social.library.models.folder import DEEPEST


def make_folder(name: str, *, parent: Folder | None = None, by: Actor) -> Folder:
    """A folder at the top, or in another one; three levels at most."""
    check_keeper(by)
    with transaction.atomic():
        folder = Folder(name=checked_name(name, parent), parent=parent, depth=parent.depth + 1 if parent else 1)
        if folder.depth > DEEPEST:
            raise Invalid(_("Folders go three levels deep."), _("Make it one level higher."), field="parent")
        folder.save(force_insert=True)
        announce(FolderChanged(folder.id, gone=False), by=by)
    return folder


def rename_folder(folder: Folder, name: str, *, by: Actor) -> Folder:
    check_keeper(by)
    with transaction.atomic():
        folder.name = checked_name(name, folder.parent, but=folder)
        folder.save(update_fields=["name"])
        announce(FolderChanged(folder.id, gone=False), by=by)
    return folder


def delete_folder(folder: Folder, *, by: Actor) -> None:
    """Takes a folder without folders away; its assets lie in the one above afterwards."""
    check_keeper(by)
    with transaction.atomic():
        if folder.folders.exists():
            raise NotPossible(_("There are folders in it."), _("Take those away first."))
        Asset.objects.filter(folder=folder).update(folder=folder.parent)
        number = folder.id
        folder.delete()
        announce(FolderChanged(number, gone=True), by=by)


def checked_name(name: str, parent: Folder | None, *, but: Folder | None = None) -> str:
    clean = " ".join(name.split())
    if not clean or len(clean) > 80:
        raise Invalid(_("Give it a name of at most 80 characters."), field="name")
    others = Folder.objects.filter(parent=parent, name=clean)
    if (others.exclude(id=but.id) if but else others).exists():
        raise Invalid(_("There is a folder of this name already."), _("Choose another name."), field="name")
    return clean
