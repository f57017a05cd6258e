"""Backup and restore: the database as it is at one moment, the files, and a manifest by which both are checked. Never the keys.

SQLite is copied by its own online backup while the house runs, PostgreSQL by `pg_dump`. What is restored starts paused: what stands as due
may have been sent after the backup was made.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from stoa.base import clock
from stoa.base.actors import system
from stoa.base.facts import Fact, announce, fact
from stoa.base.models.fact import FactRow
from stoa.base.models.site import ONLY, Site
from stoa.base.standing_queries import first, standing

MANIFEST = "manifest.json"
SQLITE, DUMP = "database.sqlite3", "database.dump"
FORMAT = 1


@fact("base.backup_restored")
@dataclass(frozen=True)
class BackupRestored(Fact):
    """A backup was put into this installation: what was done after `made_at` is not in it."""

    made_at: datetime


@fact("base.restore_resumed")
@dataclass(frozen=True)
class RestoreResumed(Fact):
    """Somebody looked after a restore and let things leave the house again."""


class BackupTrouble(Exception):
    """A sentence: why there is no backup, or why it is not restored."""


def back_up(target: Path) -> Path:
    """Makes a backup in a new folder below `target` and gives that folder. It is complete once its manifest is there."""
    folder = target / f"stoa-{clock.now():%Y%m%d-%H%M%S}"
    folder.mkdir(parents=True, mode=0o700)
    if connection.vendor == "sqlite":
        copy_sqlite(folder / SQLITE)
    else:
        postgres("pg_dump", "--format=custom", "--no-owner", f"--file={folder / DUMP}")
    copy_files(files_folder(), folder / "files")
    listed = {str(file.relative_to(folder)): digest(file) for file in below(folder)}
    told = {"format": FORMAT, "made_at": clock.now().isoformat(), "database": connection.vendor, "files": listed}
    (folder / MANIFEST).write_text(json.dumps(told, indent=1, sort_keys=True))
    return folder


def restore(folder: Path) -> dict[str, Any]:
    """Puts a checked backup into this installation, which must be empty, and leaves it paused. Gives the manifest."""
    manifest = checked(folder)
    if manifest["database"] != connection.vendor:
        raise BackupTrouble(f"This backup is of {manifest['database']}, this installation uses {connection.vendor}.")
    if connection.vendor == "sqlite":
        place_sqlite(folder / SQLITE)
    else:
        place_dump(folder / DUMP)
    copy_files(folder / "files", files_folder())
    return manifest


def restored_at() -> datetime | None:
    """When a backup was last put into this installation; None if never."""
    at: Any = first(standing(_restores, name=BackupRestored.name))
    return at  # type: ignore[no-any-return]


def _restores(*, name: str) -> "QuerySet[FactRow, Any]":
    return FactRow.objects.filter(name=name).order_by("-id").values_list("at", flat=True)[:1]


def pause(reason: str, made_at: datetime) -> None:
    """Nothing leaves the house until somebody has looked (`resume`). The audit log says that what follows stands on a backup."""
    with transaction.atomic():
        Site.objects.update_or_create(id=ONLY, defaults={"paused_reason": reason})
        announce(BackupRestored(made_at), by=system("base"))


def resume() -> None:
    """Lets things leave the house again."""
    with transaction.atomic():
        if Site.objects.filter(id=ONLY).exclude(paused_reason="").update(paused_reason=""):
            announce(RestoreResumed(), by=system("base"))


def checked(folder: Path) -> dict[str, Any]:
    """The manifest, once every file is found to be what it says. Raises BackupTrouble for the first that is not."""
    if not (folder / MANIFEST).is_file():
        raise BackupTrouble(f"{folder} is no complete backup: it has no {MANIFEST}.")
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
    if manifest.get("format") != FORMAT:
        raise BackupTrouble("This backup was made by another version: restore it with that one.")
    for name, wanted in manifest["files"].items():
        file = folder / name
        if not file.is_file() or digest(file) != wanted:
            raise BackupTrouble(f"{name} is damaged or missing: take another backup.")
    return manifest


def copy_sqlite(target: Path) -> None:
    """SQLite's online backup, then its own check of the copy."""
    with (
        closing(sqlite3.connect(str(settings.DATABASES["default"]["NAME"]))) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy, pages=2000)
        if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise BackupTrouble("The copy of the database is not sound: check the disk.")
        copy.execute("PRAGMA journal_mode=DELETE")


def place_sqlite(source: Path) -> None:
    place = Path(str(settings.DATABASES["default"]["NAME"]))
    if place.exists():
        raise BackupTrouble(f"{place} is there already: restore into an empty folder (STOA_DATA).")
    connection.close()
    place.parent.mkdir(parents=True, exist_ok=True)
    half = place.with_name(place.name + ".half")
    shutil.copyfile(source, half)
    os.replace(half, place)


def place_dump(source: Path) -> None:
    if connection.introspection.table_names():
        raise BackupTrouble("The database is not empty: restore into a new one.")
    connection.close()
    postgres("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", str(source))


def postgres(program: str, *options: str) -> None:
    """Runs one of PostgreSQL's programs on our database; the password goes by the environment."""
    if not shutil.which(program):
        raise BackupTrouble(f"{program} is missing: install PostgreSQL's client programs.")
    place = settings.DATABASES["default"]
    parts = {"--host": place["HOST"], "--port": place["PORT"], "--username": place["USER"], "--dbname": place["NAME"]}
    given = [f"{name}={value}" for name, value in parts.items() if value]
    done = subprocess.run(  # noqa: S603
        [program, *given, *options],
        env={**os.environ, "PGPASSWORD": str(place["PASSWORD"])},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise BackupTrouble(f"{program} could not: {done.stderr.strip()[-300:]}")


def files_folder() -> Path:
    return Path(settings.STOA_DATA) / "files"


def copy_files(source: Path, target: Path) -> None:
    """Copies what is not there yet. Files are named by their content, so what is there is the same."""
    for file in below(source):
        place = target / file.relative_to(source)
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, place)


def below(folder: Path) -> Iterator[Path]:
    return (file for file in sorted(folder.rglob("*")) if file.is_file())


def digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
