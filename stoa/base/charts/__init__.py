"""Charts as SVG drawn on the server: direct labels, uncertainty drawn, a table behind, the same axis across panels on request.

Shapes are drawn in percent, so that a chart fits any width while its text keeps its size. "Not available" is never drawn as 0.
"""

from stoa.base.charts.bars import Bar, bars
from stoa.base.charts.funnel import Step, funnel
from stoa.base.charts.lines import Point, line, survival
from stoa.base.charts.strip import Moment, strip

__all__ = ["Bar", "Moment", "Point", "Step", "bars", "funnel", "line", "strip", "survival"]
