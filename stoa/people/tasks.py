"""Work of this room: reminders that are due, links whose proof is looked for."""

from datetime import timedelta

from stoa.base import work
from stoa.people.actions.bookmarks import remind
from stoa.people.actions.links import look_for_proof
from stoa.people.models import Bookmark, ProfileLink

work.register(work.Kind("people.reminder", Bookmark, remind))
work.register(work.Kind("people.link", ProfileLink, look_for_proof, lease=timedelta(minutes=3), batch=8))
