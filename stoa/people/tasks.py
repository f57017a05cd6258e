"""Work of this room: reminders and pushes that are due."""

from stoa.base import work
from stoa.people.actions.bookmarks import remind
from stoa.people.actions.pushing import send_push
from stoa.people.models import Bookmark, Push

work.register(work.Kind("people.reminder", Bookmark, remind))
work.register(work.Kind("people.push", Push, send_push))
