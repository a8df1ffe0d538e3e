"""The board's paper as a Word document (DOCX) that a case system takes in with its structure.

Only styles that every Word knows (Title, Heading, List Bullet, Table Grid): what is pasted becomes
the headings and lists of whoever pastes it.
"""

from datetime import UTC, datetime
from io import BytesIO
from itertools import zip_longest
from typing import Any, Final

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from seasons.board_paper.paper import (
    Block,
    BoardPaper,
    Bullets,
    Paragraph,
    Subheading,
    Table,
)
from uso.ground.lib.characters import clean

LOCALES: Final = {"fi": "fi-FI", "sv": "sv-FI"}
CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def as_docx(paper: BoardPaper, *, at: datetime) -> bytes:
    """Write the paper as a file."""
    document = docx.Document()
    _describe(document, paper, at)
    document.add_heading(clean(paper.title), level=0)
    _draw(document, paper.opening)
    for section in paper.sections:
        document.add_heading(clean(section.heading), level=1)
        _draw(document, section.blocks)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _describe(document: Document, paper: BoardPaper, at: datetime) -> None:
    """Say in which language it is and what it is called; nobody is named as its author."""
    locale = LOCALES[paper.language]
    for each in document.styles.element.iter(qn("w:lang")):
        each.set(qn("w:val"), locale)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)  # A4; the library's own is Letter
    about = document.core_properties
    about.title, about.language = clean(paper.title), locale
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.created = about.modified = at.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def _draw(document: Document, blocks: tuple[Block, ...]) -> None:
    for block, below in zip_longest(blocks, blocks[1:]):
        match block:
            case Paragraph():
                drawn = document.add_paragraph(clean(block.words))
                if isinstance(below, Bullets | Table):  # what leads to a list stands on its page
                    drawn.paragraph_format.keep_with_next = True
            case Subheading():
                document.add_heading(clean(block.words), level=2)
            case Bullets():
                for item in block.items:
                    document.add_paragraph(clean(item), style="List Bullet")
            case Table():
                _draw_table(document, block)


def _draw_table(document: Document, table: Table) -> None:
    drawn = document.add_table(rows=0, cols=len(table.head), style="Table Grid")
    for words in (table.head, *table.rows):
        for cell, text in zip(drawn.add_row().cells, words, strict=True):
            cell.text = clean(text)
    head = drawn.rows[0]
    _mark_as_head(head)
    for cell in head.cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True
    document.add_paragraph()  # else Word sets the next one against the table


def _mark_as_head(row: Any) -> None:
    """Mark a row as the head: it is read as such, and repeated on the next page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
