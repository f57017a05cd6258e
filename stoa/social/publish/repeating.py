"""What somebody asks for when a post is to go out again and again, as a value; and in words."""

from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.base.recurring import MONTHLY, WEEKDAY
from stoa.base.walltime import Moment
from stoa.social.networks.models import Channel
from stoa.social.publish.models.schedule import Schedule, bits_of, days_of


@dataclass(frozen=True)
class SchedulePlan:
    """All that makes a schedule but the post that it repeats. `since` empty: from today on."""

    channels: tuple[Channel, ...]
    rhythm: str
    at: time
    weekdays: tuple[int, ...] = (0,)
    every: int = 1
    place: int = 1
    day: int = 1
    zone: str = ""
    since: date | None = None
    until: date | None = None
    most: int | None = None

    def into(self, schedule: Schedule) -> None:
        """Takes the rule into the row."""
        schedule.rhythm, schedule.every, schedule.at = self.rhythm, self.every, self.at
        schedule.weekdays, schedule.place, schedule.day = bits_of(self.weekdays), self.place, self.day
        schedule.until, schedule.most = self.until, self.most

    def has_times_of(self, schedule: Schedule) -> bool:
        """Whether it falls on the same times, but for where it ends."""
        ours = (self.rhythm, self.every, self.at, bits_of(self.weekdays), self.place, self.day, self.zone, self.since)
        return ours == (
            schedule.rhythm, schedule.every, schedule.at, schedule.weekdays, schedule.place, schedule.day, schedule.zone,
            schedule.since,
        )  # fmt: skip


def coming(schedule: Schedule, after: datetime, count: int) -> list[tuple[int, Moment]]:
    """(k, its moment) of the next times."""
    return list(islice(schedule.times(after=after), count))


def rule_words(schedule: Schedule) -> str:
    """ "Every second week on Monday and Thursday at 09:00"."""
    days = [str(WEEKDAYS[day]) for day in days_of(schedule.weekdays)]
    said = {"days": joined_days(days), "clock": f"{schedule.at:%H:%M}", "day": schedule.day, "weekday": days[0]}
    if schedule.rhythm == MONTHLY:
        return f"{months_words(schedule.every)} {_('on day %(day)s at %(clock)s') % said}"
    if schedule.rhythm == WEEKDAY:
        places = {1: _("first"), 2: _("second"), 3: _("third"), 4: _("fourth"), -1: _("last")}
        said["place"] = places[schedule.place]
        return f"{months_words(schedule.every)} {_('on the %(place)s %(weekday)s at %(clock)s') % said}"
    if schedule.every == 1 and len(days) == len(WEEKDAYS):
        return _("Every day at %(clock)s") % said
    weeks = ngettext("Every week", "Every %(num)s weeks", schedule.every) % {"num": schedule.every}
    return f"{weeks} {_('on %(days)s at %(clock)s') % said}"


def months_words(every: int) -> str:
    return ngettext("Every month", "Every %(num)s months", every) % {"num": every}


def joined_days(days: list[str]) -> str:
    if len(days) == 1:
        return days[0]
    return _("%(days)s and %(last)s") % {"days": ", ".join(days[:-1]), "last": days[-1]}


def end_words(schedule: Schedule) -> str:
    """Until when; empty for no end."""
    said = []
    if schedule.until:
        said.append(_("until %(day)s") % {"day": date_format(schedule.until, "j F Y")})
    if schedule.most:
        said.append(ngettext("%(num)s time in all", "%(num)s times in all", schedule.most) % {"num": schedule.most})
    return ", ".join(said)
