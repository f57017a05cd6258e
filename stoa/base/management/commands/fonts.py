"""`manage.py fonts`: makes the web fonts once a machine; pages use them from their next drawing on."""

from typing import Any

from django.core.management.base import BaseCommand

from stoa.base import fonts


class Command(BaseCommand):
    help = "Cut Inter and Source Serif 4 to what pages need (once a machine), and put them beside the static files."

    def handle(self, *args: Any, **options: Any) -> None:
        for path in fonts.build():
            self.stdout.write(f"{path.name}: {path.stat().st_size:,} bytes")
