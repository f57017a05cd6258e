"""A backup is made, publishing goes on, the house is lost, the backup is restored: what was sent since is in no row of it."""

import json
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

from proofs.ground import ROOT
from proofs.publish.driving import plant
from proofs.publish.run import PATIENCE, Run, until
from stoa.base import backup, clock
from stoa.base.models.site import site
from stoa.social.publish.models import Delivery


def published() -> int:
    return Delivery.objects.filter(state="published").count()


def lose_a_quarter(run: Run) -> None:
    """Backed up when a third is out, lost when a quarter more is; restored, and paused."""
    run.start_workers()
    plant(run)
    until(lambda: published() > run.count // 3, "a third", PATIENCE)
    kept = backup.back_up(run.folder) if connection.vendor == "sqlite" else None
    made_at = clock.now()
    if kept is None:
        run.stop_workers()
        copy("stoa_kept", "run")
        run.start_workers()
    until(lambda: published() > run.count // 3 + run.count // 4, "a quarter more", PATIENCE)
    run.stop_workers()
    run.told["published_when_it_was_lost"] = published()
    connections.close_all()
    if kept is None:
        copy("run", "stoa_kept")
    else:
        for file in Path(settings.STOA_DATA).glob("stoa.sqlite3*"):
            file.unlink()
        command = [sys.executable, str(ROOT / "manage.py"), "restore", str(kept)]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    backup.pause("Restored from a backup.", made_at)
    run.told["published_in_the_backup"] = published()


def copy(to: str, what: str) -> None:
    """PostgreSQL's way: a database made after the pattern of another, while nobody uses it."""
    import psycopg

    host = connection.settings_dict["HOST"] or connection.settings_dict["OPTIONS"].get("host", "")
    connections.close_all()
    with psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True) as line:
        line.execute(f"DROP DATABASE IF EXISTS {to} WITH (FORCE)")  # type: ignore[arg-type]
        line.execute(f"CREATE DATABASE {to} TEMPLATE {what}")  # type: ignore[arg-type]


def go_on_after(run: Run) -> None:
    """Half of the runs wait until all that was due has been looked up; the others are told to go on at once, as hasty people do."""
    began = time.time()
    if run.seed % 2:
        until(lambda: not due(), "all that is due to be looked up", PATIENCE)
        assert site().paused_reason
        run.told["sent_while_paused"] = sent_since(run, began)
    backup.resume()


def due() -> bool:
    return Delivery.objects.filter(due_at__lte=clock.now() + timedelta(seconds=30)).exists()


def sent_since(run: Run, began: float) -> int:
    log = [json.loads(line) for line in (run.folder / "network.jsonl").read_text().splitlines()]
    return sum(each["t"] > began for each in log if each.get("what") == "post")
