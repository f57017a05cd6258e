"""Making a newsletter and changing it; opening it to the connector."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid
from stoa.social.networks.newsletter.home.addresses import normal
from stoa.social.networks.newsletter.home.errors import Problem
from stoa.social.networks.newsletter.home.models import Newsletter
from stoa.social.networks.newsletter.home.models.newsletter import HANDLE, TAKEN, hash_of
from stoa.social.networks.newsletter.home.policy import is_newsletters_key, must_manage


@dataclass(frozen=True)
class Said:
    """What is said of a newsletter: its name and what it brings, who sends it and where answers go, whose it is."""

    name: str
    description: str
    sender: str
    reply_to: str
    imprint: str
    is_open: bool = True
    is_shown: bool = True


def make_newsletter(handle: str, said: Said, *, by: Actor) -> Newsletter:
    """A new one, which nobody gets yet. `handle` is its part of the address, for good."""
    must_manage(by)
    handle, said = handle.strip().lower(), checked(said)
    if not HANDLE.fullmatch(handle) or handle in TAKEN:
        raise Invalid(_("Use small letters, digits and - between them, at most 40."), field="handle")
    try:
        with transaction.atomic():
            return Newsletter.objects.create(handle=handle, at=clock.now(), **asdict(said))
    except IntegrityError:
        raise Invalid(_("There is a newsletter of this short name already."), field="handle") from None


def change_newsletter(newsletter: Newsletter, said: Said, *, by: Actor) -> Newsletter:
    must_manage(by)
    Newsletter.objects.filter(id=newsletter.id).update(**asdict(checked(said)))
    newsletter.refresh_from_db()
    return newsletter


def open_newsletter(handle: str, *, key: str) -> tuple[Newsletter, str]:
    """For the connector: the newsletter with a fresh token, which is shown this once; the old one is over."""
    if not is_newsletters_key(key):
        raise Problem(403, "WrongKey", "This is not the key of the newsletters.", "Copy it from the newsletter's page.")
    newsletter = Newsletter.objects.filter(handle=handle.strip().lower()).first()
    if newsletter is None:
        mend = "Make it first, on the page of newsletters at the desk, and copy its short name from there."
        raise Problem(422, "Unknown", "There is no newsletter of this short name.", mend)
    return newsletter, renew_token(newsletter)


def renew_token(newsletter: Newsletter) -> str:
    token = secrets.token_urlsafe(32)
    newsletter.token_hash = hash_of(token)
    newsletter.save(update_fields=["token_hash"])
    return token


def checked(said: Said) -> Said:
    """On one line each: these stand in the heads of mails."""
    lines = {name: " ".join(getattr(said, name).split()) for name in ("name", "description", "sender", "imprint")}
    for name, line in lines.items():
        if not line:
            raise Invalid(_("This is needed."), field=name)
    reply_to = normal(said.reply_to)
    if not reply_to:
        raise Invalid(_("Give an e-mail address that somebody reads."), field="reply_to")
    return Said(**lines, reply_to=reply_to, is_open=said.is_open, is_shown=said.is_shown)
