"""Charts: a title and a description for those who do not see them, a table behind, and no zero for what is not known."""

from datetime import UTC, datetime, timedelta

from stoa.base import charts
from stoa.base.charts.figure import percent

WEEKS = [
    charts.Point("W1", 10, 8, 12),
    charts.Point("W2", None),
    charts.Point("W3", 40, 30, 50),
    charts.Point("W4", 20),
]


def test_a_chart_has_a_title_a_description_and_a_table() -> None:
    said = charts.line("Mended", WEEKS)
    assert "<title" in said
    assert "<desc" in said
    assert "W1: 10 (8–12); W2: not available; W3: 40 (30–50); W4: 20" in said
    assert '<th scope="row">W2</th><td class="is-figure">not available</td>' in said


def test_a_line_is_broken_at_a_gap_and_at_a_break() -> None:
    assert charts.line("Mended", WEEKS).count('class="chart-line"') == 2
    broken = [*WEEKS[:1], charts.Point("W2", 3, breaks=True), charts.Point("W3", 4)]
    assert charts.line("Mended", broken).count('class="chart-break"') == 1


def test_compared_panels_share_their_axis() -> None:
    assert "M0.00 80.00" in charts.line("A", [charts.Point("a", 10), charts.Point("b", 20)], most=50)


def test_a_chart_of_nothing_says_so() -> None:
    assert "not available" in charts.line("Mended", [charts.Point("W1", None)])
    assert "<svg" in charts.line("Mended", [])


def test_a_bar_that_is_not_available_is_a_dashed_outline() -> None:
    said = charts.bars("Kept", [charts.Bar("A", 0.36, 0.25, 0.48), charts.Bar("B", None)], words=percent, most=1)
    assert said.count('class="chart-open"') == 1
    assert 'width="36.00%"' in said
    assert "36 % (25–48 %)" in said


def test_a_funnel_begins_dashed_where_reach_is_not_offered() -> None:
    steps = [charts.Step("Reach", None, absent="not offered"), charts.Step("Visits", 1310), charts.Step("Joined", 64)]
    said = charts.funnel("Thread", steps)
    assert said.count('class="chart-open"') == 1
    assert "1,310" in said
    assert 'points="0.00,0 100.00,0' in said


def test_a_survival_curve_says_when_its_median_is_not_reached() -> None:
    said = charts.survival("Waits", [(1, 0.9), (5, 0.7)], until=48, unit="h", median=None)
    assert "median not reached" in said
    assert "chart-break" not in said
    reached = charts.survival("Waits", [(1, 0.5)], until=48, unit="h", median=12)
    assert "median 12 h" in reached
    nearly = charts.survival("Waits", [(1, 0.5)], until=48, unit="h", median=2.98)
    assert "median 3 h" in nearly
    assert 'x1="25.00%"' in reached


def test_a_strip_leaves_out_what_lies_beyond_it() -> None:
    start = datetime(2026, 11, 23, tzinfo=UTC)
    moments = [charts.Moment(start + timedelta(hours=hours), f"at {hours}", open=True) for hours in (12, 30)]
    said = charts.strip("Today", moments, start=start, end=start + timedelta(days=1))
    assert "at 12" in said
    assert "at 30" not in said


def test_labels_are_escaped() -> None:
    assert "<b>" not in charts.bars("<b>", [charts.Bar("<b>", 1, note="<b>")])
