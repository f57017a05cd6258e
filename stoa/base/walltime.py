"""Wall times: what somebody asked for ("29 March, 02:30, Berlin") and the instant that it means, from the `tzdata` package.

A time that the clocks skip goes to the next valid minute; one that they show twice means the first. Both are resolved again when the
zones' rules change before it has come.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from stoa.base.errors import Invalid

MINUTE = timedelta(minutes=1)
LONGEST_GAP = 2 * 24 * 60  # minutes: whole days have been skipped at the date line


@dataclass(frozen=True)
class Moment:
    """A planned moment: `wall` to the minute without a zone, `at` in UTC, `tzdata` the version that resolved it."""

    wall: datetime
    zone: str
    tzdata: str
    at: datetime

    @property
    def shown(self) -> datetime:
        """What a clock there shows at that instant, to the minute. Another time than was asked for where the clocks skip that one."""
        return self.at.astimezone(zone(self.zone)).replace(tzinfo=None, second=0, microsecond=0)

    @property
    def is_skipped(self) -> bool:
        return self.shown != self.wall

    @property
    def comes_twice(self) -> bool:
        """Whether clocks there show that time once more: they are set back."""
        first = self.wall.replace(tzinfo=zone(self.zone), fold=0)
        return not self.is_skipped and first.utcoffset() != first.replace(fold=1).utcoffset()


def tzdata_version() -> str:
    return version("tzdata")


@cache
def zone(name: str) -> ZoneInfo:
    """The zone of this name, from the package and never from the machine. Raises `Invalid` for an unknown one."""
    parts = name.split("/")
    if not all(part and part.replace("_", "").replace("-", "").replace("+", "").isalnum() for part in parts):
        raise Invalid(_("This zone is not known."), field="zone")
    try:
        with files("tzdata").joinpath("zoneinfo", *parts).open("rb") as rules:
            return ZoneInfo.from_file(rules, key=name)
    except (OSError, ValueError) as unknown:
        raise Invalid(_("This zone is not known."), field="zone") from unknown


def instant_of(wall: datetime, within: ZoneInfo) -> datetime:
    """The instant of a wall time. In a gap: the next valid minute; in an overlap: the first."""
    asked = wall.replace(second=0, microsecond=0, tzinfo=None)
    for skipped in range(LONGEST_GAP):
        at = (asked + skipped * MINUTE).replace(tzinfo=within, fold=0).astimezone(UTC)
        if at.astimezone(within).replace(tzinfo=None) == asked + skipped * MINUTE:
            return at
    raise Invalid(_("This time does not exist there."), field="wall")


def resolve(wall: datetime, zone_name: str) -> Moment:
    """What was asked for, and the instant that it means by today's rules."""
    asked = wall.replace(second=0, microsecond=0, tzinfo=None)
    return Moment(asked, zone_name, tzdata_version(), instant_of(asked, zone(zone_name)))


def at_instant(at: datetime, zone_name: str) -> Moment:
    """The moment of an instant ("now"): its wall time there is what a reader's clock shows."""
    wall = at.astimezone(zone(zone_name)).replace(tzinfo=None, second=0, microsecond=0)
    return Moment(wall, zone_name, tzdata_version(), at)
