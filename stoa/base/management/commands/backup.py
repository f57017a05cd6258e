"""`manage.py backup FOLDER`: database and files in a new folder below it, while the house runs. The keys stay: keep them apart."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from stoa.base import backup


class Command(BaseCommand):
    help = "Makes a backup of database and files in a new folder. The keys are not in it: keep them elsewhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            self.stdout.write(str(backup.back_up(folder)))
        except (backup.BackupTrouble, OSError) as trouble:
            raise CommandError(str(trouble)) from None
