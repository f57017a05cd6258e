"""Many assets at once: laid into a folder, given tags."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid
from stoa.base.facts import announce
from stoa.social.library.actions.assets import MOST_TAGS, words_of
from stoa.social.library.actions.keepers import check_keeper
from stoa.social.library.facts import AssetChanged
from stoa.social.library.models import Asset, AssetTag, Folder

MOST = 200


def move_assets(numbers: Collection[int], folder: Folder | None, *, by: Actor) -> int:
    """They lie in this folder (None: in none) from now on. Gives how many lay elsewhere."""
    check_keeper(by)
    with transaction.atomic():
        moved = [each for each in chosen(numbers, by=by) if each.folder_id != (folder.id if folder else None)]
        rows = Asset.objects.filter(id__in=[each.id for each in moved])
        rows.update(folder=folder, changed_at=clock.now())
        for each in moved:
            announce(AssetChanged(each.id, each.terms.goes), by=by)
    return len(moved)


def tag_assets(numbers: Collection[int], tags: tuple[str, ...], *, by: Actor) -> int:
    """Each is found by these tags too. Raises `Invalid`, and gives none of them any, when one would have too many."""
    check_keeper(by)
    if not tags:
        raise Invalid(_("Write a tag first."), field="tags")
    with transaction.atomic():
        tagged = [(each, own) for each in chosen(numbers, by=by) if not set(tags) <= (own := tags_on(each))]
        for each, own in tagged:
            if len(own | set(tags)) > MOST_TAGS:
                raise Invalid(
                    _("“%(asset)s” would have more than %(most)s tags.") % {"asset": each.title, "most": MOST_TAGS},
                    _("Leave it out, or use fewer."), field="tags",
                )  # fmt: skip
            each.words, each.changed_at = words_of(each, tuple(own | set(tags))), clock.now()
            AssetTag.objects.bulk_create([AssetTag(asset=each, tag=tag) for tag in tags if tag not in own])
            announce(AssetChanged(each.id, each.terms.goes), by=by)
        Asset.objects.bulk_update([each for each, _own in tagged], ["words", "changed_at"])
    return len(tagged)


def chosen(numbers: Collection[int], *, by: Actor) -> list[Asset]:
    """Those of these assets that are there, locked. Raises `Invalid` when there is none."""
    rows = Asset.objects.visible_to(by).select_for_update().filter(id__in=list(numbers)[:MOST])
    found = list(rows.prefetch_related("tags").order_by("id"))
    if not found:
        raise Invalid(_("Choose an asset first."), field="assets")
    return found


def tags_on(asset: Asset) -> set[str]:
    return {each.tag for each in asset.tags.all()}
