"""From frozen content to what a page, a PDF or an annex shows, in one language: pure.

Everything is read from the content of an edition, so the page and the PDF cannot say different
things. The language is given by the caller, for a PDF is made in the language of its reader and
not of a request.
"""

from analysis.render.figures import Figure, figure
from analysis.render.overview import Chapter, OverviewRow, chapters, pending, reading_rule
from analysis.render.read_first import Block, blocks
from analysis.render.remarks import remarks
from analysis.render.report import Report, report
from analysis.render.sheet import Sheet, sheet
from analysis.render.tables import Table, TableRow, chart_table

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
    "pending",
    "reading_rule",
    "remarks",
    "report",
    "sheet",
]
