"""Whether what waits for an answer still stands on its network: what its author took down is not kept here."""

from contextlib import suppress
from datetime import timedelta
from time import monotonic

from django.db import transaction
from django.db.models import F

from stoa.base import clock
from stoa.base.actors import system
from stoa.base.facts import announce
from stoa.social.listen.actions.folding import fold, lock
from stoa.social.listen.facts import ChannelHeard, MessageGone
from stoa.social.listen.models import Fetch, Message
from stoa.social.listen.models.conversation import OPEN, WAITING
from stoa.social.listen.models.message import GONE, HERE, IN
from stoa.social.networks import lines
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Deletes, Line, Trouble

EVERY, AT_ONCE, SECONDS = timedelta(minutes=30), 10, 30.0
EAR = system("listen")


def look_again(fetch: Fetch, channel: Channel) -> None:
    """Asks the network for those that wait, the least lately looked at first; a few in one go, and not often."""
    if (fetch.looked_at and fetch.looked_at > clock.now() - EVERY) or not isinstance(channel.connector, Deletes):
        return
    Fetch.objects.filter(id=fetch.id).update(looked_at=clock.now())
    waiting = Message.objects.filter(channel=channel, direction=IN, presence=HERE)
    waiting = waiting.filter(conversation__state__in=(WAITING, OPEN), kept_at__lt=clock.now() - EVERY)
    until = monotonic() + SECONDS
    with suppress(Trouble):
        line = lines.line_for(channel)
        for message in waiting.order_by(F("looked_at").asc(nulls_first=True), "id")[:AT_ONCE]:
            if monotonic() > until:
                return
            look_at(message, channel.connector, line)


def look_at(message: Message, connector: Deletes, line: Line) -> None:
    """Trouble says nothing of whether it stands."""
    stands = connector.stands(message.remote_id, over=line)
    Message.objects.filter(id=message.id).update(looked_at=clock.now())
    if not stands:
        take_away(message)


def take_away(message: Message) -> None:
    """Its words go; that it was said stays. Nobody waits for an answer to it any more."""
    with transaction.atomic():
        held = lock(message.conversation_id)
        if not Message.objects.filter(id=message.id, presence=HERE).update(presence=GONE, text=""):
            return
        fold(held)
        announce(MessageGone(message.id, held.id, held.channel_id), by=EAR)
        announce(ChannelHeard(held.channel_id, 0), by=EAR)
