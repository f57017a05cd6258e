"""Calendar files (RFC 5545): one event, or all of somebody's, for other programs."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar import Event as Entry

from stoa.base.shell import kept_site
from stoa.base.text import plain
from stoa.community.gather.models import Event

TYPE = "text/calendar; charset=utf-8"


def calendar_of(events: Iterable[tuple[Event, bool]]) -> bytes:
    """A calendar file; with each event stands whether its online address may be shown."""
    calendar = Calendar()
    calendar.add("prodid", "-//Stoa//Stoa//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", kept_site().name)
    for event, shows_address in events:
        calendar.add_component(entry_of(event, shows_address))
    return bytes(calendar.to_ical())


def entry_of(event: Event, shows_address: bool) -> Entry:
    """Instants in UTC: every program shows them in its own zone. `sequence` grows with each change, so that copies follow."""
    entry, host = Entry(), urlsplit(settings.STOA_URL).hostname or "localhost"
    entry.add("uid", f"{event.shown_id}@{host}")
    entry.add("dtstamp", event.cancelled_at or event.made_at)
    entry.add("sequence", event.changes)
    entry.add("dtstart", event.starts_at)
    entry.add("dtend", event.ends_at)
    entry.add("summary", event.title)
    entry.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    entry.add("url", f"{settings.STOA_URL}{event.get_absolute_url()}")
    online = event.online_address if shows_address else (_("online") if event.is_online else "")
    entry.add("location", ", ".join(part for part in (event.place, online) if part))
    if words := plain(event.html):
        entry.add("description", words)
    return entry
