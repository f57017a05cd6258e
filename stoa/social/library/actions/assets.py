"""Assets: brought, described, deleted."""

import re
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from stoa.base import clock, files, ids
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotPossible
from stoa.base.facts import announce
from stoa.base.models.file import File
from stoa.base.search.folding import fold
from stoa.social.library.actions.keepers import check_keeper
from stoa.social.library.actions.versions import keep_version
from stoa.social.library.facts import AssetBrought, AssetChanged, AssetDeleted
from stoa.social.library.fitting import CENTRE, PLACES
from stoa.social.library.licences import KEYS, licence_of
from stoa.social.library.models import Asset, AssetTag, Folder
from stoa.social.library.shapes import shape_of

KEY = "library.asset"
MOST_TAGS, LONGEST_TAG = 20, 40
MOST_BYTES = 15_000_000
_blanks = re.compile(r"\s+")


@dataclass(frozen=True)
class About:
    """What is said of an asset. `title` empty: made of the file's name."""

    title: str = ""
    alt: str = ""
    credit: str = ""
    licence: str = "unknown"
    licence_note: str = ""
    folder: Folder | None = None
    tags: tuple[str, ...] = field(default=())
    focal: str = CENTRE


def bring_asset(content: bytes, about: About, *, name: str = "", by: Actor) -> Asset:
    """Takes a picture into the library. Raises `Invalid` for what is no picture, or moves, or is said of it and cannot be."""
    check_keeper(by)
    check_about(about)
    number = ids.new()
    file = files.keep_ours(content, (KEY, number), by=by, name=name)
    return keep_asset(number, file, about, by=by)


def keep_file(file: File, about: About, *, by: Actor) -> Asset:
    """Takes a picture that stands here already (in a post) into the library too: a row of its own over the same bytes."""
    check_keeper(by)
    check_about(about)
    number = ids.new()
    return keep_asset(number, files.lend(file, (KEY, number)), about, by=by)


def keep_asset(number: int, file: File, about: About, *, by: Actor) -> Asset:
    asset = Asset(id=number, by_id=by.person_id, shape=shape_of(file.width or 1, file.height or 1))
    with transaction.atomic():
        version = keep_version(asset, file, number=1, why="", by=by)
        asset.current = version
        take(asset, about, name=file.name or (_("Video") if file.is_video else ""))
        asset.save(force_insert=True)
        version.save(force_insert=True)
        version.keep_bands()
        keep_tags(asset, about.tags)
        announce(AssetBrought(asset.id, version.id), by=by)
    return asset


def describe_asset(asset: Asset, about: About, *, by: Actor) -> Asset:
    """Says anew what it is, whose, what is allowed and where it lies."""
    check_keeper(by)
    check_about(about)
    with transaction.atomic():
        row = Asset.objects.select_for_update().get(id=asset.id)
        take(row, about, name=row.title)
        row.changed_at = clock.now()
        row.save()
        keep_tags(row, about.tags)
        announce(AssetChanged(row.id, row.terms.goes), by=by)
    return row


def delete_asset(asset: Asset, *, by: Actor) -> None:
    """Takes it away with all its versions. What a post shows stays: the library's pages say where."""
    check_keeper(by)
    kept = list(File.objects.filter(thing_key=KEY, thing_id=asset.id))
    try:
        with transaction.atomic():
            asset.versions.all().delete()
            Asset.objects.filter(id=asset.id).delete()
            files.forget(kept)
            announce(AssetDeleted(asset.id), by=by)
    except (ProtectedError, IntegrityError):
        raise NotPossible(
            _("This picture is used in posts, so it stays."),
            _("Its page says in which. Take it out of their drafts first."),
        ) from None


def take(asset: Asset, about: About, *, name: str) -> None:
    """What is said of it into the row, with what a search will look through."""
    asset.title = (about.title.strip() or named(name) or _("Picture"))[:120]
    asset.alt, asset.credit = about.alt.strip()[:2000], _blanks.sub(" ", about.credit).strip()[:200]
    asset.licence, asset.licence_note = about.licence, about.licence_note.strip()[:300]
    asset.folder, asset.focal = about.folder, about.focal
    asset.words = words_of(asset, about.tags)


def words_of(asset: Asset, tags: tuple[str, ...]) -> str:
    return fold(" ".join([asset.title, asset.alt, asset.credit, *tags]))


def named(name: str) -> str:
    """A title from a file's name: without its ending, with blanks where people write none."""
    return _blanks.sub(" ", re.sub(r"\.\w{2,5}$", "", name).replace("_", " ").replace("-", " ")).strip()


def keep_tags(asset: Asset, tags: tuple[str, ...]) -> None:
    asset.tags.exclude(tag__in=tags).delete()
    known = set(asset.tags.values_list("tag", flat=True))
    AssetTag.objects.bulk_create([AssetTag(asset=asset, tag=tag) for tag in tags if tag not in known])


def tags_in(text: str) -> tuple[str, ...]:
    """Words between commas as tags: small letters, each once. Raises `Invalid` for too many or too long ones."""
    found = list(dict.fromkeys(_blanks.sub(" ", each).strip().strip("#").casefold() for each in text.split(",")))
    tags = tuple(each for each in found if each)
    if len(tags) > MOST_TAGS or any(len(each) > LONGEST_TAG for each in tags):
        raise Invalid(
            _("At most 20 tags, each of at most 40 characters."), _("Use fewer or shorter ones."), field="tags"
        )
    return tags


def check_about(about: About) -> None:
    """Raises `Invalid` for what cannot be said of an asset."""
    if about.licence not in KEYS or about.focal not in PLACES:
        raise Invalid(_("This choice is not known."), field="licence" if about.licence not in KEYS else "focal")
    licence = licence_of(about.licence)
    if licence.credited and not about.credit.strip():
        raise Invalid(_("This licence asks for credit."), _("Say whose picture it is."), field="credit")
    if licence.noted and not about.licence_note.strip():
        raise Invalid(_("Say who gave permission, and for what."), field="licence_note")
