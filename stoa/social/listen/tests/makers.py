"""Makers for tests: this room's, and every higher one's."""

from datetime import datetime, timedelta

from django.db import transaction

from stoa.base import clock
from stoa.base.work.drain import drain
from stoa.people.models import Identity
from stoa.social.listen.actions.hearing import keep_heard
from stoa.social.listen.models import Conversation, Message
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Account, Heard


def make_conversation(
    channel: Channel,
    text: str = "Is it open on Sunday?",
    *,
    handle: str = "kettlefan",
    at: datetime | None = None,
    **more: str,
) -> Conversation:
    """One that begins with a mention by a stranger, heard as the connector would tell it."""
    number = Message.objects.count() + 1
    speaker = Account(f"id-{handle}", handle, handle.title())
    address = f"https://plaza.example/heard/{number}"
    item = Heard("mention", f"heard{number}", "1", speaker, text, at or clock.now(), address, **more)
    with transaction.atomic():
        keep_heard(channel, [item])
    return Conversation.objects.with_faces().get(messages__remote_id=item.id)


def identity_of(handle: str = "kettlefan") -> Identity:
    return Identity.objects.get(remote_id=f"id-{handle}")


def work_on(since: datetime, minutes: float = 5, every: float = 30) -> None:
    """Lets the clock run from `since`, and the worker look every so many seconds."""
    steps = int(minutes * 60 / every) + 1
    for step in range(steps):
        with clock.pinned(since + timedelta(seconds=step * every)):
            drain()
