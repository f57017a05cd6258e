"""The secret address of one's own calendar."""

import hashlib
import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.crypto import Secret
from stoa.base.errors import NotAllowed
from stoa.community.gather import policy
from stoa.community.gather.models import CalendarFeed


def make_feed(*, by: Actor) -> CalendarFeed:
    """A new address; the one before is good for nothing from now on."""
    if not policy.may_have_calendar(by):
        raise NotAllowed(_("Members have a calendar."))
    secret = secrets.token_urlsafe(24)
    with transaction.atomic():
        CalendarFeed.objects.filter(person_id=by.own_id).delete()
        feed = CalendarFeed(person_id=by.own_id, digest=digest_of(secret))
        feed.secret = Secret(secret)
        feed.save(force_insert=True)
    return feed


def revoke_feed(*, by: Actor) -> None:
    CalendarFeed.objects.filter(person_id=by.person_id or 0).delete()


def digest_of(secret: str) -> str:
    """What finds a feed by the secret of its address."""
    return hashlib.sha256(secret.encode()).hexdigest()
