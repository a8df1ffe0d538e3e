"""Experts' work on a draft: who may, edits that hold and that no longer do, comments, conflicts."""

import io

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from openpyxl import load_workbook

from analysis.actions import experts, publishing, texts
from analysis.annex import annex_xlsx
from analysis.composition import digest
from analysis.documents import report_html
from analysis.editing import unedited
from analysis.enums import AnalysisState
from analysis.models import Analysis, AnalysisDocument, ExpertAssignment, ExpertComment, FindingEdit
from analysis.queries import texts as queries
from analysis.queries.board import Stage, season_board
from analysis.refusals import AnalysisRefused
from municipalities.enums import Role
from municipalities.tenancy import scope
from tests import factories
from tests.analysis.editions import (
    built,
    choose,
    comment,
    confirm,
    edit,
    reads_of,
    ready_made,
    store,
)
from tests.analysis.figures import measure, sentences

pytestmark = pytest.mark.django_db

RULE = ("over-64", "share_level")


@pytest.fixture
def draft(in_kannus, season8, coordinator) -> Analysis:
    return ready_made(in_kannus, season8, coordinator, is_published=False)


@pytest.fixture
def other_expert(db):
    return factories.user_with_role(Role.EXPERT, first_name="Toinen", last_name="Asiantuntija")


def assign(analysis, expert, by):
    return experts.assign_expert(
        municipality=analysis.municipality, season=analysis.season, expert=expert, by=by
    )


def finding(analysis) -> dict:
    analysis.refresh_from_db()
    found = measure(analysis.content, RULE[0])["findings"]
    return next(each for each in found if each["rule"] == RULE[1])


# -- Edits


def test_edit_stands_in_the_content_beside_the_rules_sentence(draft, expert):
    before = draft.content

    row = edit(draft, expert, fi="Joka neljäs on yli 64.")

    told = finding(draft)
    assert told["text"]["fi"] == "Joka neljäs on yli 64."
    assert told["text"]["sv"] == sentences(before, RULE[0], "sv")[RULE[1]], "not edited"
    assert told["edited"]["by"] == expert.name
    assert told["edited"]["original"] == row.original["text"]
    assert told["edited"]["original"]["fi"] == sentences(before, RULE[0])[RULE[1]]
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

    texts.edit_finding(
        analysis=draft, measure=RULE[0], rule=RULE[1], text=row.original["text"],
        seen=found.version, seen_mark=found.mark, by=expert,
    )  # fmt: skip

    assert not FindingEdit.objects.exists()
    draft.refresh_from_db()
    assert "edited" not in finding(draft)
    assert draft.content | {"comments": []} == draft.content
    assert unedited(draft.content) == unedited(Analysis.objects.get().content)
    assert before != draft.sha256, "the lists of comments are there now, empty"


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
        texts.edit_finding(**given, seen=seen.version)
    assert finding(draft)["text"]["fi"] == "Toisen lause."

    now = queries.sentence(draft, *RULE, "fi")
    texts.edit_finding(**given, seen=now.version)
    assert finding(draft)["text"]["fi"] == "Oma lause."


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
    (waiting,) = queries.open_edits(rebuilt, "fi")

    assert "edited" not in finding(rebuilt)
    assert waiting.row.outdated
    assert waiting.text == "Joka neljäs on yli 64."
    assert waiting.was == waiting.row.original["text"]["fi"] != waiting.now
    assert waiting.now == finding(rebuilt)["text"]["fi"]
    with pytest.raises(AnalysisRefused, match="Kannus: 1 teksti odottaa vastausta"):
        publishing.approve_analysis(analysis=rebuilt, seen=rebuilt.sha256, by=coordinator)


def test_edit_is_kept_on_the_new_sentence(rebuilt, expert, coordinator):
    row = FindingEdit.objects.get()

    texts.keep_edit(edit=row, seen=row.version, by=coordinator)

    told = finding(rebuilt)
    assert told["text"]["fi"] == "Joka neljäs on yli 64."
    assert told["edited"]["by"] == expert.name, "whoever wrote it"
    assert queries.open_count(rebuilt) == 0
    publishing.approve_analysis(analysis=rebuilt, seen=rebuilt.sha256, by=coordinator)


def test_edit_is_dropped_or_made_a_comment(rebuilt, expert):
    row = FindingEdit.objects.get()

    made = texts.make_comment_of(edit=row, seen=row.version, by=expert)

    assert (made.text, made.measure, made.by) == (
        {"fi": "Joka neljäs on yli 64."}, "over-64", expert,
    )  # fmt: skip
    assert not FindingEdit.objects.exists()
    rebuilt.refresh_from_db()
    assert len(measure(rebuilt.content, "over-64")["comments"]) == 2


def test_sentence_that_comes_back_takes_its_edit_back(
    rebuilt, in_kannus, jamsa, season8, kannus_contact, coordinator
):
    choose(in_kannus, season8, [jamsa], kannus_contact)

    again = built(in_kannus, season8, coordinator)

    assert finding(again)["text"]["fi"] == "Joka neljäs on yli 64."
    assert queries.open_count(again) == 0


def test_edit_of_a_rule_that_says_nothing_any_more_cannot_be_kept(draft, expert):
    edit(draft, expert)
    base = unedited(draft.content)
    measure(base, "over-64")["findings"] = []
    texts.recompose(draft, base)

    (waiting,) = queries.open_edits(draft, "fi")

    assert waiting.gone
    with pytest.raises(AnalysisRefused, match="Luvuista ei enää seuraa tätä lausetta"):
        texts.keep_edit(edit=waiting.row, seen=waiting.row.version, by=expert)


def test_answer_to_a_text_changed_meanwhile_is_refused(rebuilt, expert):
    row = FindingEdit.objects.get()

    with pytest.raises(AnalysisRefused, match="muutti tätä tekstiä"):
        texts.drop_edit(edit=row, seen="of an old page", by=expert)
    assert FindingEdit.objects.exists()


def test_figures_changed_while_writing_are_told(draft, expert):
    found = queries.sentence(draft, *RULE, "fi")

    with pytest.raises(AnalysisRefused, match="Lauseen luvut ovat sillä välin muuttuneet"):
        texts.edit_finding(
            analysis=draft, measure=RULE[0], rule=RULE[1], text=found.text,
            seen="", seen_mark="another", by=expert,
        )  # fmt: skip


# -- Comments


def test_comment_stands_in_the_report_with_name_and_day(draft, expert):
    row = comment(draft, expert, text={"fi": "Kasvu <i>jatkuu</i>."})
    comment(draft, expert, measure="", text={"sv": "Helheten är god."})
    draft.refresh_from_db()

    (told,) = measure(draft.content, "over-64")["comments"]
    assert told == {"text": {"fi": "Kasvu <i>jatkuu</i>."}, "by": expert.name,
                    "at": row.at.date().isoformat()}  # fmt: skip
    assert [each["text"] for each in draft.content["comments"]] == [{"sv": "Helheten är god."}]
    printed = report_html(draft.content, "fi")
    assert "Kasvu &lt;i&gt;jatkuu&lt;/i&gt;." in printed
    assert '<p lang="sv">Helheten är god.</p>' in " ".join(printed.split())
    assert f"Asiantuntijan kommentti, {expert.name}" in printed
    cells = [
        c.value
        for c in load_workbook(io.BytesIO(annex_xlsx(draft.content, "fi")))["Havainnot"]["B"]
    ]
    assert any(str(each).startswith("Kasvu <i>jatkuu</i>. (Asiantuntijan") for each in cells)


def test_internal_note_is_not_in_the_content_and_keeps_the_approval(draft, expert, coordinator):
    edit(draft, expert)
    draft.refresh_from_db()
    publishing.approve_analysis(analysis=draft, seen=draft.sha256, by=coordinator)

    comment(draft, expert, audience="internal", text={"fi": "Tarkistakaa kunnasta."})

    draft.refresh_from_db()
    assert draft.approved
    assert "Tarkistakaa" not in str(draft.content)


def test_comment_is_changed_and_dropped(draft, expert):
    row = comment(draft, expert)
    given = {"analysis": draft, "comment": row, "measure": "", "audience": "report", "by": expert}

    with pytest.raises(AnalysisRefused, match="ainakin yhdellä kielellä"):
        texts.write_comment(**given, text={}, seen=row.version)
    with pytest.raises(AnalysisRefused, match="muutti tätä tekstiä"):
        texts.write_comment(**given, text={"fi": "Uusi."}, seen="old")
    changed = texts.write_comment(**given, text={"fi": "Uusi."}, seen=row.version)
    draft.refresh_from_db()
    assert measure(draft.content, "over-64")["comments"][0]["text"] == {"fi": "Uusi."}

    texts.drop_comment(comment=changed, seen=changed.version, by=expert)
    draft.refresh_from_db()
    assert measure(draft.content, "over-64")["comments"] == []


# -- The next edition


def test_next_edition_begins_with_the_texts_as_proposals(
    figures, in_kannus, jamsa, heinola, season8, kannus_contact, coordinator, expert
):
    choose(in_kannus, season8, [jamsa], kannus_contact)
    first = built(in_kannus, season8, coordinator)
    edit(first, expert)
    comment(first, expert)
    first.refresh_from_db()
    publishing.approve_analysis(analysis=first, seen=first.sha256, by=coordinator)
    publishing.publish_analysis(analysis=first, by=coordinator)
    choose(in_kannus, season8, [jamsa, heinola], kannus_contact)

    second = built(in_kannus, season8, coordinator)

    assert second.edition == 2
    assert FindingEdit.objects.filter(analysis=second, proposed=True).count() == 1
    assert measure(second.content, "over-64")["comments"] == []
    assert queries.open_count(second) == 2
    FindingEdit.objects.filter(analysis=second).update(outdated=False)
    assert texts.keep_all(analysis=second, by=coordinator) == 2
    second.refresh_from_db()
    (told,) = measure(second.content, "over-64")["comments"]
    assert told["by"] == expert.name


def test_texts_of_a_published_edition_never_change(draft, expert, coordinator):
    row = edit(draft, expert)
    draft.refresh_from_db()
    publishing.approve_analysis(analysis=draft, seen=draft.sha256, by=coordinator)
    publishing.publish_analysis(analysis=draft, by=coordinator)

    later = ready_made(draft.municipality, draft.season, coordinator, is_published=False, edition=2)

    with pytest.raises(AnalysisRefused, match="Painos on julkaistu"):
        texts.drop_edit(edit=row, seen=row.version, by=expert)
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


# -- Who


def test_expert_reads_and_edits_what_was_given_and_no_other_draft(
    client_for, expert, other_expert, coordinator, kannus, season8
):
    with scope(kannus.pk):
        draft = ready_made(kannus, season8, coordinator, is_published=False)
        assign(draft, expert, coordinator)
    theirs, others = client_for(expert), client_for(other_expert)

    assert "Luonnos" in body(theirs.get(address("overview")))
    assert "Luonnos" not in body(others.get(address("overview")))
    for name, *rest in (
        ("annex",), ("review",), ("add_comment",), ("sentence", *RULE),
    ):  # fmt: skip
        assert theirs.get(address(name, draft.pk, *rest)).status_code == 200
        assert others.get(address(name, draft.pk, *rest)).status_code == 404
    assert others.post(address("ready", draft.pk)).status_code == 404


def test_only_an_expert_of_today_is_assigned(draft, kannus_contact, coordinator):
    with pytest.raises(AnalysisRefused, match="joka on nyt asiantuntija"):
        assign(draft, kannus_contact, coordinator)


def test_board_waits_for_the_expert_and_then_for_answers(
    figures, kannus, jamsa, heinola, season8, kannus_contact, coordinator, expert
):
    confirm(kannus, season8)
    with scope(kannus.pk):
        choose(kannus, season8, [jamsa], kannus_contact)
        made = built(kannus, season8, coordinator)
        given = assign(made, expert, coordinator)
        edit(made, expert)
    stages = [season_board(season8)[0].stage]
    with scope(kannus.pk):
        experts.note_ready(assignment=given, is_ready=True, by=expert)
    stages.append(season_board(season8)[0].stage)
    with scope(kannus.pk):
        choose(kannus, season8, [heinola], kannus_contact)
        built(kannus, season8, coordinator)
    row = season_board(season8)[0]

    assert [*stages, row.stage] == [Stage.EXPERT, Stage.APPROVE, Stage.ANSWERS]
    assert row.open_count == 1


def test_coordinator_gives_and_takes_the_analysis(client_for, coordinator, expert, kannus, season8):
    with scope(kannus.pk):
        draft = ready_made(kannus, season8, coordinator, is_published=False)
    client = client_for(coordinator)

    client.post(address("assign_expert", draft.pk), {"expert": expert.pk})
    assert expert.name in body(client.get(address("review", draft.pk)))
    client_for(expert).post(address("ready", draft.pk), {"ready": "yes"})
    with scope(kannus.pk):
        assert ExpertAssignment.objects.get().ready_at
    client.post(address("remove_expert", draft.pk, expert.pk))

    with scope(kannus.pk):
        assert not ExpertAssignment.objects.exists()
    assert client_for(expert).get(address("review", draft.pk)).status_code == 404


# -- Pages


def address(name, *args):
    return reverse(f"analysis:{name}", args=["kannus", *args])


def body(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def page_draft(kannus, season8, coordinator, expert):
    with scope(kannus.pk):
        made = ready_made(kannus, season8, coordinator, is_published=False)
        assign(made, expert, coordinator)
        return made


def typed(page) -> dict[str, str]:
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def test_expert_edits_on_the_indicators_page(client_for, expert, page_draft):
    client, url = client_for(expert), address("sentence", page_draft.pk, *RULE)
    assert url in body(client.get(address("indicator", "over-64")))

    answer = client.post(url, typed(client.get(url)) | {"text_fi": "<b>Oma</b> lause."})

    assert answer["Location"] == address("indicator", "over-64")
    assert "&lt;b&gt;Oma&lt;/b&gt; lause. (Asiantuntijan muokkaama.)" in body(
        client.get(answer["Location"])
    )


def test_conflict_shows_both_texts_and_saving_again_replaces(
    client_for, expert, other_expert, coordinator, page_draft, kannus
):
    client, url = client_for(expert), address("sentence", page_draft.pk, *RULE)
    mine = typed(client.get(url)) | {"text_fi": "Oma lause."}
    with scope(kannus.pk):
        edit(page_draft, other_expert, fi="Toisen lause.")

    refused = client.post(url, mine)

    assert refused.status_code == 422
    page = body(refused)
    assert "Toinen Asiantuntija muutti tätä lausetta" in page
    assert "Toisen lause.</p>" in page
    assert "Oma lause.</textarea>" in page
    assert client.post(url, typed(refused)).status_code == 302
    with scope(kannus.pk):
        assert FindingEdit.objects.get().text == {"fi": "Oma lause."}


def test_empty_sentence_keeps_what_was_typed_and_what_was_seen(client_for, expert, page_draft):
    client, url = client_for(expert), address("sentence", page_draft.pk, *RULE)
    given = typed(client.get(url)) | {"text_fi": "", "text_sv": "Min mening.", "seen": "mine"}

    refused = client.post(url, given)

    assert refused.status_code == 422
    assert "Min mening.</textarea>" in body(refused)
    assert typed(refused)["seen"] == "mine"


def test_expert_comments_and_answers_on_pages(client_for, expert, page_draft, kannus):
    client = client_for(expert)
    url = address("add_comment", page_draft.pk)

    assert client.post(url + "?measure=over-64", {"audience": "report"}).status_code == 422
    given = {"audience": "report", "text_fi": "Kasvu jatkuu."}
    answer = client.post(url + "?measure=over-64", given)
    assert answer["Location"] == address("review", page_draft.pk)
    assert client.get(url, {"measure": "no-such"}).status_code == 404
    with scope(kannus.pk):
        row = ExpertComment.objects.get()
    change = address("change_comment", row.pk)
    stale = typed(client.get(change)) | {"text_fi": "Uusi.", "seen": "old"}
    refused = client.post(change, stale)
    assert (refused.status_code, "Uusi.</textarea>" in body(refused)) == (422, True)
    assert client.post(change, typed(refused)).status_code == 302

    assert "Uusi." in body(client.get(address("indicator", "over-64")))
    with scope(kannus.pk):
        row = ExpertComment.objects.get()
    client.post(address("answer_comment", row.pk, "drop"), {"seen": row.version})
    with scope(kannus.pk):
        assert not ExpertComment.objects.exists()
    assert client.post(address("answer_comment", row.pk, "nothing")).status_code == 404


def test_review_asks_for_an_answer(client_for, expert, page_draft, kannus):
    client = client_for(expert)
    with scope(kannus.pk):
        edit(page_draft, expert)
        base = unedited(Analysis.objects.get().content)
        measure(base, "over-64")["findings"][0]["figures"] = {}
        texts.recompose(Analysis.objects.get(), base)
        row = FindingEdit.objects.get()

    page = body(client.get(address("review", page_draft.pk)))
    assert "Lause, josta tämä muokattiin, ei enää pidä paikkaansa:" in page
    assert "1 teksti odottaa vastausta." in body(client.get(address("overview")))
    client.post(address("answer_edit", row.pk, "keep"), {"seen": row.version})

    assert "ei enää pidä paikkaansa" not in body(client.get(address("review", page_draft.pk)))


def test_pages_of_a_draft_ask_few_questions(client_for, expert, page_draft, kannus):
    with scope(kannus.pk):
        edit(page_draft, expert)
        comment(page_draft, expert)
    client = client_for(expert)

    for url in (
        address("overview"), address("indicator", "over-64"),
        address("review", page_draft.pk), address("sentence", page_draft.pk, *RULE),
    ):  # fmt: skip
        assert reads_of(client, url) <= 12
