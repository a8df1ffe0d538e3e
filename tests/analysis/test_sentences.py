"""Experts' edits of sentences: that hold and that no longer do, conflicts, their pages."""

import io

import pytest
from django.db import DatabaseError, connection, transaction
from openpyxl import load_workbook

from analysis.actions import expert_texts, publishing
from analysis.actions.building import recompose
from analysis.content.edition import digest
from analysis.content.edits import unedited
from analysis.enums import AnalysisState
from analysis.models import AnalysisDocument, FindingEdit
from analysis.queries import expert_work as queries
from analysis.refusals import AnalysisRefused
from analysis.render.annex import annex_xlsx
from analysis.render.pdf import report_html
from tests.analysis.editions import built, choose, comment, edit, ready_made, store
from tests.analysis.figures import changed, measure, sentences
from tests.analysis.reviewing import RULE, finding, without_figures

pytestmark = pytest.mark.django_db


# -- Edits


def test_edit_stands_in_the_content_beside_the_rules_sentence(draft, expert):
    before = draft.content

    row = edit(draft, expert, fi="Joka neljäs on yli 64.")

    told = finding(draft)
    assert told.text["fi"] == "Joka neljäs on yli 64."
    assert told.text["sv"] == sentences(before, RULE[0], "sv")[RULE[1]], "not edited"
    assert told.edited.by == expert.name
    assert told.edited.original == row.original["text"]
    assert told.edited.original["fi"] == sentences(before, RULE[0])[RULE[1]]
    assert draft.sha256 == digest(draft.content)
    assert unedited(draft.content) == before


def test_edit_is_marked_on_page_pdf_and_annex_in_its_language(draft, expert, client_for):
    edit(draft, expert, fi="<b>Joka</b> neljäs {{ 1 }} {% now %}")
    draft.refresh_from_db()

    printed = " ".join(report_html(draft.content, "fi").split())
    rows = load_workbook(io.BytesIO(annex_xlsx(draft.content, "fi")))["Havainnot"]

    said = "&lt;b&gt;Joka&lt;/b&gt; neljäs {{ 1 }} {% now %} (Asiantuntijan muokkaama.)"
    assert said in printed
    assert "(Edited by an expert.)" not in report_html(draft.content, "en")
    cells = [cell.value for (cell,) in rows["B"] and [(each,) for each in rows["B"]]]
    assert "<b>Joka</b> neljäs {{ 1 }} {% now %} (Asiantuntijan muokkaama.)" in cells


def test_saving_the_rules_words_takes_the_edit_away(draft, expert):
    before = draft.sha256
    row = edit(draft, expert)
    found = queries.sentence(draft, *RULE, "fi")

    expert_texts.edit_finding(
        analysis=draft, measure=RULE[0], rule=RULE[1], text=row.original["text"],
        seen=found.version, seen_mark=found.mark, by=expert,
    )  # fmt: skip

    assert not FindingEdit.objects.exists()
    draft.refresh_from_db()
    assert finding(draft).edited is None
    assert draft.sha256 == before


def test_edit_drops_the_files_and_the_approval(draft, expert, coordinator):
    store(draft, "fi")
    publishing.approve_analysis(analysis=draft, seen=draft.sha256, by=coordinator)

    edit(draft, expert)

    draft.refresh_from_db()
    assert (draft.state, draft.approved_by) == (AnalysisState.DRAFT, None)
    assert not AnalysisDocument.objects.exists()


def test_second_writer_is_told_and_may_then_replace(draft, expert, other_expert):
    seen = queries.sentence(draft, *RULE, "fi")
    edit(draft, other_expert, fi="Toisen lause.")

    given = {
        "analysis": draft, "measure": RULE[0], "rule": RULE[1], "by": expert,
        "text": seen.text | {"fi": "Oma lause."}, "seen_mark": seen.mark,
    }  # fmt: skip
    with pytest.raises(AnalysisRefused, match="Toinen Asiantuntija muutti tätä lausetta"):
        expert_texts.edit_finding(**given, seen=seen.version)
    assert finding(draft).text["fi"] == "Toisen lause."

    now = queries.sentence(draft, *RULE, "fi")
    expert_texts.edit_finding(**given, seen=now.version)
    assert finding(draft).text["fi"] == "Oma lause."


# -- Edits whose sentence has changed


@pytest.fixture
def rebuilt(figures, in_kannus, jamsa, heinola, season8, kannus_contact, coordinator, expert):
    """An edited draft, built again with a peer whose figures make another sentence."""
    choose(in_kannus, season8, [jamsa], kannus_contact)
    first = built(in_kannus, season8, coordinator)
    edit(first, expert)
    comment(first, expert)
    choose(in_kannus, season8, [heinola], kannus_contact)
    return built(in_kannus, season8, coordinator)


def test_edit_of_a_changed_sentence_is_left_out_and_waits(rebuilt, coordinator):
    (waiting,) = queries.edit_lines(rebuilt, "fi")

    assert finding(rebuilt).edited is None
    assert waiting.row.outdated
    assert waiting.text == "Joka neljäs on yli 64."
    assert waiting.was == waiting.row.original["text"]["fi"] != waiting.now
    assert waiting.now == finding(rebuilt).text["fi"]
    with pytest.raises(AnalysisRefused, match="Kannus: 1 teksti odottaa vastausta"):
        publishing.approve_analysis(analysis=rebuilt, seen=rebuilt.sha256, by=coordinator)


def test_edit_is_kept_on_the_new_sentence(rebuilt, expert, coordinator):
    row = FindingEdit.objects.get()

    expert_texts.keep_text(text=row, seen=row.version, by=coordinator)

    told = finding(rebuilt)
    assert told.text["fi"] == "Joka neljäs on yli 64."
    assert told.edited.by == expert.name, "whoever wrote it"
    assert queries.open_count(rebuilt) == 0
    publishing.approve_analysis(analysis=rebuilt, seen=rebuilt.sha256, by=coordinator)


def test_edit_is_dropped_or_made_a_comment(rebuilt, expert):
    row = FindingEdit.objects.get()

    made = expert_texts.make_comment_of(text=row, seen=row.version, by=expert)

    assert (made.text, made.measure, made.by) == (
        {"fi": "Joka neljäs on yli 64."}, "over-64", expert,
    )  # fmt: skip
    assert not FindingEdit.objects.exists()
    rebuilt.refresh_from_db()
    assert len(measure(rebuilt.content, "over-64").comments) == 2


def test_sentence_that_comes_back_takes_its_edit_back(
    rebuilt, in_kannus, jamsa, season8, kannus_contact, coordinator
):
    choose(in_kannus, season8, [jamsa], kannus_contact)

    again = built(in_kannus, season8, coordinator)

    assert finding(again).text["fi"] == "Joka neljäs on yli 64."
    assert queries.open_count(again) == 0


def test_edit_of_a_rule_that_says_nothing_any_more_cannot_be_kept(draft, expert):
    edit(draft, expert)
    base = unedited(draft.content)
    recompose(draft, changed(base, "over-64", findings=()))

    (waiting,) = queries.edit_lines(draft, "fi")

    assert waiting.gone
    with pytest.raises(AnalysisRefused, match="Luvuista ei enää seuraa tätä lausetta"):
        expert_texts.keep_text(text=waiting.row, seen=waiting.row.version, by=expert)


def test_answer_to_a_text_changed_meanwhile_is_refused(rebuilt, expert):
    row = FindingEdit.objects.get()

    with pytest.raises(AnalysisRefused, match="muutti tätä tekstiä"):
        expert_texts.drop_text(text=row, seen="of an old page", by=expert)
    assert FindingEdit.objects.exists()


def test_second_answer_is_told_that_there_is_one_already(rebuilt, expert):
    row = FindingEdit.objects.get()
    expert_texts.keep_text(text=row, seen=row.version, by=expert)

    with pytest.raises(AnalysisRefused, match="Tähän tekstiin on jo vastattu"):
        expert_texts.keep_text(text=row, seen=row.version, by=expert)


def test_answer_from_before_a_new_build_is_refused(draft, expert):
    seen = edit(draft, expert).version
    base = unedited(draft.content)
    recompose(draft, without_figures(base))

    with pytest.raises(AnalysisRefused, match="Tekstin luvut ovat sillä välin muuttuneet"):
        expert_texts.drop_text(text=FindingEdit.objects.get(), seen=seen, by=expert)
    assert FindingEdit.objects.exists()


def test_figures_changed_while_writing_are_told(draft, expert):
    found = queries.sentence(draft, *RULE, "fi")

    with pytest.raises(AnalysisRefused, match="Lauseen luvut ovat sillä välin muuttuneet"):
        expert_texts.edit_finding(
            analysis=draft, measure=RULE[0], rule=RULE[1], text=found.text,
            seen="", seen_mark="another", by=expert,
        )  # fmt: skip


def test_texts_of_a_published_edition_never_change(draft, expert, coordinator):
    row = edit(draft, expert)
    draft.refresh_from_db()
    publishing.approve_analysis(analysis=draft, seen=draft.sha256, by=coordinator)
    publishing.publish_analysis(analysis=draft, by=coordinator)

    later = ready_made(draft.municipality, draft.season, coordinator, is_published=False, edition=2)

    with pytest.raises(AnalysisRefused, match="Painos on julkaistu"):
        expert_texts.drop_text(text=row, seen=row.version, by=expert)
    for sql in (
        "UPDATE analysis_findingedit SET text = '{}'",
        "DELETE FROM analysis_findingedit",
        f"UPDATE analysis_findingedit SET analysis_id = {later.pk}",
    ):
        with (
            pytest.raises(DatabaseError, match="never change"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
