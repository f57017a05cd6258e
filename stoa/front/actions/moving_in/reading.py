"""Reading an archive into its van: what is in it, what stays behind, which spaces it would make. Nothing of it is here yet."""

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from stoa.base import ids
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.facts import announce
from stoa.front.facts import ImportRead
from stoa.front.models import Import, Moved, OldHome
from stoa.front.moving_in import members, places
from stoa.front.moving_in.archive import PIECE, Refused
from stoa.front.moving_in.places import Mapped
from stoa.front.moving_in.systems import SYSTEMS
from stoa.front.moving_in.van import Van
from stoa.front.policy import may_move_in
from stoa.spaces.models import Space

FOLDER = "moving-in"
COUNTED = {
    "people": "people",
    "places": "places",
    "topics": "topics",
    "messages": "line",
    "signs": "signs",
    "pictures": "uploads",
}


def read_archive(
    system: str,
    path: Path,
    *,
    by: Actor,
    address: str = "",
    columns: Mapping[str, str] | None = None,
    again: bool = False,
) -> Import:
    """Reads it, once: the same archive gives the same row, and is read anew only where it is to be carried in `again`. Raises `Refused` for
    what cannot be brought in."""
    if not may_move_in(by):
        raise NotAllowed(_("You may not let a community move in."))
    if system not in SYSTEMS:
        raise Invalid(_("There is no importer for that."), field="system")
    digest = digest_of(path, address, columns or {})
    row = Import.objects.filter(digest=digest, home__system=system).first()
    if row is not None and (van_folder(row.folder).exists() or (row.state == Import.State.DONE and not again)):
        return row
    folder = row.folder if row else ids.shown(ids.new())
    van = _loaded(system, path, van_folder(folder), address, columns or {})
    try:
        return row or _kept(van, system, digest, folder, by)
    finally:
        van.close()


def van_folder(name: str) -> Path:
    """Where a van stands: in the data folder, for as long as its archive is being carried in."""
    return Path(settings.STOA_DATA) / FOLDER / name


def drop_van(row: Import) -> None:
    """Forgets what was read: it is here now, or it is not wanted."""
    shutil.rmtree(van_folder(row.folder), ignore_errors=True)


def digest_of(path: Path, address: str, columns: Mapping[str, str]) -> str:
    """By what an archive is known again: its bytes, or the names and sizes of a folder's files; and how it was to be read."""
    told = hashlib.sha256(f"{address}\0{sorted(columns.items())}\0".encode())
    if path.is_dir():
        for file in sorted(each for each in path.rglob("*") if each.is_file()):
            told.update(f"{file.relative_to(path)}\0{file.stat().st_size}\0{file.stat().st_mtime_ns}\0".encode())
    elif path.is_file():
        with path.open("rb") as stream:
            while piece := stream.read(PIECE):
                told.update(piece)
    return told.hexdigest()


def _loaded(system: str, path: Path, folder: Path, address: str, columns: Mapping[str, str]) -> Van:
    van = Van(folder)
    try:
        if address:
            van.say("address", address.rstrip("/"))
        if system == "members":
            members.load(path, van, columns)
        else:
            SYSTEMS[system].load(path, van)
    except BaseException:
        van.close()
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return van


def _kept(van: Van, system: str, digest: str, folder: str, by: Actor) -> Import:
    with transaction.atomic():
        home, _made = OldHome.objects.update_or_create(
            system=system,
            key=str(van.told("key"))[:200],
            defaults={"name": str(van.told("name"))[:200], "address": str(van.told("address"))[:300]},
        )
        row = Import.objects.create(
            home=home, digest=digest, folder=folder, found=found_in(van), noted=[asdict(each) for each in van.noted()],
            mapping=places.as_rows(proposals(van, home)),
        )  # fmt: skip
        announce(ImportRead(row.id), by=by)
    return row


def found_in(van: Van) -> dict[str, Any]:
    """How much of each is in it, from when until when, and how many of the people are here already."""
    counts: dict[str, Any] = {name: van.count(table) for name, table in COUNTED.items()}
    known, waiting = 0, iter(van.emails())
    while some := {email.casefold() for email in islice(waiting, 500)}:
        verified = EmailAddress.objects.annotate(folded=Lower("email")).filter(verified=True, folded__in=some)
        known += verified.count()
    return {**counts, "here": known}


def proposals(van: Van, home: OldHome) -> list[Mapped]:
    """Each place as it was there; one that is here already goes on in its space, unless that was opened since."""
    proposed = places.proposed(van.places(), van.sizes())
    moved = dict(Moved.objects.filter(home=home, kind="place").values_list("old", "thing_id"))
    spaces = Space.objects.in_bulk(list(moved.values()))
    found = []
    for each in proposed:
        space = spaces.get(moved.get(each.key, 0)) or _same_name(each, home)
        if space is None:
            found.append(each)
            continue
        is_wider = places.more_open(space.visibility, each.most_open)
        told = {"space": space.shown_id, "name": space.name, "takes": not is_wider}
        found.append(Mapped(**{**asdict(each), **told, "visibility": each.most_open if is_wider else space.visibility}))
    return found


def _same_name(each: Mapped, home: OldHome) -> Space | None:
    """A list of members names spaces as they are called here."""
    if home.system != "members":
        return None
    return Space.objects.living().filter(visibility__in=("public", "members"), name__iexact=each.was).first()


__all__ = ["Refused", "drop_van", "read_archive", "van_folder"]
