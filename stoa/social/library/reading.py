"""What the library's pages read, in a fixed number of queries."""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count
from django.http import QueryDict
from django.utils.translation import gettext as _

from stoa.base import cursors, ids
from stoa.base.actors import Actor
from stoa.base.search.folding import fold
from stoa.social.library import policy
from stoa.social.library.fitted import megabytes
from stoa.social.library.licences import choices
from stoa.social.library.looks import NEAR, distance, probes
from stoa.social.library.models import Asset, AssetTag, AssetVersion, Folder
from stoa.social.library.models.asset import Assets
from stoa.social.library.shapes import SHAPES

PAGE = 48
OFFERED_TAGS = 40
NEAR_SHOWN = 6
ASKED = ("q", "folder", "tag", "licence", "shape", "kind", "alt")
KINDS = ("picture", "video")


@dataclass(frozen=True)
class Asked:
    """By what the list is narrowed, as the address says it."""

    q: str = ""
    folder: str = ""
    tag: str = ""
    licence: str = ""
    shape: str = ""
    kind: str = ""
    alt: str = ""

    @classmethod
    def of(cls, given: QueryDict) -> "Asked":
        return cls(**{name: str(given.get(name, "")).strip()[:100] for name in ASKED})

    @property
    def is_narrowed(self) -> bool:
        return any(getattr(self, name) for name in ASKED)

    def query(self, **more: str) -> str:
        found = {name: getattr(self, name) for name in ASKED} | more
        return "?" + urlencode({name: value for name, value in found.items() if value})


@dataclass(frozen=True)
class LibraryPage:
    """The grid, and by what it can be narrowed. `missing`: how many of all nobody has described."""

    assets: list[Asset]
    next: str
    asked: Asked
    count: int
    missing: int
    folders: list[tuple[Folder, str]]
    inside: list[tuple[Folder, int]]
    path: list[Folder]
    tags: list[str]
    licences: list[tuple[str, str]]
    shapes: list[tuple[str, str]]
    kinds: list[tuple[str, str]]
    may_keep: bool

    @classmethod
    def of(cls, actor: Actor, given: QueryDict) -> "LibraryPage":
        asked, tree = Asked.of(given), folder_tree(actor)
        here = next((folder for folder, _path in tree if folder.shown_id == asked.folder), None)
        visible = Asset.objects.visible_to(actor)
        rows = narrowed(visible, asked, tree)
        found = cursors.page(rows.with_file(), "at", given.get("before", ""), size=PAGE)
        return cls(
            found.rows, asked.query(before=found.next) if found.next else "", asked, rows.count(),
            visible.filter(alt="").count(), tree, inside(visible, tree, here), way_to(here, tree), tags_of(actor, asked.tag),
            choices(), shapes(), kinds(), policy.may_keep(actor),
        )  # fmt: skip


def narrowed(rows: Assets, asked: Asked, tree: list[tuple[Folder, str]]) -> Assets:
    for word in fold(asked.q).split()[:8]:
        rows = rows.filter(words__contains=word)
    if asked.folder == "none":
        rows = rows.filter(folder=None)
    elif asked.folder:
        rows = rows.filter(folder__in=below(ids.read(asked.folder), tree))
    if asked.tag:
        rows = rows.filter(tags__tag=asked.tag)
    if asked.licence:
        rows = rows.filter(licence=asked.licence)
    if asked.shape:
        rows = rows.filter(shape=asked.shape)
    if asked.kind in KINDS:
        rows = rows.filter(current__file__media_type__startswith="video/" if asked.kind == "video" else "image/")
    return rows.filter(alt="") if asked.alt == "missing" else rows


def shapes() -> list[tuple[str, str]]:
    return list(zip(SHAPES, (_("Wide"), _("Square"), _("Tall")), strict=True))


def kinds() -> list[tuple[str, str]]:
    return list(zip(KINDS, (_("Pictures"), _("Videos")), strict=True))


def folder_tree(actor: Actor) -> list[tuple[Folder, str]]:
    """All folders with their paths, each under the one that it lies in."""
    rows = list(Folder.objects.visible_to(actor).order_by("name", "id"))
    known = {folder.id: folder for folder in rows}
    return sorted(((folder, path_of(folder, known)) for folder in rows), key=lambda pair: fold(pair[1]))


def path_of(folder: Folder, known: dict[int, Folder]) -> str:
    above = known.get(folder.parent_id or 0)
    return f"{path_of(above, known)} / {folder.name}" if above else folder.name


def below(number: int | None, tree: list[tuple[Folder, str]]) -> list[int]:
    """The ids of a folder and of all that lie in it; nothing for one that is not there."""
    found = {folder.id for folder, _path in tree if folder.id == number}
    for _level in range(2):
        found |= {folder.id for folder, _path in tree if folder.parent_id in found}
    return sorted(found)


def inside(rows: Assets, tree: list[tuple[Folder, str]], here: Folder | None) -> list[tuple[Folder, int]]:
    """The folders that lie here, each with how many assets it and all in it hold."""
    own = Counter(dict(rows.filter(folder__isnull=False).order_by().values_list("folder").annotate(count=Count("id"))))
    lie = [folder for folder, _path in tree if folder.parent_id == (here.id if here else None)]
    return [(folder, sum(own[number] for number in below(folder.id, tree))) for folder in lie]


def way_to(here: Folder | None, tree: list[tuple[Folder, str]]) -> list[Folder]:
    """The folders above this one, and it."""
    known, way = {folder.id: folder for folder, _path in tree}, list[Folder]()
    while here:
        way.insert(0, here)
        here = known.get(here.parent_id or 0)
    return way


def tags_of(actor: Actor, chosen: str) -> list[str]:
    """The tags that are used most, and the chosen one."""
    rows = AssetTag.objects.filter(asset__in=Asset.objects.visible_to(actor)).order_by().values_list("tag")
    used = [tag for tag, _count in rows.annotate(count=Count("id")).order_by("-count", "tag")[:OFFERED_TAGS]]
    return sorted({*used, *([chosen] if chosen else [])})


@dataclass(frozen=True)
class Near:
    """An asset that looks like another one. `bits`: how many of 256 differ."""

    asset: Asset
    bits: int


@dataclass(frozen=True)
class AssetPage:
    """One asset: its versions, the newest first, and what looks like it."""

    asset: Asset
    versions: list[AssetVersion]
    near: list[Near]
    path: str
    may_keep: bool

    @property
    def size(self) -> str:
        return megabytes(self.asset.file.size)

    @classmethod
    def of(cls, asset: Asset, actor: Actor, tree: list[tuple[Folder, str]]) -> "AssetPage":
        versions = list(asset.versions.select_related("file", "by").order_by("-number")[:50])
        path = next((path for folder, path in tree if folder.id == asset.folder_id), "")
        return cls(asset, versions, near_ones(asset, actor), path, policy.may_keep(actor))


def near_ones(asset: Asset, actor: Actor) -> list[Near]:
    """Other assets of which a version looks like this one's newest, the nearest first."""
    return near_each([asset], actor)[asset.id]


def near_each(assets: list[Asset], actor: Actor) -> dict[int, list[Near]]:
    """The same for several, in two queries."""
    bits = {each.id: each.current.bits for each in assets if each.current.bits is not None}
    asked = sorted({probe for value in bits.values() for probe in probes(value)})
    rows = AssetVersion.objects.filter(bands__band__in=asked).distinct() if asked else AssetVersion.objects.none()
    others = [(other, int(looks, 16)) for other, looks in rows.values_list("asset", "looks")]
    found = {number: nearest(number, value, others) for number, value in bits.items()} | same_videos(assets)
    wanted = {other for each in found.values() for other in each}
    known = Asset.objects.visible_to(actor).with_file().in_bulk(wanted) if wanted else {}
    return {
        each.id: [Near(known[other], apart) for other, apart in found.get(each.id, {}).items() if other in known]
        for each in assets
    }


def same_videos(assets: list[Asset]) -> dict[int, dict[int, int]]:
    """Of each video the others that are the same, byte for byte."""
    videos = {each.id: each.file.digest for each in assets if each.file.is_video}
    rows = AssetVersion.objects.filter(file__digest__in=videos.values()) if videos else AssetVersion.objects.none()
    kept = list(rows.order_by("-id").values_list("asset", "file__digest")[:500])
    return {
        number: dict.fromkeys([other for other, each in kept if each == digest and other != number][:NEAR_SHOWN], 0)
        for number, digest in videos.items()
    }


def nearest(number: int, bits: int, others: list[tuple[int, int]]) -> dict[int, int]:
    """Of those others the near ones, with how many bits differ."""
    found: dict[int, int] = {}
    for other, looks in others:
        apart = distance(bits, looks)
        if other != number and apart <= NEAR:
            found[other] = min(apart, found.get(other, apart))
    return dict(sorted(found.items(), key=lambda pair: (pair[1], pair[0]))[:NEAR_SHOWN])
