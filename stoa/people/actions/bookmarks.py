"""Marking a thing to find it again, and being reminded of it. No facts: nobody else is to know."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import actors, clock, things
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.things import Reference
from stoa.base.work import Fenced
from stoa.people.actions.notice import tell
from stoa.people.models import Bookmark
from stoa.people.policy import may_follow

REMINDER = "people.reminder"


def bookmark(thing: Reference, note: str = "", remind_at: datetime | None = None, *, by: Actor) -> Bookmark:
    """Marks a thing that one can see; marked already, its note and reminder are as said now."""
    if not may_follow(by) or not things.may_see(thing, by=by):
        raise NotAllowed(_("You cannot bookmark this."))
    if remind_at and remind_at <= clock.now():
        raise Invalid(_("Choose a moment that is still to come."), field="remind_at")
    values = {"note": note.strip()[:300], "remind_at": remind_at, "due_at": remind_at, "lease_until": None}
    with transaction.atomic():
        row, _made = Bookmark.objects.update_or_create(
            person_id=by.own_id, thing_key=thing[0], thing_id=thing[1], defaults=values
        )
    return row


def take_bookmark_away(thing: Reference, *, by: Actor) -> None:
    """Forgets the mark and its reminder; one that is not there is already gone."""
    if not may_follow(by):
        raise NotAllowed(_("You cannot change your bookmarks now."))
    Bookmark.objects.visible_to(by).filter(thing_key=thing[0], thing_id=thing[1]).delete()


def remind(bookmark_id: int, fence: int) -> None:
    """Tells of a thing whose moment has come. What its person may not see any more is passed over without a word."""
    with transaction.atomic():
        row = Bookmark.objects.select_for_update().filter(id=bookmark_id, fence=fence).first()
        if row is None:
            raise Fenced
        reader = actors.of_person(row.person_id)
        if things.may_see(row.reference, by=reader):
            tell([row.person_id], REMINDER, row.reference, by=actors.system("people"))
        Bookmark.objects.filter(id=row.id, fence=fence).update(due_at=None, remind_at=None, lease_until=None)
