"""The door for answers by mail: LMTP (RFC 2033), as Postfix, Exim and Dovecot deliver. It says yes when a message is taken for good,
"later" when it could not be looked at now, and no to addresses that are none of ours. One recipient at a time: the next is tried again."""

import asyncio
from typing import Any

import structlog
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import Envelope, Session
from django.db import connections

from stoa.base.errors import TooMany
from stoa.base.mail.incoming.reading import LONGEST
from stoa.base.mail.returning import taker_of
from stoa.community.talk.actions.mailed import take_mail
from stoa.community.talk.reply_addresses import is_ours

log = structlog.get_logger()
TAKEN = "250 2.0.0 Taken"
LATER = "451 4.3.0 Not now, try again later"
NOBODY = "550 5.1.1 Nobody is at this address"
NO_SENDER = (None, "", "<>")  # the library gives an empty one as it is written
ONE = "452 4.5.3 One at a time, try this one again"


class Door:
    """What the server asks: may this one be delivered here, and what became of it."""

    async def handle_RCPT(  # noqa: N802  (the library's name)
        self, server: LMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not await asyncio.to_thread(_in_thread, is_somebodys, address):
            return NOBODY
        if envelope.rcpt_tos:
            return ONE
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: LMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.original_content or b""
        taker = await asyncio.to_thread(_in_thread, taker_of, list(envelope.rcpt_tos))
        if taker is None and envelope.mail_from in NO_SENDER:
            return TAKEN  # the empty sender of bounces: nothing to post, and nothing to answer
        try:
            take = taker.take if taker else take_mail
            await asyncio.to_thread(_in_thread, take, content, list(envelope.rcpt_tos))
        except TooMany:
            return LATER
        except Exception:
            log.exception("mail.trouble")
            return LATER
        return TAKEN


def is_somebodys(address: str) -> bool:
    return is_ours(address) or taker_of([address]) is not None


def _in_thread(act: Any, *given: Any) -> Any:
    """A mail now and then is worth no connection that stays open."""
    try:
        return act(*given)
    finally:
        connections.close_all()


async def listen(host: str, port: int) -> asyncio.Server:
    """Opens the door; whoever calls closes it."""
    loop = asyncio.get_running_loop()
    return await loop.create_server(
        lambda: LMTP(Door(), data_size_limit=LONGEST, enable_SMTPUTF8=True, hostname="stoa", timeout=60), host, port
    )
