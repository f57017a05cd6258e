"""What is told of a wall time that the clocks skip or show twice, before it has come and where it is shown afterwards."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stoa.base.errors import Invalid
from stoa.base.models.site import site
from stoa.base.walltime import Moment, resolve


def told_of_wall(wall: datetime | None, zone: str = "") -> str:
    """The sentence for a time that was typed, in the organisation's zone unless another is said; empty where there is nothing to tell."""
    if wall is None:
        return ""
    try:
        return told_of(resolve(wall, zone or site().zone))
    except (Invalid, OverflowError):
        return ""


def told_of(moment: Moment) -> str:
    """ "02:30 does not exist that day: it goes out at 03:00." """
    asked = f"{moment.wall:%H:%M}"
    if moment.is_skipped:
        instead = f"{moment.shown:%H:%M}"
        if moment.shown.date() != moment.wall.date():
            instead = _("%(time)s on %(day)s") % {"time": instead, "day": date_format(moment.shown, "j F")}
        return _("%(asked)s does not exist that day: it goes out at %(instead)s.") % {
            "asked": asked,
            "instead": instead,
        }
    if moment.comes_twice:
        return _("%(asked)s comes twice that day: it goes out the first time.") % {"asked": asked}
    return ""
