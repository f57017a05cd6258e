"""`manage.py serve`: the whole of Stoa on one port, with a worker beside it."""

import socket
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from stoa.base import fonts
from stoa.base.entrance import set_up_address
from stoa.base.server import logs, memory
from stoa.base.server.beside import Beside
from stoa.base.server.run import Server, is_loopback
from stoa.base.sqlite.base import leave_log
from stoa.base.work import engine


class Command(BaseCommand):
    set_up = ""
    help = "Serves the pages, the live streams and the files on one port, with a worker beside it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-worker", action="store_true", help="a worker runs elsewhere")

    def handle(self, *args: Any, host: str, port: int, no_worker: bool, **options: Any) -> None:
        logs.set_up()
        refuse_what_cannot_be(host, port)
        self.set_up = set_up_address()  # asked before the server's loop runs, in which the database is not asked
        from stoa.asgi import application

        memory.import_views()
        memory.settle()
        worker = None if no_worker else Beside(work=engine.work_beside)
        if worker:
            worker.start()  # before there are threads
        leave_log()
        server = Server(application, host, port, worker=worker)
        server.when_ready = self.greet
        cutting = fonts.begin()
        try:
            server.run()
        finally:
            if cutting:
                cutting.terminate()
            if worker:
                worker.stop()

    def greet(self) -> None:
        """The address to open and, in a demo folder, who one can sign in as."""
        self.stdout.write(f"\nStoa is at {settings.STOA_URL}\n")
        sign_ins = Path(settings.STOA_DATA) / "demo-sign-ins.txt"
        if sign_ins.exists():
            self.stdout.write(sign_ins.read_text())
        if self.set_up:
            self.stdout.write(f"Nobody has set this place up yet. Do so at {settings.STOA_URL}{self.set_up}\n")
        self.stdout.write("Ctrl-C stops it.\n")
        self.stdout.flush()


def refuse_what_cannot_be(host: str, port: int) -> None:
    """Raises CommandError for a demo that others could reach, and for a port that is taken."""
    from stoa.base.models.site import site

    if not is_loopback(host) and site().is_demo:
        raise CommandError(
            f"This folder holds demo data, whose sign-ins are printed: it is served to this machine only, not on {host}. "
            "Start with --empty and another --data folder to serve others."
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as trouble:
            raise CommandError(
                f"Port {port} on {host} cannot be used ({trouble.strerror}): choose another with --port."
            ) from None
