"""Keeping what was heard: each remote id once on a channel, whatever the order and however often a page comes."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.db.models import Q

from stoa.base import clock
from stoa.base.actors import system
from stoa.base.facts import announce
from stoa.base.http import web_address
from stoa.people.models import Identity
from stoa.social.listen.actions.folding import fold
from stoa.social.listen.facts import ChannelHeard, ConversationOpened, ConversationReopened, MessageHeard
from stoa.social.listen.models import Conversation, Mention, Message
from stoa.social.listen.models.message import FORGOTTEN, IN, forgotten_id
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Account, Heard
from stoa.social.publish.models import Delivery

EAR = system("listen")
OLDEST, NO_NETWORKS = timedelta(days=3650), datetime(2000, 1, 1, tzinfo=UTC)
LONGEST_ID, LONGEST_TEXT, LONGEST_NAME = 300, 20_000, 300
UNSOUND = re.compile("[\x00-\x1f\ud800-\udfff]")  # in an id: what no database keeps


def keep_heard(channel: Channel, items: Iterable[Heard]) -> int:
    """Stores what is new, inside the caller's transaction; how many messages that were. What we said ourselves is not heard."""
    wanted = [each for each in items if is_sound(each) and each.author.id != channel.remote_id]
    known = known_messages(channel, [each.id for each in wanted])
    touched: dict[int, Conversation] = {}
    new = 0
    for heard in sorted(wanted, key=lambda each: instant(each.at)):
        if heard.id in known:
            rewrite(known[heard.id], heard)
            continue
        message = keep_one(channel, heard)
        known[heard.id] = message
        touched[message.conversation_id] = message.conversation
        new += 1
    for conversation in touched.values():
        was_closed = conversation.is_closed
        fold(conversation)
        if was_closed and not conversation.is_closed:
            announce(ConversationReopened(conversation.id, channel.id), by=EAR)
    if new:
        announce(ChannelHeard(channel.id, new), by=EAR)
    return new


def is_sound(heard: Heard) -> bool:
    """Whether it can be kept at all: ids that fit. What is not sound is left out, so that one bad item stops nothing."""
    ids = (heard.id, heard.author.id)
    others = (heard.version, heard.in_reply_to, heard.root, heard.about)
    return all(0 < len(each) <= LONGEST_ID for each in ids) and not any(
        UNSOUND.search(each) for each in (*ids, *others)
    )


def known_messages(channel: Channel, ids: list[str]) -> dict[str, Message]:
    """Those of these ids that were heard before, also what was forgotten since."""
    names = {name: each for each in ids for name in (each, forgotten_id(each))}
    rows = Message.objects.filter(channel=channel, remote_id__in=names)
    return {names[row.remote_id]: row for row in rows}


def keep_one(channel: Channel, heard: Heard) -> Message:
    """One new message with its speaker, its conversation and, if they spoke of their own accord, a mention."""
    now = clock.now()
    at = said_at(heard, now)
    conversation = conversation_of(channel, heard, at)
    message = Message.objects.create(
        conversation=conversation, channel=channel, direction=IN, kind=heard.kind, remote_id=heard.id,
        version=heard.version[:200], in_reply_to=heard.in_reply_to[:500], text=plain(heard.text, LONGEST_TEXT),
        language=plain(heard.language, 35), permalink=web_address(heard.address), at=at, kept_at=now,
    )  # fmt: skip
    if heard.kind != "reply":
        Mention.objects.create(message=message, channel=channel, kind=heard.kind, at=at)
    announce(MessageHeard(message.id, conversation.id, channel.id, at), by=EAR)
    return message


def conversation_of(channel: Channel, heard: Heard, at: datetime) -> Conversation:
    """The conversation that it belongs to: that of the message that it answers, else that below the same root, else a new one."""
    identity = keep_identity(channel.network, heard.author, at)
    same = Conversation.objects.select_for_update(of=("self",)).filter(channel=channel, identity=identity)
    root = (heard.root or heard.in_reply_to or heard.id)[:500]
    above = Message.objects.filter(channel=channel, remote_id=heard.in_reply_to or "-").values("conversation_id")
    found = same.filter(id__in=above).first() or same.filter(root=root).first()
    if found is not None:
        if found.snoozed_until is not None:
            found.snoozed_until = None
        return found
    delivery = post_answered(channel, heard)
    found = Conversation.objects.create(
        channel=channel, identity=identity, root=root, delivery=delivery, opened_at=at, waiting_since=at, last_at=at
    )
    mention = heard.kind != "reply"
    told = ConversationOpened(found.id, channel.id, identity.id, delivery.id if delivery else None, mention, at)
    announce(told, by=EAR)
    return found


def post_answered(channel: Channel, heard: Heard) -> Delivery | None:
    """Our post that they speak about, or the part of it, if we sent it from here."""
    named = [each for each in (heard.about, heard.in_reply_to, heard.root) if each]
    is_meant = Q(remote_id__in=named)
    if heard.about:  # a post that became several messages: its first is answered
        is_meant |= Q(remote_id__startswith=f"{heard.about}+")
    rows = Delivery.objects.filter(is_meant, channel=channel, post__isnull=False)
    return rows.order_by("-id").first() if named else None


def keep_identity(network: str, account: Account, at: datetime) -> Identity:
    """The account that spoke; its handle and name as they were when it spoke last."""
    shown = {"handle": plain(account.handle, LONGEST_NAME), "name": plain(account.name, LONGEST_NAME)}
    identity, made = Identity.objects.get_or_create(
        network=network, remote_id=account.id, defaults={**shown, "seen_at": at}
    )
    if not made and at >= identity.seen_at:
        for name, value in shown.items():
            setattr(identity, name, value)
        identity.seen_at = at
        identity.save(update_fields=["handle", "name", "seen_at"])
    return identity


def rewrite(message: Message, heard: Heard) -> None:
    """They changed their words: the newer version stands. What we forgot stays forgotten."""
    if message.is_ours or message.presence == FORGOTTEN or heard.version == message.version:
        return
    message.text, message.version = plain(heard.text, LONGEST_TEXT), heard.version[:200]
    message.save(update_fields=["text", "version"])


def plain(text: str, longest: int) -> str:
    """Text without what is no text: control characters and halves of surrogate pairs; lines stay."""
    kept = "".join(each for each in text if each in "\n\t" or (each >= " " and each != "\x7f"))
    return kept.encode("utf-8", "ignore").decode("utf-8")[:longest]


def said_at(heard: Heard, now: datetime) -> datetime:
    """When it was said, as far as that can be: never later than now, nor ten years ago; what is older than networks is no instant."""
    at = instant(heard.at)
    return now if at < NO_NETWORKS else min(max(at, now - OLDEST), now)


def instant(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)
