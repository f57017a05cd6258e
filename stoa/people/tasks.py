"""Work of this room: reminders that are due."""

from stoa.base import work
from stoa.people.actions.bookmarks import remind
from stoa.people.models import Bookmark

work.register(work.Kind("people.reminder", Bookmark, remind))
