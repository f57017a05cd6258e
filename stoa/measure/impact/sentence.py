"""The month in one sentence, said with what may be shown and nothing else."""

from django.utils.translation import gettext as _

from stoa.measure.days import OLD_ENOUGH, Days, day_of
from stoa.measure.impact.funnel import Funnel
from stoa.measure.impact.thread import ANSWERED, HERE, JOINED
from stoa.measure.impact.words import day, month, share_with_interval


def sentence(days: Days, found: Funnel, *, is_last_old_enough: bool) -> str:
    """ "September (…): 82 people joined, 64 through links of ours, 18 of unknown origin. Of the 64, …" """
    name = month(days.first)
    if is_last_old_enough:
        name = _("%(month)s (the last whole month old enough to judge)") % {"month": name}
    joined, known, unknown = found.total[JOINED], found.known[JOINED], found.unknown[JOINED]
    if joined is None:
        return _("%(month)s: fewer than 5 people joined, so no number is shown.") % {"month": name}
    if joined == 0:
        return _("%(month)s: nobody joined.") % {"month": name}
    if known is None or unknown is None:
        head = _("%(month)s: %(joined)s people joined; by which links is not shown, because too few came by them.")
        return " ".join([head % {"month": name, "joined": joined}, *_came_of(str(joined), joined, found, found.total)])
    head = _("%(month)s: %(joined)s people joined, %(known)s through links of ours, %(unknown)s of unknown origin.")
    said = head % {"month": name, "joined": joined, "known": known, "unknown": unknown}
    rest = _came_of(str(known), known, found, found.known) if known else []
    return " ".join([said, *(rest or _came_of(str(joined), joined, found, found.total))])


def _came_of(who: str, of: int, found: Funnel, counts: tuple[int | None, ...]) -> list[str]:
    """What became of them, as far as it may be said."""
    answered, here = counts[ANSWERED], counts[HERE]
    said: dict[str, object] = {"who": who, "visits": found.said_visits, "answered": answered, "here": here}
    if here is None:
        words = _("Of the %(who)s, from %(visits)s visits, %(answered)s were answered within 7 days.")
        return [words % said] if answered is not None else []
    said["share"] = share_with_interval(here, of)
    if answered is None:
        return [_("Of the %(who)s, from %(visits)s visits, %(here)s were here after 30 days (%(share)s).") % said]
    words = _(
        "Of the %(who)s, from %(visits)s visits, %(answered)s were answered within 7 days "
        "and %(here)s were here after 30 (%(share)s)."
    )
    return [words % said]


def ripeness(days: Days, found: Funnel) -> str:
    """What cannot be judged yet, and from when; empty for a month that is old enough."""
    if HERE in found.judged:
        return ""
    when = day_of(days.period.end + OLD_ENOUGH, days.zone)
    if ANSWERED in found.judged:
        return _("Who is still here can be said from %(day)s, when everybody has been here for 37 days.") % {
            "day": day(when)
        }
    return _("This month is too young: only who joined can be said. The whole thread can be judged from %(day)s.") % {
        "day": day(when)
    }
