"""Reads the audit chain and says whether any fact was changed, removed or put elsewhere."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stoa.base import audit


class Command(BaseCommand):
    help = "Verify the audit chain. Note the head that it prints somewhere else, and give it back with --head."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--head", default="", help="a head noted before, POSITION:SEAL")

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for fault in audit.verify(options["head"]):
            found += 1
            self.stdout.write(f"{fault.position} {fault.fact_id}: {fault.what}")
        self.stdout.write(f"head {audit.head()}")
        if found:
            raise CommandError(f"{found} faults in the audit chain")
        self.stdout.write("The audit chain is whole.")
