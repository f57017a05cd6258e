"""Stopping mail in one click (RFC 8058): each mail of a notice carries an address that ends mails of its kind to its reader, who need
not be signed in. The address is signed, speaks of nothing else, and works for as long as the installation's secret."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from stoa.base import mail
from stoa.base.models.letter import Letter
from stoa.people.notices import NoticeKind, all_kinds, kind_of

SALT = "people.mail.stop"


def stop_address(person_id: int, kind: str) -> str:
    """Where this person stops mails of this kind."""
    token = signing.dumps([person_id, kind], salt=SALT)
    return settings.STOA_URL + reverse("people:mail_stop", kwargs={"token": token})


def read_stop(token: str) -> tuple[int, NoticeKind] | None:
    """Whose mails, and of which kind; None for what we did not sign or for a kind that is gone."""
    try:
        person_id, key = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    kind = kind_of(str(key))
    return (int(person_id), kind) if kind else None


def stop_of(letter: Letter) -> str:
    """The address in the head of a letter that tells of a notice."""
    return stop_address(letter.person_id, letter.kind) if letter.person_id and letter.kind in all_kinds() else ""


mail.stopped_at(stop_of)
