"""What a host plans, as one value, and what makes it right: a wall time in a zone becomes an instant here."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from stoa.base.errors import Invalid
from stoa.base.text import Written, write

LONGEST_TITLE = 160
LONGEST = timedelta(days=31)
MOST_SEATS = 100_000
WALL = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True)
class EventPlan:
    """`starts` and `ends` are wall times in `zone`, without a zone of their own."""

    title: str
    source: str
    starts: datetime
    ends: datetime
    zone: str
    place: str = ""
    online_address: str = ""
    online_for_going: bool = True
    seats: int | None = None


def checked(plan: EventPlan) -> Written:
    """The plan's text as it may be kept. Raises `Invalid` beside the field that is to blame."""
    if not plan.title.strip():
        raise Invalid(_("Give the event a title."), field="title")
    if len(plan.title.strip()) > LONGEST_TITLE:
        raise Invalid(_("The title is too long."), _("Keep it to 160 characters."), field="title")
    if instant_of(plan.ends, plan.zone, "ends") <= instant_of(plan.starts, plan.zone, "starts"):
        raise Invalid(_("It must end after it begins."), field="ends")
    if plan.ends - plan.starts > LONGEST:
        raise Invalid(_("An event lasts a month at most."), field="ends")
    if not plan.place.strip() and not plan.online_address.strip():
        raise Invalid(_("Say where it is: a place, an online address, or both."), field="place")
    if plan.online_address.strip() and urlsplit(plan.online_address.strip()).scheme not in ("http", "https"):
        raise Invalid(_("Give the whole address, beginning with https://"), field="online_address")
    if plan.seats is not None and not 1 <= plan.seats <= MOST_SEATS:
        raise Invalid(_("Leave it empty, or give at least one seat."), field="seats")
    return write(plan.source)


def instant_of(wall: datetime, zone: str, field: str) -> datetime:
    """The instant of a wall time. Of an hour that happens twice it is the first; one that does not happen is refused."""
    try:
        there = ZoneInfo(zone)
    except (KeyError, ValueError) as unknown:
        raise Invalid(_("That is not a time zone."), field="zone") from unknown
    instant = wall.replace(tzinfo=there).astimezone(UTC)
    if instant.astimezone(there).replace(tzinfo=None) != wall:
        raise Invalid(_("That hour does not exist on that day: clocks are put forward."), field=field)
    return instant


def zone_rules() -> str:
    """The version of the time zones' rules by which instants are made now."""
    return version("tzdata")
