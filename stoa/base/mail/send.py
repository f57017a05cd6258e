"""Sending: one letter at a time, by the worker."""

import smtplib
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend

from stoa.base import actors, clock
from stoa.base.mail.answering import answer_to
from stoa.base.mail.rights import may_be_sent
from stoa.base.mail.stopping import headers_of
from stoa.base.models.letter import Letter
from stoa.base.work import Fenced

SECONDS = 20
FOR_GOOD = range(500, 600)  # SMTP: permanent failures (RFC 5321, 4.2.1)


def send_letter(letter_id: int, fence: int) -> None:
    """Sends one letter, or says why not. Trouble that may pass is raised: the row is due again after a pause."""
    letter = Letter.objects.get(id=letter_id)
    if letter.state != "waiting":
        settle(letter_id, fence)
        return
    if letter.person_id is not None:
        reader = actors.of_person(letter.person_id)
        if not reader.address or not may_be_sent(reader, letter):
            settle(letter_id, fence, state="stopped")
            return
        letter.address = reader.address
    if not settings.STOA_MAIL_URL:
        settle(letter_id, fence, state="kept", address=letter.address)
        return
    try:
        connection().send_messages([message(letter)])
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as refusal:
        if code_of(refusal) not in FOR_GOOD:
            raise
        settle(letter_id, fence, state="refused", trouble=f"The mail server refused it ({code_of(refusal)}).")
        return
    settle(letter_id, fence, state="sent", address=letter.address, sent_at=clock.now())


_forgotten: set[str] = set()


def forgotten_once_sent(kind: str) -> None:
    """Letters of this kind leave nothing here once the mail server has answered: they go to addresses that we have no leave to keep."""
    _forgotten.add(kind)


def settle(letter_id: int, fence: int, **values: Any) -> None:
    """Ends the work on a letter. Raises `Fenced` when another worker has it."""
    rows = Letter.objects.filter(id=letter_id, fence=fence)
    if not rows.update(**{"due_at": None, "lease_until": None, "trouble": "", **values}):
        raise Fenced
    if values.get("state") in ("sent", "refused", "stopped") and _forgotten:
        Letter.objects.filter(id=letter_id, kind__in=_forgotten).delete()


def message(letter: Letter) -> EmailMultiAlternatives:
    """The mail itself. Its Message-ID is the letter's, so that one sent twice (after a crash) is seen as one."""
    host = urlsplit(settings.STOA_URL).hostname or "localhost"
    headers = {"Message-ID": f"<{letter.shown_id}@{host}>", "Auto-Submitted": "auto-generated", **headers_of(letter)}
    text, answer = letter.text, answer_to(letter)
    if answer:
        headers["Reply-To"], text = answer[0], f"{text.rstrip()}\n\n{answer[1]}\n"
    made = EmailMultiAlternatives(letter.subject, text, settings.DEFAULT_FROM_EMAIL, [letter.address], headers=headers)
    if letter.html:
        made.attach_alternative(letter.html, "text/html")
    return made


def connection() -> EmailBackend:
    """The mail server of STOA_MAIL_URL: smtp (STARTTLS unless ?tls=off) or smtps."""
    url = urlsplit(settings.STOA_MAIL_URL)
    safe = url.scheme == "smtps"
    return EmailBackend(
        host=url.hostname, port=url.port or (465 if safe else 587), username=unquote(url.username or ""),
        password=unquote(url.password or ""), use_ssl=safe, use_tls=not safe and "tls=off" not in url.query,
        timeout=SECONDS, fail_silently=False,
    )  # fmt: skip


def code_of(refusal: smtplib.SMTPException) -> int:
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        return int(next(iter(refusal.recipients.values()))[0])
    return int(getattr(refusal, "smtp_code", 0))
