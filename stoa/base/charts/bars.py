"""Bars that lie, each with its label and figure written on its own line; an interval as a whisker."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from stoa.base.charts.figure import Words, absent, between, figure, joined, whole

ROW = 44


@dataclass(frozen=True)
class Bar:
    """One bar: `value` None = not available, drawn as a dashed outline and said so (`absent`: why)."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    note: str = ""
    absent: str = ""


def bars(
    title: str, rows: Sequence[Bar], *, most: float = 0, words: Words = whole, note: str = "", wing: str = ""
) -> SafeString:
    """Bars from 0. `most` fixes the end of the axis, so that compared panels share it."""
    top = most or max((row.high or row.value or 0 for row in rows), default=0) or 1
    drawing = joined(_bar(index * ROW, row, top, words) for index, row in enumerate(rows))
    cells = [(row.label, says(row, words), row.note) for row in rows]
    desc = "; ".join(f"{row.label}: {says(row, words)}" for row in rows)
    return figure(title, desc, drawing, max(1, len(rows)) * ROW, [_("What"), _("Value"), _("Note")], cells, note, wing)


def says(row: Bar, words: Words) -> str:
    if row.value is None:
        return row.absent or absent()
    return words(row.value) + (
        f" ({between(row.low, row.high, words)})" if row.low is not None and row.high is not None else ""
    )


def _bar(y: int, row: Bar, top: float, words: Words) -> str:
    head = format_html(
        '<text x="0" y="{}">{}</text><text class="chart-strong" x="100%" y="{}" text-anchor="end">{}</text>',
        *(y + 14, row.label, y + 14, says(row, words)),
    )
    if row.value is None:
        shape = format_html('<rect class="chart-open" x="1" y="{}" width="99%" height="12" rx="4"/>', y + 22)
    else:
        shape = format_html(
            '<rect class="chart-track" x="0" y="{}" width="100%" height="14" rx="4"/>'
            '<rect class="chart-bar" x="0" y="{}" width="{}%" height="14" rx="4"/>',
            *(y + 21, y + 21, _share(row.value, top)),
        )
    if row.low is not None and row.high is not None:
        shape += format_html(
            '<line class="chart-whisker" x1="{}%" x2="{}%" y1="{}" y2="{}"/>',
            *(_share(row.low, top), _share(row.high, top), y + 28, y + 28),
        )
    hit = format_html(
        '<rect class="chart-hit" x="0" y="{}" width="100%" height="{}" data-says="{}"/>',
        *(y, ROW - 4, f"{row.label}: {says(row, words)} {row.note}".strip()),
    )
    return joined([head, shape, hit])


def _share(value: float, top: float) -> str:
    return f"{min(100.0, max(0.0, value / top * 100)):.2f}"
