"""A mail server on this machine that answers as a test tells it, and keeps what it took."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope, Session

from stoa.social.networks.tests.running import free_port

CUT = "cut"  # it goes away without an answer


@dataclass
class PostOffice:
    """`to`, `words`: what it answers to a reader, and to a message for one ("250 …" unless it is told otherwise)."""

    to: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    from_us: str = "250 OK"
    taken: list[tuple[str, str, bytes]] = field(default_factory=list)

    @property
    def readers(self) -> list[str]:
        return [reader for _sender, reader, _content in self.taken]

    def letter(self, number: int = 0) -> EmailMessage:
        made = message_from_bytes(self.taken[number][2], policy=policy.default)
        assert isinstance(made, EmailMessage)
        return made

    async def handle_MAIL(  # noqa: N802  (the library's names)
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.from_us

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        said = self.to.get(address, "250 OK")
        if said == CUT:
            server.transport.abort()
        if said.startswith("2"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802
        reader = envelope.rcpt_tos[0]
        said = self.words.get(reader, "250 2.0.0 Taken")
        if said.startswith("2") or said == CUT:
            self.taken.append((str(envelope.mail_from), reader, bytes(envelope.content or b"")))
        if said == CUT:
            server.transport.abort()
        return said


@contextmanager
def post_office(settings: Any) -> Iterator[PostOffice]:
    office = PostOffice()
    port = free_port()
    controller = Controller(office, hostname="127.0.0.1", port=port, ready_timeout=60)
    controller.start()
    settings.STOA_MAIL_URL = f"smtp://127.0.0.1:{port}?tls=off"
    settings.DEFAULT_FROM_EMAIL = "Stoa <stoa@example.org>"
    try:
        yield office
    finally:
        controller.stop()
