"""Sessions as Django keeps them in the database, found by a query that is written once: each page of somebody signed in asks it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

from stoa.base.standing_queries import first, standing

if TYPE_CHECKING:
    from django.contrib.sessions.models import Session
    from django.db.models import QuerySet


class SessionStore(db.SessionStore):
    """A session by its key, until it expires. An unknown key is given up, so that nobody chooses their own."""

    def _get_session_from_db(self) -> "Session | None":
        found = first(standing(living, key=self.session_key, now=timezone.now())) if self.session_key else None
        if found is None:
            self._session_key = None
        return found


def living(key: str, now: datetime) -> "QuerySet[Session]":
    from django.contrib.sessions.models import Session

    return Session.objects.filter(session_key=key, expire_date__gt=now).order_by()[:1]


def end_sessions(account_id: int, *, but: str) -> None:
    """Ends all of an account but one. Whose a session is stands sealed inside it: each that lives is opened, which is for rare acts."""
    from django.contrib.sessions.models import Session

    there = Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=but)
    ended = [each.pk for each in there.iterator() if each.get_decoded().get(SESSION_KEY) == str(account_id)]
    for start in range(0, len(ended), 500):
        Session.objects.filter(pk__in=ended[start : start + 500]).delete()
