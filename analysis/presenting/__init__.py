"""From frozen content to what a page, a PDF or an annex shows, in one language: pure.

Everything is read from the content of an edition, so the page and the PDF cannot say different
things. The language is given by the caller, for a PDF is made in the language of its reader and
not of a request.
"""

from analysis.presenting.figures import Figure, figure
from analysis.presenting.highlights import Block, blocks
from analysis.presenting.overview import Chapter, OverviewRow, chapters, reading_rule
from analysis.presenting.remarks import remarks
from analysis.presenting.report import Report, report
from analysis.presenting.sheet import Sheet, sheet
from analysis.presenting.tables import Table, TableRow, chart_table

__all__ = [
    "Block",
    "Chapter",
    "Figure",
    "OverviewRow",
    "Report",
    "Sheet",
    "Table",
    "TableRow",
    "blocks",
    "chapters",
    "chart_table",
    "figure",
    "reading_rule",
    "remarks",
    "report",
    "sheet",
]
