"""Workbooks and text files of figures, and what is read of them."""

import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook

from analysis.statistics.sources.base import Series, SourceError, TablePlan
from analysis.statistics.sources.files import Files, FileWithMapping
from analysis.statistics.sources.mapping import FileMapping

PLAN = TablePlan("evp", [Series("evp", "evp")])
BY_YEAR = FileMapping("evp", "Kunta", {"": "evp"})
BY_HEADING = FileMapping("evp", "Kunta", {"EVP-indeksi": "evp"}, area_as="name", year=2025)


def book(rows, *, merge=(), title="Taul1"):
    """Return a workbook of one sheet."""
    made = Workbook()
    sheet = made.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for cells in merge:
        sheet.merge_cells(cells)
    return saved(made)


def saved(made):
    written = BytesIO()
    made.save(written)
    return written.getvalue()


def read(content, rules=BY_YEAR, plan=PLAN, name="evp.xlsx"):
    if isinstance(content, str):
        content, name = content.encode(), "evp.csv"
    content = book(content) if isinstance(content, list) else content
    return Files().parse(FileWithMapping(name, rules, content).as_bytes(), plan)


def cells(answer):
    return {(one.area, one.year): one.missing or one.value for one in answer.frame.itertuples()}


def failing(*arguments, **more):
    with pytest.raises(SourceError) as failed:
        read(*arguments, **more)
    return failed.value.message


XLSX = book([["Kunta", 2024], [217, 1]])


def packed_with(**parts):
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        with zipfile.ZipFile(BytesIO(XLSX)) as good:
            for part in good.infolist():
                packed.writestr(part, parts.pop(part.filename, None) or good.read(part))
        for name, content in parts.items():
            packed.writestr(name, content)
    return written.getvalue()
