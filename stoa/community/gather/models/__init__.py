"""The room's tables, one noun per file."""

from stoa.community.gather.models.event import Event, Host, visible_events
from stoa.community.gather.models.feed import CalendarFeed
from stoa.community.gather.models.format import Format, Occasion
from stoa.community.gather.models.goal import Contribution, Goal
from stoa.community.gather.models.rsvp import Rsvp

__all__ = ["CalendarFeed", "Contribution", "Event", "Format", "Goal", "Host", "Occasion", "Rsvp", "visible_events"]
