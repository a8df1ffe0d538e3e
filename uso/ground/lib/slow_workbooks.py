"""Refusing a workbook that would take minutes or gigabytes to open, while it is still packed.

The reader of workbooks lays out every cell, block and style that a file names, however many: what it would make is
counted in the text of the parts first.
"""

import re
import zipfile
from io import BytesIO

from django.utils.translation import gettext as _

from uso.ground.lib.errors import UnreadableFile

#: What a workbook may hold when unpacked: some hundred bytes of its file can unpack to gigabytes.
MAX_UNPACKED = 16 * 1024 * 1024
MAX_PARTS = 1_000
MAX_CELLS = 500_000
#: Formats of cells, fonts, fills and the like; some thousands gather in an old workbook, and each is read slowly.
MAX_STYLES = 20_000
#: Other elements of a workbook; each takes a tenth of a millisecond.
MAX_ELEMENTS = 100_000
#: Formulas by the signs of the longest: a shared one is written out anew for each of its cells.
MAX_FORMULA_SIGNS = 20_000_000

_PREFIX = rb"<(?:[^\s<>/:]+:)?"
#: Merged blocks, links and notes are laid out cell by cell when a workbook is opened, however large they are.
_BLOCKS = re.compile(_PREFIX + rb"(?:mergeCell|hyperlink|comment)\s[^>]*")
_BLOCK = re.compile(rb"""\sref=["']([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?["']""")
_REFERENCE = re.compile(rb"ref\s*=")
_TYPED = re.compile(_PREFIX + rb"c[\s/>]")
#: All but cells, their values and texts: each is read slowly, and a table has a row for a row and some hundred more.
_SLOW = re.compile(_PREFIX + rb"(?!(?:c|v|f|is|t)[\s/>])[A-Za-z]")
_LIST_OF_REFERENCES = re.compile(rb"""sqref\s*=\s*["'][^"'<]*""")
_FORMULA = re.compile(_PREFIX + rb"f(?:\s[^<>]*)?>[^<]*|" + _PREFIX + rb"f(?:\s[^<>]*)?/>")
#: Spreadsheet programs take a format of numbers of 255 signs, six bytes each at most; reading takes the square of its length.
_LONG_FORMAT = re.compile(rb"""formatCode\s*=\s*["'][^"'<]{1531}""")
_STYLE_SHEET = re.compile(_PREFIX + rb"styleSheet[\s/>]")
_STYLE = re.compile(_PREFIX + rb"(?:xf|font|fill|border|dxf|numFmt|cellStyle|rgbColor)[\s/>]")
#: What may come before the first sign of an XML document, whatever its encoding.
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"


def too_large(name: str) -> UnreadableFile:
    """Return the refusal of a file that holds more than a table for people can."""
    return UnreadableFile(
        _("The file %(name)s is far too large: keep the one table that is wanted in it.")
        % {"name": name}
    )


def check_parts(name: str, body: bytes) -> None:
    """Measure a workbook before the reader of workbooks opens it.

    Raises
    ------
    UnreadableFile
        When opening it would take longer than a table for people ever does.
    ValueError
        When it is written as no spreadsheet program writes, so that it cannot be measured.
    """
    with zipfile.ZipFile(BytesIO(body)) as packed:
        parts = packed.infolist()
        if sum(part.file_size for part in parts) > MAX_UNPACKED or len(parts) > MAX_PARTS:
            raise too_large(name)
        # A part never yields more than it declares, so the limit holds here too.
        texts = [text for one in parts if _is_xml(text := packed.read(one))]
    if any(map(_is_odd, texts)):
        raise ValueError("entities, another encoding or an endless format")
    if sum(_count_cells(text) for text in texts) > MAX_CELLS:
        raise too_large(name)
    if sum(map(_count_slow, texts)) > MAX_ELEMENTS:
        raise too_large(name)
    if any(_formula_signs(text) > MAX_FORMULA_SIGNS for text in texts):
        raise too_large(name)
    if sum(len(_STYLE.findall(text)) for text in texts if _STYLE_SHEET.search(text)) > MAX_STYLES:
        raise UnreadableFile(
            _(
                "The workbook %(name)s has far more styles of cells than a table needs, and takes too long to open: copy the figures into a new workbook as values."
            )
            % {"name": name}
        )


def _is_xml(part: bytes) -> bool:
    """Recognise it by what the part holds: a workbook may name its sheets as it will."""
    return part.lstrip(_BEFORE_XML).startswith(b"<")


def _is_odd(text: bytes) -> bool:
    """Recognise a part that no spreadsheet program writes: entities, another encoding, an endless format."""
    return b"<!DOCTYPE" in text or b"\0" in text or _LONG_FORMAT.search(text) is not None


def _count_cells(text: bytes) -> int:
    """Return how many cells the reader of workbooks would make: those typed and those of blocks."""
    return len(_TYPED.findall(text)) + sum(map(_block_size, _BLOCKS.findall(text)))


def _count_slow(text: bytes) -> int:
    """Return how many elements, and references in their lists, there are besides cells."""
    lists = _LIST_OF_REFERENCES.findall(text)
    return sum(1 for _one in _SLOW.finditer(text)) + sum(len(one.split()) for one in lists)


def _formula_signs(text: bytes) -> int:
    lengths = [len(one) for one in _FORMULA.findall(text)]
    if lengths and b"<!" in text:
        raise ValueError("formulas behind comments or CDATA")
    return len(lengths) * max(lengths, default=0)


def _block_size(tag: bytes) -> int:
    block = _BLOCK.search(tag)
    if block is None or len(_REFERENCE.findall(tag)) > 1:
        raise ValueError("reference of a block")
    left, top, right, bottom = block.groups()
    if right is None:
        return 1
    width = column_number(right.decode()) - column_number(left.decode()) + 1
    return width * (int(bottom) - int(top) + 1)


def column_number(letters: str) -> int:
    """Return the number of a column, from 1.

    >>> column_number("A"), column_number("AB")
    (1, 28)
    """
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
