"""Describing what nobody has described yet: a page of pictures, each with a place for its words."""

from dataclasses import dataclass, replace

from django.db import transaction
from django.http import QueryDict

from stoa.base import ids
from stoa.base.actors import Actor
from stoa.social.library.actions import About, describe_asset
from stoa.social.library.models import Asset
from stoa.social.library.reading import Near, near_each

PAGE = 12


@dataclass(frozen=True)
class DescribePage:
    """`rows`: each with what looks like it."""

    rows: list[tuple[Asset, list[Near]]]
    count: int

    @classmethod
    def of(cls, actor: Actor) -> "DescribePage":
        missing = Asset.objects.visible_to(actor).filter(alt="")
        rows = list(missing.with_file().order_by("-at", "-id")[:PAGE])
        near = near_each(rows, actor)
        return cls([(each, near[each.id]) for each in rows], missing.count())


@transaction.atomic
def describe_each(given: QueryDict, *, by: Actor) -> int:
    """Keeps the words that were written (`title-ID`, `alt-ID`); what has none waits on. Gives how many were described."""
    wanted = {number: key for key in given.getlist("assets")[:PAGE] if (number := ids.read(key))}
    rows = Asset.objects.visible_to(by).filter(id__in=wanted).select_related("folder").prefetch_related("tags")
    written = 0
    for asset in rows.order_by("id"):
        key = wanted[asset.id]
        alt, title = given.get(f"alt-{key}", "").strip(), given.get(f"title-{key}", "").strip()
        if (alt and alt != asset.alt) or (title and title != asset.title):
            describe_asset(asset, replace(as_it_is(asset), alt=alt or asset.alt, title=title or asset.title), by=by)
            written += 1
    return written


def as_it_is(asset: Asset) -> About:
    """What is said of it now."""
    return About(
        asset.title, asset.alt, asset.credit, asset.licence, asset.licence_note, asset.folder,
        tuple(each.tag for each in asset.tags.all()), asset.focal,
    )  # fmt: skip
