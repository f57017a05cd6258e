"""`manage.py restore FOLDER`: a backup into an empty installation, which then starts paused; `--resume` lets it go on."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from stoa.base import backup


class Command(BaseCommand):
    help = "Puts a backup into an empty installation, paused; --resume lets things leave the house again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, nargs="?")
        parser.add_argument(
            "--resume", action="store_true", help="somebody has looked: what is due may leave the house"
        )

    def handle(self, *args: Any, folder: Path | None, resume: bool, **options: Any) -> None:
        if resume:
            backup.resume()
            return
        if folder is None:
            raise CommandError("Name the backup's folder.")
        try:
            manifest = backup.restore(folder)
        except (backup.BackupTrouble, OSError) as trouble:
            raise CommandError(str(trouble)) from None
        call_command("migrate", verbosity=0)
        made_at = datetime.fromisoformat(manifest["made_at"])
        backup.pause(f"Restored from a backup of {made_at:%Y-%m-%dT%H:%M} UTC.", made_at)
        self.stdout.write(
            "Restored, and paused: look at what was sent since the backup, then `manage.py restore --resume`.\n"
            "Sign-ins and stored secrets need the keys folder of the old installation: copy it beside the database."
        )
