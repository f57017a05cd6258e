"""Mails that came back: refused while the server was on the line, or reported afterwards (RFC 3464); and complaints (RFC 5965)."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, Message

import structlog
from django.db import transaction

from stoa.base import clock
from stoa.social.networks.newsletter.home.actions.subscribing import end
from stoa.social.networks.newsletter.home.addresses import without_addresses
from stoa.social.networks.newsletter.home.models import Mail, Subscriber
from stoa.social.networks.newsletter.home.models.subscriber import BOUNCED, COMPLAINED
from stoa.social.networks.newsletter.home.options import BOUNCE_DOMAIN
from stoa.social.networks.newsletter.home.returning import read_return

log = structlog.get_logger()
NOBODY = re.compile(
    r"\b5\.1\.(?:1|2|3|6|10)\b|\b5\.2\.1\b"
)  # RFC 3463: no such mailbox, host or address, moved, switched off
FULL = 3  # so many issues in a row that came back for another reason
LONGEST = 1_000_000


def note_refusal(mail: Mail, said: str) -> None:
    """The server said no to the reader for good. Nobody at that address: every newsletter to it ends. Else after some issues in a row."""
    kept = without_addresses(said, mail.subscriber.address)[:300]
    Mail.objects.filter(id=mail.id, bounced_at=None).update(said=kept)
    if NOBODY.search(said) or was_refused_before(mail):
        end_everywhere(mail.subscriber, BOUNCED)


def was_refused_before(mail: Mail) -> bool:
    """Whether this one and those before it, without one that arrived, are too many."""
    own = (
        Mail.objects.filter(subscriber_id=mail.subscriber_id).exclude(state__in=("waiting", "left out")).order_by("-id")
    )
    latest = list(own.values_list("state", "bounced_at")[:FULL])
    return len(latest) == FULL and all(state == "refused" or back for state, back in latest)


def end_everywhere(subscriber: Subscriber, because: str) -> None:
    """The mailbox is gone, or its owner calls our mail spam: no newsletter of ours goes there any more."""
    rows = Subscriber.objects.known_as(subscriber.address).subscribed() if subscriber.address else []
    with transaction.atomic():
        for each in rows:
            end(each, because)


def is_return_address(address: str) -> bool:
    return read_return(address, BOUNCE_DOMAIN.get()) is not None


def take_report(content: bytes, recipients: list[str]) -> str:
    """Takes what was delivered to a mail's own return address: a report that it could not be delivered, or a complaint. Says what
    became of it."""
    mail_id = next(filter(None, (read_return(each, BOUNCE_DOMAIN.get()) for each in recipients)), None)
    mail = Mail.objects.filter(id=mail_id).select_related("subscriber").first() if mail_id else None
    if mail is None or len(content) > LONGEST:
        return "dropped"
    try:
        kind, status, said = read_report(content)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError):
        return "dropped"
    if kind == "complaint":
        end_everywhere(mail.subscriber, COMPLAINED)
        return "complaint"
    if kind != "failed":
        return "dropped"
    kept = without_addresses(f"{status} {said}", mail.subscriber.address)[:300]
    is_new = Mail.objects.filter(id=mail.id, bounced_at=None).update(bounced_at=clock.now(), said=kept)
    if is_new and (NOBODY.search(status) or was_refused_before(mail)):
        end_everywhere(mail.subscriber, BOUNCED)
    return "bounced"


def read_report(content: bytes) -> tuple[str, str, str]:
    """(what it is: "failed", "complaint" or nothing; the status; what the other server said)."""
    message = message_from_bytes(content, policy=policy.default)
    for number, part in enumerate(message.walk()):
        if number > 20:
            break
        if part.get_content_type() == "message/feedback-report":
            return "complaint", "", ""
        if part.get_content_type() == "message/delivery-status":
            return _failed(part)
    return "", "", ""


def _failed(part: Message | EmailMessage) -> tuple[str, str, str]:
    groups = part.get_payload()
    for group in groups[:10] if isinstance(groups, list) else []:
        if not isinstance(group, Message):
            continue
        action, status = str(group.get("Action", "")).strip().lower(), str(group.get("Status", "")).strip()[:20]
        if action == "failed" and status.startswith("5"):
            return "failed", status, " ".join(str(group.get("Diagnostic-Code", "")).split())[:250]
    return "", "", ""
