"""Names of all 308 municipalities inside sentences."""

import csv
from pathlib import Path
from types import SimpleNamespace

import municipalities
from analysis.wording.names import Name

ROWS = Path(municipalities.__file__).parent / "data" / "municipalities.csv"


def names() -> dict[str, tuple[Name, dict[str, str]]]:
    with ROWS.open() as file:
        return {row["code"]: (Name.of(as_row(row)), row) for row in csv.DictReader(file)}


def as_row(row: dict[str, str]) -> SimpleNamespace:
    return SimpleNamespace(
        **{
            **row,
            "language_status": row["language"],
            "locative_sure": row["locative_sure"] == "yes",
        }
    )


def test_unsure_cases_are_avoided_and_sure_ones_taken_from_the_list():
    every = names()
    avoided = {name.fi for name, row in every.values() if row["locative_sure"] != "yes"}

    assert len(every) == 308
    assert len(avoided) == 25
    for name, row in every.values():
        expected = (
            row["locative_fi"]
            if row["locative_sure"] == "yes"
            else f"{row['genitive_fi']} kunnassa"
        )
        assert name.locative("fi") == expected


def test_no_name_has_two_words_for_a_municipality():
    assert [name.fi for name, _ in names().values() if "kunnan kunnassa" in name.locative_fi] == []


def test_finnish_forms():
    every = names()
    forms = {code: (every[code][0].genitive("fi"), every[code][0].locative("fi"))
             for code in ("217", "536", "837", "284", "503", "599")}  # fmt: skip

    assert forms == {
        "217": ("Kannuksen", "Kannuksessa"),
        "536": ("Nokian", "Nokialla"),
        "837": ("Tampereen", "Tampereella"),
        "284": ("Kosken Tl", "Kosken Tl kunnassa"),
        "503": ("Mynämäen", "Mynämäen kunnassa"),
        "599": ("Pedersören kunnan", "Pedersören kunnassa"),
    }


def test_swedish_forms():
    every = names()
    forms = {code: (every[code][0].genitive("sv"), every[code][0].locative("sv"))
             for code in ("638", "445", "322", "295", "440", "217")}  # fmt: skip

    assert forms == {
        "638": ("Borgås", "i Borgå"),
        "445": ("Pargas", "i Pargas"),
        "322": ("Kimitoöns", "i Kimitoöns kommun"),
        "295": ("Kumlinges", "i Kumlinge"),
        "440": ("Larsmos", "i Larsmo"),
        "217": ("Kannus", "i Kannus"),
    }


def test_english_takes_the_name_of_the_municipalitys_first_language():
    every = names()

    assert every["638"][0].locative("en") == "in Porvoo"
    assert every["445"][0].locative("en") == "in Pargas"
    assert every["638"][0].genitive("en") == "Porvoo's"
