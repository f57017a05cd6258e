"""A line over time with its interval as a band, and the step curve of Kaplan–Meier. Gaps stay gaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from stoa.base.charts.figure import Words, absent, between, figure, joined, percent, whole

TOP, PLOT, FOOT = 24, 150, 24


@dataclass(frozen=True)
class Point:
    """One point: `value` None = not available. `low` and `high` bound its interval. `breaks`: the series starts anew here."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    breaks: bool = False

    def says(self, words: Words) -> str:
        if self.value is None:
            return f"{self.label}: {absent()}"
        range_ = f" ({between(self.low, self.high, words)})" if self.low is not None and self.high is not None else ""
        return f"{self.label}: {words(self.value)}{range_}"


def line(
    title: str, points: Sequence[Point], *, most: float = 0, words: Words = whole, note: str = "", wing: str = ""
) -> SafeString:
    """A line. `most` fixes the top of the axis, so that compared panels share it; the axis starts at 0."""
    top = most or max((each.high or each.value or 0 for each in points), default=0) or 1
    spots = [(index / max(1, len(points) - 1) * 100, point) for index, point in enumerate(points)]
    paths = joined(_path([(x, 100 - (p.value or 0) / top * 100) for x, p in run]) for run in _runs(spots))
    drawing = joined(
        [
            _plot(_bands(spots, top), paths),
            _axis(top, words),
            _breaks(spots),
            _names(spots),
            _end(spots, top, words),
            _hits(spots, words),
        ]
    )
    rows = [(p.label, absent() if p.value is None else words(p.value), _interval(p, words)) for p in points]
    desc = "; ".join(point.says(words) for point in points)
    return figure(title, desc, drawing, TOP + PLOT + FOOT, [_("When"), _("Value"), _("Interval")], rows, note, wing)


def survival(
    title: str,
    steps: Sequence[tuple[float, float]],
    *,
    until: float,
    unit: str,
    median: float | None,
    band: Sequence[tuple[float, float, float]] = (),
    wing: str = "",
) -> SafeString:
    """Kaplan–Meier: the share that still waits after each time. `steps` are (time, share), `band` (time, low, high);
    `median` None is said as "not reached". Times in `unit`, drawn up to `until`."""
    shape = _stairs([(0.0, 1.0), *steps], until)
    lows, highs = [(0.0, 1.0), *((t, low) for t, low, _h in band)], [(0.0, 1.0), *((t, high) for t, _l, high in band)]
    around = _area(_stairs(highs, until), _stairs(lows, until)) if band else ""
    said = (
        _("median not reached")
        if median is None
        else _("median %(time)s %(unit)s") % {"time": whole(median), "unit": unit}
    )
    at = None if median is None or median > until else f"{median / until * 100:.2f}%"
    mark = (
        ""
        if at is None
        else format_html('<line class="chart-break" x1="{}" x2="{}" y1="{}" y2="{}"/>', at, at, TOP, TOP + PLOT)
    )
    ends = format_html(
        '<text x="0" y="{}">0</text><text x="100%" y="{}" text-anchor="end">{} {}</text>'
        '<text class="chart-strong" x="100%" y="14" text-anchor="end">{}</text>',
        *(TOP + PLOT + 18, TOP + PLOT + 18, whole(until), unit, said),
    )
    drawing = joined([_plot(around, _path(shape)), mark, _axis(1, percent), ends])
    rows = [(f"{whole(time)} {unit}", percent(share)) for time, share in steps]
    return figure(title, said, drawing, TOP + PLOT + FOOT, [_("After"), _("Still waiting")], rows, "", wing)


def _runs(spots: Sequence[tuple[float, Point]]) -> list[list[tuple[float, Point]]]:
    """Stretches without a gap or a break."""
    runs: list[list[tuple[float, Point]]] = [[]]
    for x, point in spots:
        if point.value is None or point.breaks:
            runs.append([])
        if point.value is not None:
            runs[-1].append((x, point))
    return [run for run in runs if run]


def _path(spots: Sequence[tuple[float, float]]) -> str:
    if len(spots) == 1:
        spots = [(spots[0][0] - 0.6, spots[0][1]), (spots[0][0] + 0.6, spots[0][1])]
    drawn = "L".join(f"{x:.2f} {y:.2f}" for x, y in spots)
    return format_html('<path class="chart-line" vector-effect="non-scaling-stroke" d="M{}"/>', drawn)


def _bands(spots: Sequence[tuple[float, Point]], top: float) -> str:
    made = []
    for run in _runs(spots):
        known = [(x, p.low, p.high) for x, p in run if p.low is not None and p.high is not None]
        if len(known) > 1:
            highs = [(x, 100 - high / top * 100) for x, _low, high in known]
            made.append(_area(highs, [(x, 100 - low / top * 100) for x, low, _high in known]))
    return joined(made)


def _area(upper: Sequence[tuple[float, float]], lower: Sequence[tuple[float, float]]) -> str:
    drawn = "L".join(f"{x:.2f} {y:.2f}" for x, y in [*upper, *reversed(lower)])
    return format_html('<path class="chart-band" d="M{}Z"/>', drawn)


def _stairs(steps: Sequence[tuple[float, float]], until: float) -> list[tuple[float, float]]:
    """(time, share) as the corners of a staircase in percent."""
    shape = [(steps[0][0] / until * 100, 100 - steps[0][1] * 100)]
    for (_t, before), (time, after) in pairwise(steps):
        x = min(time, until) / until * 100
        shape += [(x, 100 - before * 100), (x, 100 - after * 100)]
    return [*shape, (100.0, 100 - steps[-1][1] * 100)]


def _plot(*drawn: str) -> str:
    return format_html(
        '<svg x="0" y="{}" width="100%" height="{}" viewBox="0 0 100 100" preserveAspectRatio="none">{}</svg>', TOP, PLOT, joined(drawn)
    )  # fmt: skip


def _axis(top: float, words: Words) -> str:
    lines = [(TOP + PLOT * (1 - share), words(top * share)) for share in (0.5, 1.0)]
    return joined(
        format_html(
            '<line class="chart-axis" x1="0" x2="100%" y1="{}" y2="{}"/><text x="0" y="{}">{}</text>', y, y, y - 5, said
        )
        for y, said in lines
    ) + format_html('<line class="chart-axis" x1="0" x2="100%" y1="{}" y2="{}"/>', TOP + PLOT, TOP + PLOT)


def _names(spots: Sequence[tuple[float, Point]]) -> str:
    if not spots:
        return ""
    shown = (
        {0: "start", len(spots) // 2: "middle", len(spots) - 1: "end"}
        if len(spots) > 2
        else {0: "start", len(spots) - 1: "end"}
    )
    return joined(
        format_html(
            '<text x="{}%" y="{}" text-anchor="{}">{}</text>',
            f"{spots[at][0]:.1f}",
            TOP + PLOT + 18,
            anchor,
            spots[at][1].label,
        )
        for at, anchor in shown.items()
    )


def _end(spots: Sequence[tuple[float, Point]], top: float, words: Words) -> str:
    """The last known value, written where it stands."""
    known = [(x, p.value) for x, p in spots if p.value is not None]
    if not known:
        return format_html('<text x="50%" y="{}" text-anchor="middle">{}</text>', TOP + PLOT / 2, absent())
    x, value = known[-1]
    y = TOP + PLOT * (1 - value / top)
    anchor = "end" if x > 50 else "start"
    return format_html(
        '<circle class="chart-dot" cx="{}%" cy="{}" r="4"/><text class="chart-strong" x="{}%" y="{}" text-anchor="{}">{}</text>',
        *(f"{x:.1f}", f"{y:.1f}", f"{x:.1f}", f"{max(12.0, y - 10):.1f}", anchor, words(value)),
    )  # fmt: skip


def _breaks(spots: Sequence[tuple[float, Point]]) -> str:
    return joined(
        format_html('<line class="chart-break" x1="{}%" x2="{}%" y1="{}" y2="{}"/>', f"{x:.1f}", f"{x:.1f}", TOP, TOP + PLOT)
        for x, point in spots if point.breaks
    )  # fmt: skip


def _hits(spots: Sequence[tuple[float, Point]], words: Words) -> str:
    wide = 100 / max(1, len(spots))
    return joined(
        format_html(
            '<rect class="chart-hit" x="{}%" y="{}" width="{}%" height="{}" data-says="{}"/>',
            *(f"{index * wide:.2f}", TOP, f"{wide:.2f}", PLOT, point.says(words)),
        )
        for index, (_x, point) in enumerate(spots)
    )


def _interval(point: Point, words: Words) -> str:
    return "" if point.low is None or point.high is None else between(point.low, point.high, words)
