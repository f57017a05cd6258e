"""How long topics and mentions waited: the curve, its median, and the share answered within a day."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from stoa.base.charts import Bar, survival
from stoa.measure.formulas.absent import NotAvailable, Withheld
from stoa.measure.formulas.ratio import Figure, absent_figure
from stoa.measure.formulas.suppression import K
from stoa.measure.formulas.survival import Curve, Wait, kaplan_meier, median_figure

DAY_IN_HOURS = 24.0
SPANS = (6.0, 24.0, 72.0)
OVER = 0.05  # under this share of those who still wait a curve has told what it has to tell


@dataclass(frozen=True)
class Waiting:
    """The waits of one kind in one period; nothing but their number is said of fewer than 5."""

    definition: str
    waits: Sequence[Wait]

    @property
    def is_shown(self) -> bool:
        return len(self.waits) >= K

    @property
    def median(self) -> Figure:
        if 0 < len(self.waits) < K:
            return absent_figure(self.definition, Withheld(K))
        return median_figure(self.definition, self.waits)

    @property
    def curve(self) -> Curve:
        return kaplan_meier(self.waits)

    def drawing(self, title: str, wing: str, until: float) -> SafeString:
        """The share that still waits, for so many hours, with its interval."""
        curve = self.curve
        steps = [(step.at, step.share) for step in curve.steps if step.at <= until]
        band = []
        for at, _share in steps:
            bounds = curve.interval(at)
            if not isinstance(bounds, NotAvailable):
                band.append((at, bounds.low, bounds.high))
        return survival(title, steps, until=until, unit=_("h"), median=self.median.number, band=band, wing=wing)

    def bar(self, label: str) -> Bar:
        """Answered within a day, open ones counted."""
        attained = self.curve.attained(DAY_IN_HOURS)
        if not self.is_shown or isinstance(attained, NotAvailable):
            return Bar(label, None, absent=_("too few to be shown"))
        bounds = self.curve.interval(DAY_IN_HOURS)
        if isinstance(bounds, NotAvailable):
            return Bar(label, attained)
        return Bar(label, attained, 1 - bounds.high, 1 - bounds.low)


def drawn_hours(*kinds: Waiting) -> float:
    """How many hours the curves are drawn for: the same for all, as short as they allow, three days at most."""
    shown = [kind.curve for kind in kinds if kind.is_shown]
    return next((span for span in SPANS if all(_is_over(curve, span) for curve in shown)), SPANS[-1])


def _is_over(curve: Curve, hours: float) -> bool:
    attained = curve.attained(hours)
    return not isinstance(attained, NotAvailable) and 1 - attained <= OVER
