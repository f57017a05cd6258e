"""Carrying single messages to the mail server, with what became of each: for whoever must know it exactly and never sends twice.

with Carriage() as line:
    line.carry(sender, reader, content)      the server's yes
"""

import smtplib
from contextlib import suppress
from types import TracebackType

from stoa.base.mail.send import FOR_GOOD, SECONDS, connection

LONGEST_SAID = 300
DOT = b".\r\n"
LOOKING = 120  # seconds


class NoServer(Exception):
    """The mail server cannot be reached, or broke off before the message was handed over: nothing was sent."""


class NotTaken(Exception):
    """The mail server said no, to `what`: our own "sender", this "reader", or the "words". `code` is its number (RFC 5321, 4.2)."""

    def __init__(self, what: str, code: int, said: str) -> None:
        super().__init__(said)
        self.what = what
        self.code = code
        self.said = said

    @property
    def is_for_good(self) -> bool:
        return self.code in FOR_GOOD


class Unclear(Exception):
    """The message was handed over and the answer never came: it may be on its way."""


class Carriage:
    """One conversation with the mail server of STOA_MAIL_URL, for as many messages as it lasts."""

    def __enter__(self) -> "Carriage":
        self._backend = connection()
        try:
            self._backend.open()
            line = self._backend.connection
            if line is None:
                raise NoServer("There is no mail server.")
            line.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException) as trouble:
            self._backend.close()
            raise NoServer(_words_of(trouble)) from trouble
        self._line: smtplib.SMTP = line
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._backend.close()

    def carry(self, sender: str, reader: str, content: bytes) -> str:
        """Hands one message over, and gives the server's yes. Raises `NotTaken`, `Unclear` or `NoServer`."""
        try:
            self._asked("sender", self._line.mail(sender))
            self._asked("reader", self._line.rcpt(reader))
            self._asked("words", self._line.docmd("DATA"), yes=(354,))
        except (OSError, smtplib.SMTPException) as trouble:
            raise NoServer(_words_of(trouble)) from trouble
        try:
            self._line.send(dotted(content))
            code, said = self._last_answer()
        except (OSError, smtplib.SMTPException) as trouble:
            raise Unclear(_words_of(trouble)) from trouble
        if not 200 <= code < 600:
            raise Unclear(f"The answer could not be read: {said!r}"[:LONGEST_SAID])
        return self._asked("words", (code, said))

    def _last_answer(self) -> tuple[int, bytes]:
        """Servers look through a message before they take it: whoever hangs up too early never learns what became of it."""
        if self._line.sock is None:
            raise smtplib.SMTPServerDisconnected("The line is closed.")
        self._line.sock.settimeout(LOOKING)
        answer = self._line.getreply()
        self._line.sock.settimeout(SECONDS)
        return answer

    def _asked(self, what: str, answer: tuple[int, bytes], yes: tuple[int, ...] = (250, 251)) -> str:
        code, said = answer[0], answer[1].decode("utf-8", "replace")[:LONGEST_SAID]
        if code in yes:
            return said
        if code == 421:  # the server is closing: the next message needs a new conversation
            raise NoServer(said) if what != "words" else NotTaken(what, code, said)
        with suppress(OSError, smtplib.SMTPException):
            self._line.rset()
        raise NotTaken(what, code, said)


def dotted(content: bytes) -> bytes:
    """A message as it goes over the line (RFC 5321, 4.5.2)."""
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").removesuffix(b"\n").split(b"\n")
    return b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines) + b"\r\n" + DOT


def _words_of(trouble: Exception) -> str:
    return f"{type(trouble).__name__}: {trouble}"[:LONGEST_SAID]
