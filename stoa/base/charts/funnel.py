"""A funnel as one narrowing band, read downwards; a step that a network does not offer is a dashed outline, never a zero."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from stoa.base.charts.figure import Words, absent, figure, joined, whole

ROW, BAND = 64, 34


@dataclass(frozen=True)
class Step:
    """One step: `count` None = not offered (`absent` says by whom). `share` is written beside it: "4.9 % of visits"."""

    label: str
    count: float | None
    share: str = ""
    absent: str = ""

    def says(self, words: Words) -> str:
        if self.count is None:
            return self.absent or absent()
        return f"{words(self.count)} · {self.share}" if self.share else words(self.count)


def funnel(
    title: str, steps: Sequence[Step], *, most: float = 0, words: Words = whole, note: str = "", wing: str = ""
) -> SafeString:
    """The band's width at a step is its count, by the widest (or `most`, so that compared panels share it)."""
    top = most or max((step.count or 0 for step in steps), default=0) or 1
    widths = [None if step.count is None else max(0.6, step.count / top * 100) for step in steps]
    drawing = joined(
        _step(index * ROW, step, widths[index], widths[index + 1] if index + 1 < len(steps) else None, words)
        for index, step in enumerate(steps)
    )
    rows = [(step.label, absent() if step.count is None else words(step.count), step.share) for step in steps]
    desc = "; ".join(f"{step.label}: {step.says(words)}" for step in steps)
    return figure(title, desc, drawing, len(steps) * ROW, [_("Step"), _("How many"), _("Share")], rows, note, wing)


def _step(y: int, step: Step, width: float | None, following: float | None, words: Words) -> str:
    head = format_html(
        '<text x="0" y="{}">{}</text><text class="chart-strong" x="100%" y="{}" text-anchor="end">{}</text>',
        *(y + 14, step.label, y + 14, step.says(words)),
    )
    hit = format_html(
        '<rect class="chart-hit" x="0" y="{}" width="100%" height="{}" data-says="{}"/>',
        *(y, ROW - 4, f"{step.label}: {step.says(words)}"),
    )
    return joined([_band(y + 22, width, following), head, hit])


def _band(y: int, width: float | None, following: float | None) -> str:
    """The bar of a step, and the lighter flow from it down to the next one's bar, behind the next one's words."""
    if width is None:
        return format_html('<rect class="chart-open" x="1" y="{}" width="99%" height="{}" rx="4"/>', y, BAND)
    bar = format_html(
        '<rect class="chart-bar" x="{}%" y="{}" width="{}%" height="{}" rx="3"/>',
        *(f"{50 - width / 2:.2f}", y, f"{width:.2f}", BAND),
    )
    if following is None:
        return bar
    spots = [(50 - width / 2, 0), (50 + width / 2, 0), (50 + following / 2, 100), (50 - following / 2, 100)]
    corners = " ".join(f"{x:.2f},{at}" for x, at in spots)
    flow = format_html(
        '<svg x="0" y="{}" width="100%" height="{}" viewBox="0 0 100 100" preserveAspectRatio="none">'
        '<polygon class="chart-flow" points="{}"/></svg>',
        *(y + BAND, ROW - BAND, corners),
    )
    return joined([flow, bar])
