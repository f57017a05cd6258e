"""What a host plans, as one value, and what makes it right: a wall time in a zone becomes an instant here."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from stoa.base.errors import Invalid
from stoa.base.text import Written, write
from stoa.base.walltime import Moment, resolve, zone

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
    if moment_of(plan.ends, plan.zone, "ends").at <= moment_of(plan.starts, plan.zone, "starts").at:
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


def moment_of(wall: datetime, zone_name: str, field: str) -> Moment:
    """What a host means by a wall time, as everywhere in the house; only an hour that does not happen is refused here, for people are asked
    to come at it."""
    planned = resolve(wall, zone_name)
    if planned.at.astimezone(zone(zone_name)).replace(tzinfo=None) != planned.wall:
        raise Invalid(_("That hour does not exist on that day: clocks are put forward."), field=field)
    return planned
