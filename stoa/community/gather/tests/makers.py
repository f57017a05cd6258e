"""Makers of events for tests: this room's, and every higher one's."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.community.gather.actions import plan_event, say_yes
from stoa.community.gather.models import Event, Rsvp
from stoa.community.gather.planning import EventPlan
from stoa.people.tests.makers import make_actor
from stoa.spaces.models import Space
from stoa.spaces.tests.makers import make_insider, make_space


def make_plan(title: str = "Repair evening", **values: object) -> EventPlan:
    """Thursday in a week, 19:00 to 21:30 in Berlin, unless told otherwise."""
    day = (clock.now() + timedelta(days=7)).astimezone(ZoneInfo("Europe/Berlin")).date()
    starts = datetime.combine(day, datetime.min.time().replace(hour=19))
    plan = {
        "title": title, "source": "Bring one thing.", "starts": starts, "ends": starts + timedelta(hours=2, minutes=30),
        "zone": "Europe/Berlin", "place": "Hall 3",
    }  # fmt: skip
    return EventPlan(**{**plan, **values})


def make_event(space: Space | None = None, *, by: Actor | None = None, **values: object) -> Event:
    """An event, planned through its action, by a steward of its space unless told otherwise."""
    space = space or make_space()
    return plan_event(space, make_plan(**values), by=by or make_insider(space, "space.steward", "Marta"))


def make_rsvp(event: Event, *, by: Actor | None = None) -> Rsvp:
    """A yes, which waits when all seats are taken."""
    return say_yes(event, by=by or make_actor("Guest"))
