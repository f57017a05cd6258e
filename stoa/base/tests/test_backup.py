"""A backup that was restored holds the same rows and files, checked one by one, and nothing leaves the house until somebody has looked."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from stoa.base import backup
from stoa.settings import ROOT


def manage(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("STOA_")}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env={**environ, "STOA_DATA": str(data)},
        capture_output=True,
        text=True,
    )


def told(data: Path, expression: str) -> str:
    code = f"from stoa.base.models import *; print({expression})"
    done = manage(data, "shell", "--no-imports", "-c", code)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A backup of an installation with one row and one file."""
    old = tmp_path / "old"
    (old / "files" / "ab").mkdir(parents=True)
    (old / "files" / "ab" / "abc").write_bytes(b"picture")
    assert manage(old, "migrate", "-v", "0").returncode == 0
    told(old, "Site.objects.create(name='Guild')")
    done = manage(old, "backup", str(tmp_path / "backups"))
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


@pytest.mark.slow
def test_what_is_restored_is_the_same_and_paused(made: Path, tmp_path: Path) -> None:
    assert (tmp_path / "old" / "keys" / "secret").exists()
    assert not [file for file in backup.below(made) if "secret" in file.name]
    new = tmp_path / "new"
    done = manage(new, "restore", str(made))
    assert done.returncode == 0, done.stderr
    assert told(new, "Site.objects.get().name") == "Guild"
    assert told(new, "Site.objects.get().paused_reason").startswith("Restored from a backup of ")
    assert (new / "files" / "ab" / "abc").read_bytes() == b"picture"
    again = manage(new, "restore", str(made))
    assert again.returncode == 1
    assert "is there already: restore into an empty folder" in again.stderr
    manage(new, "restore", "--resume")
    assert told(new, "repr(Site.objects.get().paused_reason)") == "''"
    facts = told(new, "[row.name for row in FactRow.objects.order_by('at', 'id')]")
    assert facts == "['base.backup_restored', 'base.restore_resumed']"
    manage(new, "restore", "--resume")
    assert told(new, "FactRow.objects.count()") == "2"


def test_a_damaged_or_incomplete_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "database.sqlite3").write_bytes(b"rows")
    with pytest.raises(backup.BackupTrouble, match=r"no complete backup"):
        backup.checked(tmp_path)
    listed = {"database.sqlite3": backup.digest(tmp_path / "database.sqlite3")}
    (tmp_path / "manifest.json").write_text(json.dumps({"format": 1, "database": "sqlite", "files": listed}))
    assert backup.checked(tmp_path)["database"] == "sqlite"
    (tmp_path / "database.sqlite3").write_bytes(b"rot")
    with pytest.raises(backup.BackupTrouble, match=r"^database\.sqlite3 is damaged or missing"):
        backup.checked(tmp_path)
    shutil.rmtree(tmp_path)
