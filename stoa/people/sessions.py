"""Sessions as Django keeps them in the database, found by a query that is written once: each page of somebody signed in asks it. One that
is used goes on; what hangs on a session (a browser that is told) moves with its key and ends with it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from stoa.base.standing_queries import first, standing

if TYPE_CHECKING:
    from django.contrib.sessions.models import Session
    from django.db.models import QuerySet

    from stoa.people.models import Account


class SessionStore(db.SessionStore):
    """A session by its key, until it expires. An unknown key is given up, so that nobody chooses their own."""

    def _get_session_from_db(self) -> "Session | None":
        now = timezone.now()
        found = first(standing(living, key=self.session_key, now=now)) if self.session_key else None
        if found is None:
            self._session_key = None
        elif found.expire_date - now < timedelta(seconds=settings.SESSION_COOKIE_AGE) / 2:
            self.modified = True  # kept anew with this request, so that who comes every week is never signed out
        return found

    def cycle_key(self) -> None:
        """A new key, as with each sign-in and each new password: what hangs on the session hangs on the new one before the old one goes."""
        from stoa.people.models import Device

        words, before = dict(self.items()), self.session_key
        self.create()
        self._session_cache = words
        if before:
            self.save()
            Device.objects.filter(session_id=before).update(session_id=self.session_key)
            self.delete(before)


def living(key: str, now: datetime) -> "QuerySet[Session]":
    from django.contrib.sessions.models import Session

    return Session.objects.filter(session_key=key, expire_date__gt=now).order_by()[:1]


def signs_in(session: "Session", account: "Account") -> bool:
    """Whether whoever holds this session is signed in with this account: it has not run out, and no new password ended it."""
    words = session.get_decoded()
    if session.expire_date <= timezone.now() or words.get(SESSION_KEY) != str(account.pk):
        return False
    proofs = (account.get_session_auth_hash(), *account.get_session_auth_fallback_hash())
    return any(constant_time_compare(words.get(HASH_SESSION_KEY, ""), proof) for proof in proofs)


def end_sessions(account_id: int, *, but: str) -> None:
    """Ends all of an account but one. Whose a session is stands sealed inside it: each that lives is opened, which is for rare acts."""
    from django.contrib.sessions.models import Session

    there = Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=but)
    ended = [each.pk for each in there.iterator() if each.get_decoded().get(SESSION_KEY) == str(account_id)]
    for start in range(0, len(ended), 500):
        Session.objects.filter(pk__in=ended[start : start + 500]).delete()
