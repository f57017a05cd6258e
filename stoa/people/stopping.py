"""Stopping mail in one click (RFC 8058): each mail of a notice, and of any other kind that says so, carries an address that ends mails
of its kind to its reader, who need not be signed in. The address is signed, speaks of nothing else, and works for as long as the
installation's secret.

The socket: `stoppable(Stoppable(kind, label, stop, remains))` for a kind of letter that is not a notice.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from stoa.base import mail
from stoa.base.actors import Actor
from stoa.base.models.letter import Letter
from stoa.people.actions.wishes import wish
from stoa.people.notices import all_kinds, kind_of

SALT = "people.mail.stop"


@dataclass(frozen=True)
class Stoppable:
    """A kind of letter that its reader can stop: `stop` does it in their name, `remains` says where they still find what it tells."""

    kind: str
    label: Callable[[], str]
    stop: Callable[[Actor], None]
    remains: Callable[[], str]


_stoppables: dict[str, Stoppable] = {}


def stoppable(kind: Stoppable) -> None:
    _stoppables[kind.kind] = kind


def stop_address(person_id: int, kind: str) -> str:
    """Where this person stops mails of this kind."""
    token = signing.dumps([person_id, kind], salt=SALT)
    return settings.STOA_URL + reverse("people:mail_stop", kwargs={"token": token})


def read_stop(token: str) -> tuple[int, Stoppable] | None:
    """Whose mails, and of which kind; None for what we did not sign or for a kind that is gone."""
    try:
        person_id, key = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    kind = _stoppables.get(str(key)) or _of_notice(str(key))
    return (int(person_id), kind) if kind else None


def _of_notice(key: str) -> Stoppable | None:
    kind = kind_of(key)
    if kind is None:
        return None

    def stop(by: Actor) -> None:
        wish(key, "mail", "never", by=by)

    return Stoppable(key, kind.label, stop, lambda: _("It still stands on your notices page."))


def stop_of(letter: Letter) -> str:
    """The address in the head of a letter of such a kind."""
    is_stoppable = letter.kind in _stoppables or letter.kind in all_kinds()
    return stop_address(letter.person_id, letter.kind) if letter.person_id and is_stoppable else ""


mail.stopped_at(stop_of)
