"""Times as people read them: in the reader's zone (Django's current one), relative while fresh, with the exact instant behind."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.base import clock

MINUTE, HOUR, DAY = 60, 3600, 86_400


def moment(instant: datetime, form: str = "relative") -> SafeString:
    """A `<time>`; `form` is "relative", "date", "clock" or "exact"."""
    here = instant.astimezone(timezone.get_current_timezone())
    exact = date_format(here, "j F Y, H:i") + f" {here.tzname() or ''}"
    shown = {
        "relative": lambda: relative(instant),
        "date": lambda: date_format(here, "j M Y"),
        "clock": lambda: date_format(here, "H:i"),
        "exact": lambda: exact,
    }[form]()
    return format_html(
        '<time datetime="{}" title="{}" data-behaviour="time" data-form="{}">{}</time>',
        instant.isoformat(timespec="seconds"),
        exact,
        form,
        shown,
    )


def relative(instant: datetime) -> str:
    """How long ago, or how long until; a date beyond a week."""
    seconds = (clock.now() - instant).total_seconds()
    if abs(seconds) < MINUTE:
        return _("just now")
    if abs(seconds) >= 7 * DAY:
        return date_format(instant.astimezone(timezone.get_current_timezone()), "j M Y")
    long = lasting(timedelta(seconds=abs(seconds)))
    return _("%(long)s ago") % {"long": long} if seconds > 0 else _("in %(long)s") % {"long": long}


def lasting(long: timedelta) -> str:
    """A length of time in its largest whole unit: "38 min", "19 h", "3 days"."""
    seconds = int(long.total_seconds())
    if seconds < HOUR:
        return _("%(count)s min") % {"count": max(1, seconds // MINUTE)}
    if seconds < 2 * DAY:
        return _("%(count)s h") % {"count": seconds // HOUR}
    days = seconds // DAY
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
