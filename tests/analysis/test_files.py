"""Files of others: figures by a saved mapping, and a sentence with row and column for what is wrong."""

import json
import zipfile
from datetime import date
from io import BytesIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment

from analysis.catalogue import load_catalogue
from analysis.enums import IndicatorGroup, RejectReason
from analysis.frames import observations
from analysis.models import Indicator, Observation, RawAnswer, Source
from analysis.sources import mapping, numbers, sheets
from analysis.sources.base import Rejected, Series, SourceError, TablePlan
from analysis.sources.files import Files, Packed
from analysis.sources.mapping import FileMapping

pytestmark = pytest.mark.usefixtures("in_english")

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
    return Files().read(Packed(name, rules, content).body(), plan)


def cells(answer):
    return {(one.area, one.year): one.missing or one.value for one in answer.frame.itertuples()}


def failing(*arguments, **more):
    with pytest.raises(SourceError) as failed:
        read(*arguments, **more)
    return failed.value.message


def test_read_of_a_workbook_with_a_column_for_each_year():
    answer = read(
        [["Kunta", 2023, "2024*"], [217, 5335, 5264], ["KU182", 1.5, None], ["SSS", 1, 2]]
    )

    assert cells(answer) == {
        ("217", 2023): 5335,
        ("217", 2024): 5264,
        ("182", 2023): 1.5,
        ("182", 2024): "not_published",
        ("SSS", 2023): 1,
        ("SSS", 2024): 2,
    }
    frame = answer.frame
    assert set(frame.loc[frame["preliminary"], "year"]) == {2024}
    assert not frame.loc[frame["missing"] != "", "preliminary"].any()
    assert (answer.label, answer.rows_read, answer.rejected) == ("evp.xlsx", 6, ())


def test_read_of_names_in_both_languages_and_remarks_below():
    told = cells(
        read(
            [
                ["Kunta", "EVP-indeksi"],
                ["Esbo", 82.05],
                [" kannus ", 41],
                ["Koko maa", 50],
                [None, None],
                ["Lähde: FCG ja MDI", None],
            ],
            BY_HEADING,
        )
    )

    assert told == {("049", 2025): 82.05, ("217", 2025): 41, ("SSS", 2025): 50}


def test_read_of_a_long_csv_with_a_column_of_years_and_thousands():
    rules = FileMapping("evp", "koodi", {"arvo": "evp"}, year_column="vuosi", factors={"evp": 1000})

    answer = read(
        "\ufeffkoodi;vuosi;arvo\r\n091;2023;1\u202f234,5\r\n49;31.12.2024;2,3*\r\n", rules
    )

    assert cells(answer) == {("091", 2023): 1_234_500, ("049", 2024): 2_300}
    assert answer.frame["preliminary"].tolist() == [False, True]


def test_read_of_two_rows_of_headings_with_merged_cells():
    rules = FileMapping(
        "evp", "Kunta", {"Elinvoima": "evp", "Veto": "pull"}, sheet="Luvut", head_rows=(2, 3)
    )
    content = book(
        [
            ["EVP", None, None, None, None],
            ["Kunta", 2024, None, 2025, None],
            [None, "Elinvoima", "Veto", "Elinvoima", "Veto"],
            [217, 1, 2, 3, 4],
        ],
        merge=("A1:E1", "A2:A3", "B2:C2", "D2:E2"),
        title="Luvut",
    )

    answer = read(content, rules)

    assert cells(answer) == {("217", 2024): 1, ("217", 2025): 3}
    assert answer.rejected == (Rejected(RejectReason.UNUSED, 2),)


def test_read_keeps_a_municipality_that_has_ended_for_the_division():
    rows = [["Kunta", 2020], [588, 1]]

    assert cells(read(rows)) == {("588", 2020): 1}
    assert cells(read([["Kunta", "EVP-indeksi"], ["Pertunmaa", 1]], BY_HEADING)) == {
        ("588", 2025): 1
    }


def test_read_leaves_years_before_the_first_and_tells_what_is_lacking():
    plan = TablePlan("evp", [*PLAN.series, Series("other", "other")], since=2024)

    answer = read([["Kunta", 2023, 2024], [217, 1, 2]], plan=plan)

    assert cells(answer) == {("217", 2024): 2}
    assert answer.rejected == (
        Rejected(RejectReason.UNUSED, 1),
        Rejected(RejectReason.NO_CONTENT, 0, "other"),
    )


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        (".", "not_applicable"),
        ("..", "unavailable"),
        ("...", "confidential"),
        ("…", "confidential"),
        ("", "not_published"),
        ("-", 0.0),
        ("ei tietoa", "not_collected"),
        ("0", 0.0),
    ],
)
def test_marks_of_missing_figures(mark, told):
    rules = FileMapping(
        "evp", "Kunta", {"": "evp"}, marks={"-": "zero", "ei tietoa": "not_collected"}
    )

    assert cells(read(f"Kunta;2024\n217;{mark}\n182;1\n", rules))["217", 2024] == told


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("5335", 5335),
        ("5 335", 5335),
        ("5\u00a0335", 5335),
        ("5\u2009335,25", 5335.25),
        ("−3,5", -3.5),
        ("1 234 567", 1_234_567),
    ],
)
def test_figures_as_finns_type_them(typed, value):
    assert cells(read([["Kunta", 2024], [217, typed]])) == {("217", 2024): value}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("noin 5", "Row 2, column B: “noin 5” is not a figure"),
        ("5 33", "“5 33” is not a figure"),
        ("1.234", "“1.234” is not a figure: write digits with “,” before decimals"),
        ("-", "“-” is not a figure: write digits with “,” before decimals, or name the mark"),
        ("12 %", "“12 %” is not a figure"),
        ("1.5.2024", "“1.5.2024” is not a figure"),
        (date(2024, 5, 1), "1.5.2024 is a date: the spreadsheet program has taken a figure"),
        (True, "“True” is not a figure"),
        ("#DIV/0!", "the formula gives the error #DIV/0!"),
        ("=1+1", "the result of the formula is not in the file: open the file"),
    ],
)
def test_cell_that_is_no_figure_is_named_with_the_mend(typed, words):
    told = failing([["Kunta", 2024], [217, typed]])

    assert told.startswith("Row 2, column B: ")
    assert words in told
    assert told.endswith("Nothing was stored.")


@pytest.mark.parametrize(
    ("rules", "typed", "words"),
    [
        (BY_YEAR, 999, "Row 2, column A: “999” is not the code of a municipality"),
        (BY_YEAR, "Kannus", "“Kannus” is not the code of a municipality"),
        (BY_YEAR, None, "Row 2, column A: the municipality is missing though"),
        (BY_HEADING, "Kanus", "“Kanus” is not the name of a municipality: is it Kannus?"),
        (BY_HEADING, "Tukholma–Göteborg", "is not the name of a municipality: mend it"),
        (BY_HEADING, 217, "“217” is not the name of a municipality"),
    ],
)
def test_municipality_that_is_not_known_is_named(rules, typed, words):
    head = 2024 if rules is BY_YEAR else "EVP-indeksi"

    assert words in failing([["Kunta", head], [typed, 5]], rules)


def test_all_that_is_wrong_is_told_at_once_but_not_endlessly():
    told = failing([["Kunta", 2024], *([217, f"x{at}"] for at in range(8))])

    assert told.count("is not a figure") == 5
    assert told.endswith("And 3 more. Nothing was stored.")


def test_municipality_told_twice_is_named_with_both_rows():
    told = failing([["Kunta", 2024], [217, 1], ["217", 2]])

    assert "Row 3, column B: 217 has a figure of 2024 in row 2 already" in told


def test_year_that_is_none_is_named():
    rules = FileMapping("evp", "Kunta", {"arvo": "evp"}, year_column="Vuosi")

    assert "Row 2, column B: “v. 24” is not a year" in failing(
        [["Kunta", "Vuosi", "arvo"], [217, "v. 24", 1]], rules
    )


@pytest.mark.parametrize(
    ("merge", "words"),
    [
        ("B2:B3", "Row 3, column B: the cell is merged with another: unmerge"),
        ("A2:A3", "Row 3, column A: the cell is merged with another"),
        ("B2:C2", "Row 2, column C: the cell is merged with another"),
    ],
)
def test_merged_cells_among_figures_are_named(merge, words):
    content = book([["Kunta", 2023, 2024], [217, 1, 2], [182, 3, 4]], merge=(merge,))

    assert words in failing(content)


def test_merged_heading_over_two_columns_says_which():
    content = book([["Kunta", 2024, None], [217, 1, 2]], merge=("B1:C1",))

    assert "Columns B and C have the same heading: where it is merged" in failing(content)


@pytest.mark.parametrize(
    ("rows", "rules", "words"),
    [
        ([["Alue", 2024], [217, 1]], BY_YEAR, "no heading “Kunta”; it has Alue, 2024"),
        ([["Kunta", "Kunta", 2024]], BY_YEAR, "heading “Kunta” more than once"),
        ([["Kunta", "EVP"]], BY_HEADING, "no heading “EVP-indeksi”"),
        ([["Kunta", "x"]], BY_YEAR, "no heading “a year”"),
        (
            [["Kunta", "EVP"]],
            FileMapping("evp", "Kunta", {"EVP": "evp"}),
            "Column B has no year",
        ),
        (
            [["Kunta", 2024]],
            FileMapping("evp", "Kunta", {"": "evp"}, head_rows=(7,)),
            "ends before the rows of headings",
        ),
        ([["Kunta", 2024]], BY_YEAR, "none of the figures asked for"),
        ([["Kunta", 2024], [217, ".."]], BY_YEAR, "none of the figures asked for"),
        ([], BY_YEAR, "has nothing on its sheet"),
        ([[None, " "], [""]], BY_YEAR, "has nothing on its sheet"),
        (
            [["Kunta", 2024]],
            FileMapping("evp", "Kunta", {"": "evp"}, sheet="X"),
            "no sheet “X”; it has Taul1",
        ),
    ],
)
def test_sheet_that_is_not_as_the_mapping_says_is_told(rows, rules, words):
    with pytest.raises(SourceError, match=words):
        read(rows, rules)


XLSX = book([["Kunta", 2024], [217, 1]])


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"Kunta;2024\n217;1\n", "a.xlsx holds plain text"),
        ("a.csv", XLSX, "a.csv holds a packed workbook"),
        ("a.xlsx", b"<html><table>", "holds a web page or XML"),
        ("a.csv", b" \n<html>", "holds a web page or XML"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "holds an older or a locked workbook"),
        ("a.csv", b"\x89PNG\0\0", "neither text nor a workbook"),
        ("a.xls", XLSX, "holds a packed workbook"),
        ("a.xlsx", XLSX[:400], "cannot be opened: it is broken or locked"),
        ("a.xlsx", XLSX[:-30], "cannot be opened: it is broken or locked"),
        ("a.csv", "Kunta;väkiluku".encode("latin-1"), "not UTF-8"),
        ("a.csv", b'Kunta;2024\n217;"1\n182;2\n', "a quotation mark may be left open"),
        ("a.csv", b"", "has nothing on its sheet"),
        ("a.csv", b"x" * (sheets.MAX_BYTES + 1), "far too large"),
        ("a.csv", b";" * 100_000 + b"\n" * 100_000, "far too large"),
    ],
)
def test_file_that_is_not_what_its_name_says_is_refused(name, content, words):
    assert words in failing(content, name=name)


def packed_with(**parts):
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        with zipfile.ZipFile(BytesIO(XLSX)) as good:
            for part in good.infolist():
                packed.writestr(part, parts.pop(part.filename, None) or good.read(part))
        for name, content in parts.items():
            packed.writestr(name, content)
    return written.getvalue()


def test_workbook_that_unpacks_to_gigabytes_is_refused_unopened(monkeypatch):
    bomb = packed_with(**{"xl/media/a.xml": b"\0" * (sheets.MAX_UNPACKED + 1)})
    monkeypatch.setattr(sheets, "_loaded", None)

    assert len(bomb) < 100_000
    assert "far too large" in failing(bomb)


def test_workbook_that_declares_entities_is_refused():
    sheet = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha">]><worksheet/>'

    assert "is broken or locked" in failing(packed_with(**{"xl/worksheets/sheet1.xml": sheet}))


SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1"><v>1</v></c></row></sheetData>%b</worksheet>'
)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>', "far too large"),
        (b'<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>', "far too large"),
        (b'<mergeCells><mergeCell ref="&#65;1:XFD9"/></mergeCells>', "is broken or locked"),
        (b"""<mergeCell a=' ref="A1"' ref="A1:XFD1048576"/>""", "is broken or locked"),
        (b'<n:comment ref="A1:XFD1048576"/>', "far too large"),
        (b"<!--" + b"<c >" * (sheets.MAX_CELLS + 1) + b"-->", "far too large"),
        (b"<c/>" * (sheets.MAX_CELLS + 1), "far too large"),
        (b"<a-b:c/>" * (sheets.MAX_CELLS + 1), "far too large"),
    ],
)
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/media/sheet1.png"])
def test_workbook_that_would_be_laid_out_without_end_is_refused_unopened(
    monkeypatch, part, more, words
):
    monkeypatch.setattr(sheets, "_loaded", None)

    assert words in failing(packed_with(**{part: SHEET % more}))


def test_workbook_with_a_note_and_a_picture_is_read():
    made = Workbook()
    made.active.append(["Kunta", 2024])
    made.active.append([217, 1])
    made.active["B2"].comment = Comment("Tarkistettu", "Sihteeri")
    good = saved(made)
    picture = b"\x89PNG\r\n\x1a\n\0\0<c "

    assert cells(read(good)) == {("217", 2024): 1}
    pictured = packed_with(**{"xl/media/image1.png": picture})
    assert cells(read(pictured)) == cells(read(packed_with()))


@pytest.mark.parametrize("text", ["\n" * (sheets.MAX_CELLS + 1), ";" * (sheets.MAX_CELLS + 1)])
def test_text_of_nothing_but_rows_or_columns_is_refused_while_it_is_read(monkeypatch, text):
    monkeypatch.setattr(sheets, "_even", None)

    with pytest.raises(SourceError, match="far too large"):
        sheets.opened("evp.csv", text.encode())


def test_workbook_with_a_link_is_read():
    made = Workbook()
    made.active.append(["Kunta", 2024])
    made.active.append([217, 1])
    made.active["A1"].hyperlink = "https://example.org/"

    assert cells(read(saved(made))) == {("217", 2024): 1}


def test_packed_file_that_is_no_workbook_is_refused():
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("content.xml", "<a/>")

    assert "is broken or locked" in failing(written.getvalue())


def test_workbook_with_a_cell_far_away_is_refused():
    made = Workbook()
    made.active["XFD1048576"] = 1

    assert "far too large" in failing(saved(made))


def test_formula_with_its_result_is_read():
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>Kunta</t></is></c><c r="B1"><v>2024</v></c></row>'
        b'<row r="2"><c r="A2"><v>217</v></c><c r="B2"><f>1+1</f><v>2</v></c></row>'
        b"</sheetData></worksheet>"
    )

    assert cells(read(packed_with(**{"xl/worksheets/sheet1.xml": sheet}))) == {("217", 2024): 2}


@settings(max_examples=30)
@given(st.binary(max_size=300), st.sampled_from(["a.xlsx", "a.csv"]))
def test_any_bytes_are_figures_or_a_sentence(content, name):
    for start in (b"", b"PK\x03\x04", XLSX[: len(XLSX) // 2]):
        with pytest.raises(SourceError):
            read(start + content, name=name)


@given(st.floats(-1e9, 1e9).map(lambda value: round(value, 3)), st.sampled_from(numbers.BLANKS))
def test_number_reads_what_is_written_in_finnish(value, blank):
    written = f"{value:,.3f}".replace(",", blank).replace(".", ",").replace("-", "−")

    assert numbers.number(written) == value


GOOD = {"table": "evp", "area": "Kunta", "contents": {"EVP": "evp"}, "year": 2025}


def test_mapping_goes_to_json_and_back():
    made = mapping.parse(
        json.dumps({**GOOD, "factors": {"evp": 0.1}, "marks": {"-": "zero"}, "head_rows": [3, 4]})
    )

    assert mapping.of_json(json.loads(json.dumps(made.as_json()))) == made
    assert made.head_rows == (3, 4)


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"table": ""}, "table"),
        ({"table": 5}, "table"),
        ({"area": None}, "area"),
        ({"contents": {}}, "contents"),
        ({"contents": {"EVP": ""}}, "contents"),
        ({"contents": ["EVP"]}, "contents"),
        ({"area_as": "nimi"}, "area_as"),
        ({"year": "2025"}, "year"),
        ({"year": 25}, "year"),
        ({"year": True}, "year"),
        ({"year_column": "Vuosi"}, "year_column"),
        ({"sheet": 1}, "sheet"),
        ({"head_rows": []}, "head_rows"),
        ({"head_rows": [0]}, "head_rows"),
        ({"head_rows": [1, 3]}, "head_rows"),
        ({"head_rows": ["1"]}, "head_rows"),
        ({"head_rows": 1}, "head_rows"),
        ({"factors": {"evp": 0}}, "factors"),
        ({"factors": {"evp": "1000"}}, "factors"),
        ({"factors": {"evp": True}}, "factors"),
        ({"factors": {"other": 10}}, "factors"),
        ({"marks": {"-": "nothing"}}, "marks"),
        ({"marks": {"-": ["zero"]}}, "marks"),
        ({"decimal": ";"}, "decimal"),
        ({"separator": "x"}, "separator"),
    ],
)
def test_mapping_with_a_wrong_part_names_it(change, part):
    with pytest.raises(SourceError, match=f"The part “{part}” of the mapping"):
        mapping.of_json({**GOOD, **change})


@pytest.mark.parametrize("part", ["table", "area", "contents"])
def test_mapping_without_a_part_it_needs_names_it(part):
    with pytest.raises(SourceError, match=f"The part “{part}” of the mapping is missing"):
        mapping.of_json({name: told for name, told in GOOD.items() if name != part})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"table"', "breaks off or is not JSON"),
        (b"\xff", "breaks off or is not JSON"),
        ("[]", "The part “table”"),
        (json.dumps({**GOOD, "col": 1}), "a part “col” that is not known"),
    ],
)
def test_mapping_of_another_form_says_so(text, words):
    with pytest.raises(SourceError, match=words):
        mapping.parse(text)


@pytest.mark.parametrize("body", [b"", b"{}\n", b"[]\nx", b"PK\x03\x04"])
def test_answer_that_is_no_file_with_its_mapping_says_so(body):
    with pytest.raises(SourceError, match="not a file with its mapping"):
        Files().table_of(body)


@pytest.fixture
def followed(db):
    load_catalogue()
    return Indicator.objects.create(
        code="evp",
        source=Source.objects.create(code="file-evp", name_fi="EVP", publisher_fi="FCG ja MDI"),
        group=IndicatorGroup.FINANCES,
        name_fi="EVP-indeksi",
        unit_fi="0–100",
        table="evp",
        content_code="evp",
    )


@pytest.fixture
def folder(tmp_path):
    """Write a file with its mapping and return the folder."""
    (tmp_path / "evp.xlsx").write_bytes(book([["Kunta", "EVP"], [217, 41.5], [182, ".."]]))
    (tmp_path / "evp.xlsx.mapping.json").write_text(json.dumps(GOOD))
    (tmp_path / "~$evp.xlsx").write_bytes(b"open")
    return tmp_path


def run(capsys, *arguments):
    call_command("import_statistics", "file-evp", *arguments)
    return capsys.readouterr().out.splitlines()


def test_import_of_a_file_keeps_the_file_with_its_mapping(followed, folder, capsys):
    path = str(folder / "evp.xlsx")

    dry = run(capsys, "--from", path, "--dry-run")
    assert dry[-1] == "dry run: nothing was stored"
    assert not Observation.objects.exists()

    assert run(capsys, "--from", str(folder))[:3] == [
        "table evp: version 1", "rows read: 2", "rows stored: 2",
    ]  # fmt: skip
    frame = observations(["evp"], ["217", "182"])
    assert [one.missing or one.value for one in frame.itertuples()] == ["unavailable", 41.5]
    assert cells(Files().read(RawAnswer.objects.get().body, PLAN))["217", 2025] == 41.5
    assert run(capsys, "--from", path)[-1] == "nothing changed"


def test_import_of_a_file_with_a_bad_cell_stores_nothing(followed, folder):
    (folder / "evp.xlsx").write_bytes(book([["Kunta", "EVP"], [217, 41.5], [182, "x"]]))

    with pytest.raises(CommandError, match=r"^Row 3, column B: “x” is not a figure"):
        call_command("import_statistics", "file-evp", "--from", str(folder))

    assert not Observation.objects.exists()


@pytest.mark.parametrize(
    ("take_away", "origin", "words"),
    [
        ("", "network", "not read from the network: name it with --from"),
        ("", "none.xlsx", "no XLSX or CSV file at"),
        ("evp.xlsx", "", "no XLSX or CSV file at"),
        ("evp.xlsx.mapping.json", "", "has no mapping: write evp.xlsx.mapping.json beside it"),
    ],
)
def test_import_without_a_file_or_mapping_says_so(followed, folder, take_away, origin, words):
    if take_away:
        (folder / take_away).unlink()

    with pytest.raises(CommandError, match=words):
        call_command(
            "import_statistics",
            "file-evp",
            "--from",
            origin if origin == "network" else folder / origin,
        )


def test_import_of_a_file_of_another_table_says_so(followed, folder):
    (folder / "evp.xlsx.mapping.json").write_text(json.dumps({**GOOD, "table": "hyte"}))

    with pytest.raises(CommandError, match="No indicator is read from table hyte"):
        call_command("import_statistics", "file-evp", "--from", str(folder))


def test_import_of_far_too_large_a_file_does_not_read_it(followed, folder, monkeypatch):
    monkeypatch.setattr(sheets, "MAX_BYTES", 100)

    with pytest.raises(CommandError, match="far too large"):
        call_command("import_statistics", "file-evp", "--from", str(folder))
