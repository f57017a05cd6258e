"""A figure with everything that stands behind it, and as a sentence that can be copied."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Stat:
    """`figure` None = not available, which is never 0; `absent` says why."""

    label: str
    figure: str | None
    formula: str
    numerator: str
    denominator: str
    not_counted: str
    interval: str = ""
    absent: str = ""
    window: str = ""
    note: str = ""

    def said(self, month: str) -> str:
        """ "Still here after 30 days, September 2026: 38 %, 25–54 %. 15: People with any activity …, of 39: People who …" """
        words = {"label": self.label, "month": month, "figure": self.figure, "interval": self.interval}
        if self.figure is None:
            head = _("%(label)s, %(month)s: not available (%(why)s).") % {**words, "why": self.absent}
        elif self.interval:
            head = _("%(label)s, %(month)s: %(figure)s (%(interval)s).") % words
        else:
            head = _("%(label)s, %(month)s: %(figure)s.") % words
        of = _("Divided by: %(denominator)s") % {"denominator": self.denominator} if self.denominator else ""
        counted = _("Counted: %(numerator)s") % {"numerator": self.numerator} if self.numerator else ""
        return " ".join(part for part in (head, self.formula, counted, of) if part)
