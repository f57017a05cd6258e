"""How figures are written on the page."""

from datetime import date, timedelta

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from stoa.base.charts.figure import percent, whole
from stoa.base.moments import lasting
from stoa.measure.formulas.absent import NotReached, Withheld
from stoa.measure.formulas.ratio import Figure, share_figure


def count(n: int | None) -> str:
    """A count; folded or withheld ones are a dash that the table explains."""
    return "–" if n is None else whole(n)


def share(n: int | None, of: int | None) -> str:
    """ "41 · 64 %", the count alone where nothing is known to divide by."""
    if n is None or not of:
        return count(n)
    return f"{whole(n)} · {percent(n / of)}"


def absent_words(is_judged: bool) -> str:
    """Why a count is not shown."""
    return _("too few to be shown") if is_judged else _("too early to say")


def interval(figure: Figure) -> str:
    """ "25–48 %"; empty without one."""
    found = figure.interval
    return f"{found.low * 100:.0f}–{percent(found.high)}" if found else ""


def share_with_interval(n: int, of: int) -> str:
    """ "36 %, 25–48 %"."""
    figure = share_figure("bridge.still_here", n, of)
    return f"{percent(figure.number or 0)}, {interval(figure)}"


def hours(figure: Figure) -> str:
    """A wait in its largest whole unit; what is not known says so."""
    if figure.number is not None:
        return lasting(timedelta(hours=figure.number))
    if isinstance(figure.value, NotReached):
        return _("not reached")
    if isinstance(figure.value, Withheld):
        return _("fewer than %(k)s: not shown") % {"k": figure.value.under}
    return _("nothing to count")


def hours_interval(figure: Figure) -> str:
    """Between which waits the median lies; an upper end that is not reached is open."""
    found = figure.interval
    if found is None:
        return ""
    low = lasting(timedelta(hours=found.low))
    if found.high == float("inf"):
        return _("%(low)s or longer") % {"low": low}
    return f"{low} – {lasting(timedelta(hours=found.high))}"


def month(first: date) -> str:
    return date_format(first, "F Y")


def day(one: date) -> str:
    return date_format(one, "j F Y")
