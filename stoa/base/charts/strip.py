"""A day or a campaign as one time line: a dot for each moment, open while it is still to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from stoa.base.charts.figure import figure, joined

LANE = 40


@dataclass(frozen=True)
class Moment:
    """One moment; `open` = still to come."""

    at: datetime
    label: str
    open: bool = False


def strip(title: str, moments: Sequence[Moment], *, start: datetime, end: datetime, wing: str = "") -> SafeString:
    """Moments between two instants, each on a lane of its own, so that no two labels meet."""
    kept = sorted((each for each in moments if start <= each.at <= end), key=lambda each: each.at)
    long = (end - start).total_seconds() or 1
    foot = max(1, len(kept)) * LANE
    lanes = [
        _moment(index * LANE + 14, (each.at - start).total_seconds() / long * 100, each)
        for index, each in enumerate(kept)
    ]
    ends = format_html(
        '<line class="chart-axis" x1="0" x2="100%" y1="{}" y2="{}"/>'
        '<text x="0" y="{}">{}</text><text x="100%" y="{}" text-anchor="end">{}</text>',
        *(foot, foot, foot + 16, _shown(start), foot + 16, _shown(end)),
    )
    rows = [(_shown(each.at), each.label) for each in kept]
    desc = "; ".join(f"{when}: {what}" for when, what in rows)
    return figure(title, desc, joined([*lanes, ends]), foot + 24, [_("When"), _("What")], rows, "", wing)


def _moment(y: int, x: float, each: Moment) -> str:
    return format_html(
        '<text x="0" y="{}"><tspan class="chart-strong">{}</tspan> {}</text>'
        '<line class="chart-axis" x1="0" x2="100%" y1="{}" y2="{}"/><circle class="{}" cx="{}%" cy="{}" r="5"/>',
        *(y, _shown(each.at), each.label, y + 12, y + 12),
        *("chart-dot" if each.open else "chart-bar", f"{min(99.0, max(1.0, x)):.2f}", y + 12),
    )


def _shown(instant: datetime) -> str:
    return date_format(instant.astimezone(timezone.get_current_timezone()), "j M, H:i")
