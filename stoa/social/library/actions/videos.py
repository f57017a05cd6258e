"""Assets that are videos: brought, another version added, the picture that stands for one chosen."""

from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock, files, ids
from stoa.base.actors import Actor
from stoa.base.errors import Invalid
from stoa.base.facts import announce
from stoa.social.library.actions.assets import KEY, About, check_about, keep_asset
from stoa.social.library.actions.keepers import check_keeper
from stoa.social.library.actions.versions import follow
from stoa.social.library.facts import AssetChanged
from stoa.social.library.models import Asset, AssetVersion
from stoa.social.library.options import most_bytes


def bring_video(stream: IO[bytes], about: About, *, name: str = "", by: Actor) -> Asset:
    """Takes a video into the library, as it is but for place and time. Raises `Invalid` for what is none, or too large."""
    check_keeper(by)
    check_about(about)
    number = ids.new()
    file = files.keep_our_video(stream, (KEY, number), most=most_bytes(), by=by, name=name)
    return keep_asset(number, file, about, by=by)


def add_video(asset: Asset, stream: IO[bytes], *, why: str = "", name: str = "", by: Actor) -> AssetVersion:
    """Another file for the same video."""
    check_keeper(by)
    if not asset.file.is_video:
        raise Invalid(_("This asset is a picture."), _("Bring the video as an asset of its own."), field="file")
    file = files.keep_our_video(stream, (KEY, asset.id), most=most_bytes(), by=by, name=name)
    return follow(asset, file, why=why, back=False, by=by)


def choose_poster(asset: Asset, content: bytes, *, by: Actor) -> None:
    """Another picture stands for the video where it is listed. Posts that show it already keep theirs."""
    check_keeper(by)
    if not asset.file.is_video:
        raise Invalid(_("This asset is a picture."), field="poster")
    digest = files.store_poster(content)
    with transaction.atomic():
        files.change_poster(asset.file, digest)
        Asset.objects.filter(id=asset.id).update(changed_at=clock.now())
        announce(AssetChanged(asset.id, asset.terms.goes), by=by)
