"""Does it all still fit? What this room derives, counted again from the rows."""

from collections.abc import Iterator

from django.db.models import F, Max

from stoa.base.models.file import File
from stoa.social.library.actions.assets import KEY, words_of
from stoa.social.library.models import Asset, AssetVersion, Folder
from stoa.social.library.shapes import shape_of


def check() -> Iterator[str]:
    """Complaints, each naming its row."""
    yield from assets()
    for version in AssetVersion.objects.prefetch_related("bands").iterator(chunk_size=500):
        if sorted(each.band for each in version.bands.all()) != sorted(each.band for each in version.own_bands()):
            yield f"{version.shown_id} is not found by what it looks like"
    for folder in Folder.objects.filter(parent__isnull=False).exclude(depth=F("parent__depth") + 1):
        yield f"folder {folder.shown_id} is not as deep as it says"
    for version in AssetVersion.objects.exclude(file__thing_key=KEY, file__thing_id=F("asset")):
        yield f"the file of version {version.shown_id} does not belong to its asset"
    named = set(AssetVersion.objects.values_list("file", flat=True))
    if lost := File.objects.filter(thing_key=KEY).exclude(id__in=named).count():
        yield f"{lost} files of assets are no version of any"


def assets() -> Iterator[str]:
    newest = dict(AssetVersion.objects.order_by().values_list("asset").annotate(Max("number")))
    rows = Asset.objects.select_related("current__file").prefetch_related("tags")
    for asset in rows.iterator(chunk_size=500):
        if asset.current.asset_id != asset.id or asset.current.number != newest[asset.id]:
            yield f"asset {asset.shown_id} does not show its newest version"
        if asset.shape != shape_of(asset.file.width or 1, asset.file.height or 1):
            yield f"asset {asset.shown_id} has another shape than it says"
        words = set(words_of(asset, tuple(each.tag for each in asset.tags.all())).split())
        if words != set(asset.words.split()):
            yield f"asset {asset.shown_id} is not found by its words"
