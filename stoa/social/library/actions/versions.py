"""Versions of an asset: another one is added, an earlier one is taken up again. None is ever changed or taken away."""

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock, files
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotPossible
from stoa.base.facts import announce
from stoa.base.models.file import File
from stoa.social.library.actions.keepers import check_keeper
from stoa.social.library.facts import VersionKept
from stoa.social.library.looks import look
from stoa.social.library.models import Asset, AssetVersion
from stoa.social.library.shapes import shape_of

KEY = "library.asset"


def add_version(asset: Asset, content: bytes, *, why: str = "", name: str = "", by: Actor) -> AssetVersion:
    """Another file for the same asset. What is planned or published keeps the one that it was made with."""
    check_keeper(by)
    if asset.file.is_video:
        raise Invalid(_("This asset is a video."), _("Bring the picture as an asset of its own."), field="file")
    file = files.keep_ours(content, (KEY, asset.id), by=by, name=name)
    return follow(asset, file, why=why, back=False, by=by)


def go_back(asset: Asset, version: AssetVersion, *, by: Actor) -> AssetVersion:
    """Takes up an earlier version: as a new one over the same bytes, so that the order of what happened stays."""
    check_keeper(by)
    if version.asset_id != asset.id or version.id == asset.current_id:
        raise NotPossible(_("This is the version in use."))
    why = _("Back to version %(number)s") % {"number": version.number}
    return follow(asset, version.file, why=why, back=True, by=by)


def follow(asset: Asset, file: File, *, why: str, back: bool, by: Actor) -> AssetVersion:
    with transaction.atomic():
        row = Asset.objects.select_for_update().select_related("current").get(id=asset.id)
        version = keep_version(row, file, number=row.current.number + 1, why=why, by=by)
        version.save(force_insert=True)
        version.keep_bands()
        row.current, row.shape, row.changed_at = version, shape_of(file.width or 1, file.height or 1), clock.now()
        row.save(update_fields=["current", "shape", "changed_at"])
        announce(VersionKept(row.id, version.id, version.number, back=back), by=by)
    return version


def keep_version(asset: Asset, file: File, *, number: int, why: str, by: Actor) -> AssetVersion:
    """The row, with what the picture looks like. Videos are compared by their bytes alone."""
    return AssetVersion(
        asset=asset, file=file, number=number, why=why.strip()[:200], by_id=by.person_id,
        looks="" if file.is_video else looks_of(file),
    )  # fmt: skip


def looks_of(file: File) -> str:
    with files.open_file(file) as opened:
        looks = look(opened.read())
    return looks.hex if looks.is_clear else ""
