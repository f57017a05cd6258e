"""Makes a new key for sealed columns and seals everything anew; the old key files may be removed when nothing is lost."""

from typing import Any

from django.core.management.base import BaseCommand

from stoa.base import crypto


class Command(BaseCommand):
    help = "Make a new key and seal every sealed column anew."

    def handle(self, *args: Any, **options: Any) -> None:
        key = crypto.make_key()
        done, lost = crypto.reseal_all()
        self.stdout.write(f"Key {key} seals from now on: {done} values sealed anew, {lost} could not be opened.")
        if lost:
            self.stdout.write("Whatever those guarded must be connected again. Keep the older key files until then.")
