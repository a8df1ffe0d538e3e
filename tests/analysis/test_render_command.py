"""`manage.py render_analysis`: one municipality's analysis as files."""

import pytest
from django.core.management import CommandError, call_command

from analysis.models import Analysis
from tests.analysis.editions import file_of, ready_made
from uso.ground.tenancy.scope import scope


@pytest.fixture
def edition(kannus, season8, coordinator) -> Analysis:
    with scope(kannus.pk):
        return ready_made(kannus, season8, coordinator)


@pytest.fixture
def drawn(monkeypatch) -> None:
    """PDFs without the seconds of drawing; tests/analysis/test_documents.py draws one."""
    name = "analysis.management.commands.render_analysis.report_pdf"
    monkeypatch.setattr(name, lambda content, language: file_of(language))


def test_newest_edition_is_written_as_pdf_page_and_annex(drawn, edition, tmp_path):
    call_command("render_analysis", "Kannus", "--season", "8", "--out", str(tmp_path / "new"))

    files = sorted((tmp_path / "new").iterdir())
    assert [file.name for file in files] == [
        f"kannus-uso8-1-fi.{end}" for end in ("html", "pdf", "xlsx")
    ]
    assert "Kannus" in files[0].read_text()
    assert files[1].read_bytes() == b"%PDF fi"
    assert files[2].read_bytes()[:2] == b"PK"


def test_without_an_edition_todays_is_written_and_nothing_stored(
    drawn, figures, kannus, season8, tmp_path
):
    call_command(
        "render_analysis", "217", "--season", "8", "--language", "sv", "--out", str(tmp_path)
    )

    assert len(list(tmp_path.glob("kannus-uso8-*-sv.*"))) == 3
    with scope(kannus.pk):
        assert not Analysis.objects.exists()


@pytest.mark.parametrize(
    ("words", "season", "said"), [("Ruritania", "8", "Ruritania"), ("Kannus", "77", "season 77")]
)
def test_what_is_not_there_is_named(kannus, season8, tmp_path, words, season, said):
    with pytest.raises(CommandError, match=said):
        call_command("render_analysis", words, "--season", season, "--out", str(tmp_path))


def test_folder_that_cannot_be_made_is_named(edition, tmp_path):
    taken = tmp_path / "taken"
    taken.write_text("")

    with pytest.raises(CommandError, match="cannot be made"):
        call_command("render_analysis", "Kannus", "--season", "8", "--out", str(taken))
