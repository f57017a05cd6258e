"""An answer that came by mail: whose it is and where it goes is the signed address's to say; that they wrote it, the sender's address and
our own mail server's. Then it is a reply like any other, with the same policy. What was theirs and cannot be posted goes back to them."""

import hashlib
import io
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from stoa.base import actors, clock, files, limits, mail
from stoa.base.actors import Actor, Standing
from stoa.base.errors import Refusal, TooMany
from stoa.base.mail.incoming import Incoming, Unreadable, read, verdict
from stoa.community.talk.actions.replies import add_reply
from stoa.community.talk.models import MailedReply, Reply, Topic
from stoa.community.talk.options import AUTHSERV
from stoa.community.talk.reply_addresses import LASTS, Answering, read_address

log = structlog.get_logger()
Outcome = MailedReply.Outcome
REFUSED_KIND = "talk.mail_refused"


@dataclass(frozen=True)
class Taken:
    """What became of a message, and why."""

    outcome: str
    reason: str = ""


def take_mail(content: bytes, recipients: list[str]) -> Taken:
    """Takes one message that was delivered to these addresses; without any, to those that its head names. Says what became of it at the
    first of them. Raises `TooMany`."""
    if recipients and not any(read_address(each) for each in recipients):  # before a byte of it is read
        return _dropped("no address that we signed, or one that has ended")
    try:
        incoming = read(content)
    except Unreadable as trouble:
        return _dropped(str(trouble))
    named = dict.fromkeys(found for each in recipients or incoming.recipients if (found := read_address(each)))
    if not named:
        return _dropped("no address that we signed, or one that has ended")
    first, *_others = [_take(incoming, each, digest_of(incoming, content, each)) for each in named]
    return first


def digest_of(incoming: Incoming, content: bytes, to: Answering) -> str:
    """What makes it the same answer when it comes twice: one letter may answer two topics."""
    kept = hashlib.sha256(f"{to.person_id} {to.topic_id} ".encode())
    kept.update(incoming.message_id.encode() or content)
    return kept.hexdigest()


def _take(incoming: Incoming, to: Answering, digest: str) -> Taken:
    if (known := MailedReply.objects.filter(digest=digest).first()) is not None:
        return Taken(known.outcome, "it came before")
    reader = actors.of_person(to.person_id)
    if reader.person_id is None:
        return _dropped("from somebody who left")
    if reason := not_theirs(incoming, reader):
        return _settle(digest, to, reader, Outcome.DROPPED, reason)
    limits.take(f"mail from {reader.own_id}", per=timedelta(minutes=10), allowed=20)
    with translation.override(reader.language):
        return _post(incoming, to, reader, digest)


def not_theirs(incoming: Incoming, reader: Actor) -> str:
    """Why it is not this person's answer, or nothing."""
    if incoming.automatic:
        return incoming.automatic
    if incoming.sender.casefold() != reader.address.casefold() or not reader.address:
        return "not from the address of whom it was signed for"
    if AUTHSERV.get():
        found = verdict(incoming.results, AUTHSERV.get())
        if found not in ("pass", "none"):
            return f"our mail server says: dmarc={found}" if found else "our mail server says nothing of its sender"
    if not incoming.text and not incoming.pictures:
        return "nothing but what it quotes"
    return ""


def _topic_of(to: Answering, reader: Actor) -> Topic | None:
    """The topic that was written about, or the one of which it has become part."""
    seen = Topic.objects.visible_to(reader).select_related("space")
    return seen.filter(id=to.topic_id).first() or seen.filter(absorbed=to.topic_id).first()


def _post(incoming: Incoming, to: Answering, reader: Actor, digest: str) -> Taken:
    """The reply, its pictures and the record of it in one transaction; else the words back to who wrote them."""
    topic = _topic_of(to, reader)
    if topic is None or reader.standing is not Standing.MEMBER:
        return _settle(digest, to, reader, Outcome.REFUSED, _("You cannot reply there any more."), incoming)
    try:
        with transaction.atomic():
            reply = add_reply(topic, source=source_of(incoming, reader), by=reader)
            _record(digest, to, Outcome.POSTED, reply=reply)
    except TooMany:
        raise
    except Refusal as refusal:
        why = " ".join(part for part in (refusal.reason, refusal.mend) if part)
        return _settle(digest, to, reader, Outcome.REFUSED, why, incoming)
    except IntegrityError:
        if not MailedReply.objects.filter(digest=digest).exists():
            raise
        return Taken(Outcome.POSTED, "it came before")
    log.info("mail.posted", reply=reply.shown_id)
    return Taken(Outcome.POSTED)


def source_of(incoming: Incoming, reader: Actor) -> str:
    """Their words, then their pictures, then the names of what is left out."""
    parts, left_out = [incoming.text], list(incoming.left_out)
    for picture in incoming.pictures:
        try:
            kept = files.keep_picture(io.BytesIO(picture.content), by=reader, name=picture.name)
        except Refusal:
            left_out.append(picture.name or _("a picture"))
            continue
        parts.append(f"![]({kept.address})")
    if left_out:
        parts.append(_("(Left out: %(names)s)") % {"names": ", ".join(_plain(each) for each in left_out)})
    return "\n\n".join(part for part in parts if part)


def _plain(name: str) -> str:
    """A file's name without anything that would be drawn."""
    return "".join(character for character in name if character.isalnum() or character in " .-_")[:100]


def _settle(
    digest: str, to: Answering, reader: Actor, outcome: str, reason: str, incoming: Incoming | None = None
) -> Taken:
    """Records what was not posted; with the message, its words go back to who wrote them."""
    try:
        with transaction.atomic():
            _record(digest, to, outcome, reason=reason)
            if incoming is not None:
                words = {"name": reader.name, "reason": reason, "words": incoming.text}
                said = mail.compose("talk/mail/refused.txt", words, language=reader.language)
                person = reader.own_id
                mail.write_letter(REFUSED_KIND, person_id=person, subject=said["subject"], text=said["text"])
    except IntegrityError:
        return Taken(outcome, "it came before")
    log.info("mail.not_posted", outcome=outcome, reason=reason if outcome == Outcome.DROPPED else "")
    return Taken(outcome, reason)


def _record(digest: str, to: Answering, outcome: str, reason: str = "", reply: Reply | None = None) -> None:
    topic = Topic.objects.filter(id=to.topic_id).first()
    MailedReply.objects.create(
        digest=digest, person_id=to.person_id, topic=topic, reply=reply, outcome=outcome, reason=reason[:200]
    )


def _dropped(reason: str) -> Taken:
    """What names nobody is not kept: whoever sends it could fill the house."""
    log.info("mail.dropped", reason=reason)
    return Taken(Outcome.DROPPED, reason)


def forget_mailed() -> int:
    """Forgets which messages came when no address that they could come to again is left."""
    return MailedReply.objects.filter(at__lt=clock.now() - 2 * LASTS).delete()[0]
