"""`manage.py render_again`: everything that an older renderer made, at once; the worker does the same little by little."""

from typing import Any

from django.core.management.base import BaseCommand

from stoa.base.text.again import render_again


class Command(BaseCommand):
    help = "Renders anew what people wrote and an older renderer made into HTML."

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        while batch := render_again():
            done += batch
        self.stdout.write(f"{done} texts rendered anew.")
