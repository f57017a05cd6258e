"""`manage.py take_mail`: answers by mail. Reads one message from its input, as a mail server's pipe or a sieve filter gives it; with
`--lmtp 127.0.0.1:8024` it listens until it is stopped. See docs/answers-by-mail.md."""

import asyncio
import signal
import sys
from argparse import ArgumentParser
from typing import Any

import structlog
from django.core.management.base import BaseCommand, CommandError

from stoa.base.errors import TooMany
from stoa.base.mail.incoming.reading import LONGEST, addressed_to
from stoa.base.mail.returning import taker_of
from stoa.community.talk.actions.mailed import Taken, take_mail
from stoa.community.talk.lmtp import listen

log = structlog.get_logger()
LATER = 75  # EX_TEMPFAIL of sysexits.h: the mail server keeps the message and tries again


def given(content: bytes, recipients: list[str]) -> Taken:
    """To whoever wrote that address; else it is an answer, or nothing of ours."""
    taker = taker_of(recipients or addressed_to(content))
    return Taken(taker.take(content, recipients or addressed_to(content))) if taker else take_mail(content, recipients)


class Command(BaseCommand):
    help = "Takes answers that come by mail: one message from its input, or all that are delivered to it by LMTP."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--to", action="append", default=[], help="to which address it was delivered (else as its head says)"
        )
        parser.add_argument("--lmtp", default="", metavar="HOST:PORT", help="listen here instead")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["lmtp"]:
            host, _, port = options["lmtp"].rpartition(":")
            if not host or not port.isdigit():
                raise CommandError("Say where to listen as HOST:PORT, for instance 127.0.0.1:8024.")
            asyncio.run(self.listen(host, int(port)))
            return
        content = sys.stdin.buffer.read(LONGEST + 1)
        try:
            taken = given(content, options["to"])
        except Exception as trouble:  # whatever it is: the message is somebody's words, and the mail server keeps them
            if not isinstance(trouble, TooMany):
                log.exception("mail.trouble")
            raise CommandError(f"Later: {trouble}", returncode=LATER) from None
        self.stdout.write(f"{taken.outcome}{': ' + taken.reason if taken.reason else ''}")

    async def listen(self, host: str, port: int) -> None:
        server = await listen(host, port)
        bound = server.sockets[0].getsockname()
        self.stdout.write(f"Answers by mail are taken at {bound[0]}:{bound[1]} (LMTP).")
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        await stop.wait()
        server.close()
        await server.wait_closed()
