"""Being away: until a day, by the clock of where somebody lives. Notices are kept meanwhile, and mail that can wait waits."""

from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.people.models import Person, QuietHours

LONGEST_DAYS = 366


def back_at(until: date, zone: str) -> datetime:
    """The instant of their return: when that day begins where they live."""
    return datetime.combine(until, time.min, ZoneInfo(zone))


def away_words(person: Person) -> str:
    """ "Away until 14 March 2026", or nothing while they are here."""
    if person.away_until is None or not person.is_away_at(clock.now()):
        return ""
    return _("Away until %(day)s") % {"day": date_format(person.away_until, "j F Y")}


def away_among(person_ids: Iterable[int]) -> dict[int, date]:
    """Who of these people said until when they are away. One query."""
    said = Person.objects.filter(id__in=person_ids, away_until__isnull=False)
    return {number: until for number, until in said.values_list("id", "away_until") if until}


def waits_until(now: datetime, zone: str, away: date | None, quiet: QuietHours | None) -> datetime | None:
    """When mail that can wait may come: once they are back, and outside of their quiet hours. None: at once."""
    free = max(now, back_at(away, zone)) if away else now
    free = quiet.over(free, zone) if quiet else free
    return free if free > now else None
