"""Files of others: figures read by a saved mapping, stored as an import stores them."""

import json

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment

from analysis.statistics.actions.loading import load_catalogue
from analysis.statistics.enums import IndicatorGroup, RejectReason
from analysis.statistics.models import Indicator, Observation, RawAnswer, Source
from analysis.statistics.sources import numbers
from analysis.statistics.sources.base import RejectedRows, Series, TablePlan
from analysis.statistics.sources.files import Files
from analysis.statistics.sources.mapping import FileMapping
from tests.analysis.statistics.newest import observations
from tests.analysis.statistics.workbooks import (
    BY_HEADING,
    PLAN,
    book,
    cells,
    packed_with,
    read,
    saved,
)
from uso.ground.lib import sheets

pytestmark = pytest.mark.usefixtures("in_english")

GOOD = {"table": "evp", "area": "Kunta", "contents": {"EVP": "evp"}, "year": 2025}


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
    expected = cells(
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

    assert expected == {("049", 2025): 82.05, ("217", 2025): 41, ("SSS", 2025): 50}


def test_read_of_a_long_csv_with_a_column_of_years_and_thousands():
    rules = FileMapping("evp", "koodi", {"arvo": "evp"}, year_column="vuosi", factors={"evp": 1000})

    answer = read("\ufeffkoodi;vuosi;arvo\r\n091;2023;1\u202f234,5\r\n49;2024;2,3*\r\n", rules)

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
    assert answer.rejected == (RejectedRows(RejectReason.UNUSED, 2),)


def test_read_keeps_a_municipality_that_has_ended_for_the_division():
    rows = [["Kunta", 2020], [588, 1]]

    assert cells(read(rows)) == {("588", 2020): 1}
    assert cells(read([["Kunta", "EVP-indeksi"], ["Pertunmaa", 1]], BY_HEADING)) == {
        ("588", 2025): 1
    }


def test_read_leaves_years_before_the_first_and_names_what_is_lacking():
    plan = TablePlan("evp", [*PLAN.series, Series("other", "other")], since=2024)

    answer = read([["Kunta", 2023, 2024], [217, 1, 2]], plan=plan)

    assert cells(answer) == {("217", 2024): 2}
    assert answer.rejected == (
        RejectedRows(RejectReason.UNUSED, 1),
        RejectedRows(RejectReason.NO_CONTENT, 0, "other"),
    )


@pytest.mark.parametrize(
    ("mark", "expected"),
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
def test_marks_of_missing_figures(mark, expected):
    rules = FileMapping(
        "evp", "Kunta", {"": "evp"}, marks={"-": "zero", "ei tietoa": "not_collected"}
    )

    assert cells(read(f"Kunta;2024\n217;{mark}\n182;1\n", rules))["217", 2024] == expected


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


def test_workbook_with_a_link_is_read():
    made = Workbook()
    made.active.append(["Kunta", 2024])
    made.active.append([217, 1])
    made.active["A1"].hyperlink = "https://example.org/"

    assert cells(read(saved(made))) == {("217", 2024): 1}


def test_formula_with_its_result_is_read():
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>Kunta</t></is></c><c r="B1"><v>2024</v></c></row>'
        b'<row r="2"><c r="A2"><v>217</v></c><c r="B2"><f>1+1</f><v>2</v></c></row>'
        b"</sheetData></worksheet>"
    )

    assert cells(read(packed_with(**{"xl/worksheets/sheet1.xml": sheet}))) == {("217", 2024): 2}


@given(st.floats(-1e9, 1e9).map(lambda value: round(value, 3)), st.sampled_from(numbers.BLANKS))
def test_number_reads_what_is_written_in_finnish(value, blank):
    written = f"{value:,.3f}".replace(",", blank).replace(".", ",").replace("-", "−")

    assert numbers.parse_number(written) == value


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
    assert cells(Files().parse(RawAnswer.objects.get().body, PLAN))["217", 2025] == 41.5
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
