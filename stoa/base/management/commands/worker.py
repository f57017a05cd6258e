"""`manage.py worker`: runs what is due and keeps the clock work going, until it is told to stop."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from stoa.base.server import logs, memory
from stoa.base.work import engine


class Command(BaseCommand):
    help = "Runs what is due and keeps the clock work going."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--lifeline", type=int, help="a pipe; when it ends, so does the worker")

    def handle(self, *args: Any, lifeline: int | None = None, **options: Any) -> None:
        logs.set_up()
        memory.settle()
        engine.work() if lifeline is None else engine.work_beside(lifeline)
