"""Work of this room: reminders and pushes that are due, links whose proof is looked for, sessions that have run out."""

from datetime import timedelta

from stoa.base import work
from stoa.base.work import every
from stoa.people.actions.bookmarks import remind
from stoa.people.actions.links import look_for_proof
from stoa.people.actions.pushing import send_push
from stoa.people.models import Bookmark, ProfileLink, Push
from stoa.people.sessions import SessionStore

work.register(work.Kind("people.reminder", Bookmark, remind))
work.register(work.Kind("people.push", Push, send_push))
work.register(work.Kind("people.link", ProfileLink, look_for_proof, lease=timedelta(minutes=3), batch=8))


@every(timedelta(days=1), name="people.sessions")
def forget_sessions() -> None:
    """Forgets sessions that have run out, and the devices that were told as long as they went on."""
    SessionStore.clear_expired()
