"""`manage.py stoa_check`: recounts every counter and derived row, and says what does not fit."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from stoa.base.checking import complaints


class Command(BaseCommand):
    help = "Recounts counters, search, hearings, files and the log's chain; says what does not fit."
    requires_migrations_checks = True

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(complaints())
        for each in found:
            self.stdout.write(each)
        if found:
            raise CommandError(f"{len(found)} things do not fit.")
        self.stdout.write("Everything fits.")
