"""An issue as a mail: its head, its words as plain text and as HTML, its pictures within it. The same for everybody but for the addresses
by which a reader stops it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import translation

from stoa.base import ids
from stoa.social.networks.newsletter.home.models import Issue, Newsletter, Picture
from stoa.social.networks.newsletter.home.options import BOUNCE_DOMAIN
from stoa.social.networks.newsletter.home.returning import return_address
from stoa.social.networks.newsletter.home.shapes import absolute
from stoa.social.networks.newsletter.home.writing import Foot, html_of, plain_of

CODED = SMTP.clone(cte_type="7bit")


@dataclass(frozen=True)
class Letter:
    """What goes over the line: the envelope's sender and reader, and the message."""

    sender: str
    reader: str
    content: bytes


def letter_of(
    issue: Issue, pictures: Sequence[tuple[Picture, bytes]], *, to: str, mail_id: int, stop: str, choices: str
) -> Letter:
    """The mail of one issue to one reader. `stop` and `choices` are that reader's own addresses."""
    with translation.override(issue.language or None):
        foot = foot_of(issue, stop, choices)
        made = EmailMessage(policy=CODED)
        _head(made, issue, to, mail_id)
        if stop:
            made["List-Unsubscribe"] = f"<{stop}>"
            made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        made.set_content(plain_of(issue, [each for each, _content in pictures], foot), cte="quoted-printable")
        named = cid_names(issue, pictures)
        html = html_of(
            issue, [each for each, _content in pictures], foot, address_of=lambda each: f"cid:{named[each.id]}"
        )
        made.add_alternative(html, subtype="html", cte="quoted-printable")
    _within(made, pictures, named)
    envelope = return_address(mail_id, BOUNCE_DOMAIN.get()) if mail_id else ""
    return Letter(envelope or own_address(), to, made.as_bytes())


def foot_of(issue: Issue, stop: str, choices: str) -> Foot:
    shown = absolute(issue.get_absolute_url()) if issue.newsletter.is_shown and not issue._state.adding else ""
    return Foot(issue.newsletter.name, issue.newsletter.imprint, shown, stop, choices)


def cid_names(issue: Issue, pictures: Sequence[tuple[Picture, bytes]]) -> dict[int, str]:
    return {each.id: f"{each.shown_id}@{host()}" for each, _content in pictures}


def content_of(issue: Issue) -> list[tuple[Picture, bytes]]:
    """The issue's pictures, read once for all its mails."""
    found = []
    for each in issue.pictures.all():
        with default_storage.open(each.stored) as file:
            found.append((each, file.read()))
    return found


def host() -> str:
    return urlsplit(settings.STOA_URL).hostname or "localhost"


def own_address() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def _head(made: EmailMessage, issue: Issue, to: str, mail_id: int) -> None:
    newsletter = issue.newsletter
    made["From"] = Address(newsletter.sender, addr_spec=own_address())
    made["To"] = Address(addr_spec=to)
    made["Reply-To"] = Address(newsletter.sender, addr_spec=newsletter.reply_to)
    made["Subject"] = issue.heading
    made["Date"] = format_datetime(issue.at)
    made["Message-ID"] = f"<{ids.shown(mail_id or issue.id)}@{host()}>"
    made["List-Id"] = f"{_said(newsletter)} <{newsletter.handle}.{host()}>"
    made["Precedence"] = "bulk"
    if issue.language:
        made["Content-Language"] = issue.language


def _said(newsletter: Newsletter) -> str:
    """The name as a head takes it in quotes."""
    plain = "".join(each for each in newsletter.name if each.isalnum() or each in " -.,'")
    return f'"{plain.strip()}"' if plain.strip() and plain.isascii() else ""


def _within(made: EmailMessage, pictures: Sequence[tuple[Picture, bytes]], named: dict[int, str]) -> None:
    """Inline parts that the HTML names by their ids; a program that shows none still has their descriptions in the words."""
    html = made.get_body(("html",))
    if html is None:
        return
    for number, (picture, content) in enumerate(pictures, start=1):
        kind, _, form = picture.mime.partition("/")
        name = f"picture-{number}.{form}"
        html.add_related(
            content, maintype=kind, subtype=form, cid=f"<{named[picture.id]}>", disposition="inline", filename=name
        )
