"""Charts drawn as SVG, the same on the page and in the PDF.

Print colours are presentation attributes; every mark has a class of its role, so that the page's
style sheet may override them in the dark theme. No inline style, no `var()`, no ids: the string
can stand twice on one page and passes a strict content security policy. Nothing here knows the
database or the language: words and numbers come ready from the caller.
"""

from analysis.charts.bars import Row, Segment, stacked_bars
from analysis.charts.line import Band, Line, Mark, line_chart
from analysis.charts.ranked_bars import Bar, ranked_bars
from analysis.charts.spark import sparkline
from analysis.charts.strip import Strip, position_strip
from analysis.charts.svg import as_data_uri

__all__ = [
    "Band",
    "Bar",
    "Line",
    "Mark",
    "Row",
    "Segment",
    "Strip",
    "as_data_uri",
    "line_chart",
    "position_strip",
    "ranked_bars",
    "sparkline",
    "stacked_bars",
]
