"""Times as people read them: in the reader's zone (Django's current one), relative while fresh, with the exact instant behind."""

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from functools import cache, lru_cache
from typing import Any

from django.utils import timezone, translation
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup, escape

from stoa.base import clock

MINUTE, HOUR, DAY = 60, 3600, 86_400


def moment(instant: datetime, form: str = "relative") -> Markup:
    """A `<time>`; `form` is "relative", "date", "clock" or "exact"."""
    long = _rounded((clock.now() - instant).total_seconds()) if form == "relative" else None
    return _kept(instant, form, long, timezone.get_current_timezone(), translation.get_language())


def _rounded(seconds: float) -> int | None:
    """How long ago (below zero: until when), as exactly as people read it; None beyond a week, where a date stands."""
    long = abs(seconds)
    if long >= 7 * DAY:
        return None
    whole = 0 if long < MINUTE else int(long // _unit(long) * _unit(long))
    return whole if seconds > 0 else -whole


def _unit(seconds: float) -> int:
    """The largest unit in which a length of time is said."""
    return MINUTE if seconds < HOUR else HOUR if seconds < 2 * DAY else DAY


@lru_cache(8000)
def _kept(instant: datetime, form: str, long: int | None, zone: tzinfo, _language: str | None) -> Markup:
    """Written once for its zone and language, and while it is fresh for each minute, hour or day."""
    here = instant.astimezone(zone)
    exact = f"{day(here, MONTHS)}, {here:%H:%M} {here.tzname() or ''}"
    if form == "relative":
        shown = day(here, MONTHS_3) if long is None else _ago(long)
    else:
        shown = {"date": day(here, MONTHS_3), "clock": f"{here:%H:%M}", "exact": exact}[form]
    return Markup(  # noqa: S704
        f'<time datetime="{instant.isoformat(timespec="seconds")}" title="{escape(exact)}" data-behaviour="time" data-form="{form}">'
        f"{escape(shown)}</time>"
    )


def day(here: datetime, months: Mapping[int, Any]) -> str:
    """`23 November 2026`, with the names of `months`."""
    return f"{here.day} {month(translation.get_language(), months is MONTHS, here.month)} {here.year}"


@cache
def month(_language: str | None, is_whole: bool, number: int) -> str:
    return str(MONTHS[number]) if is_whole else str(MONTHS_3[number]).title()


def relative(instant: datetime) -> str:
    """How long ago, or how long until; a date beyond a week."""
    long = _rounded((clock.now() - instant).total_seconds())
    return day(instant.astimezone(timezone.get_current_timezone()), MONTHS_3) if long is None else _ago(long)


def _ago(seconds: int) -> str:
    if not seconds:
        return _("just now")
    long = lasting(timedelta(seconds=abs(seconds)))
    return _("%(long)s ago") % {"long": long} if seconds > 0 else _("in %(long)s") % {"long": long}


def lasting(long: timedelta) -> str:
    """A length of time in its largest whole unit: "38 min", "19 h", "3 days"."""
    seconds = int(long.total_seconds())
    count = seconds // _unit(seconds)
    if seconds < HOUR:
        return _("%(count)s min") % {"count": max(1, count)}
    if seconds < 2 * DAY:
        return _("%(count)s h") % {"count": count}
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": count}
