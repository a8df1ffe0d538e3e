"""Experts' comments: in the report, for the coordinator, in the next edition, on pages."""

import io

import pytest
from openpyxl import load_workbook

from analysis.actions import expert_texts, publishing
from analysis.content.edition import Comment
from analysis.models import ExpertComment, FindingEdit
from analysis.queries import expert_work as queries
from analysis.refusals import AnalysisRefused
from analysis.render.annex import annex_xlsx
from analysis.render.pdf import report_html
from tests.analysis.editions import built, choose, comment, edit
from tests.analysis.figures import measure
from tests.analysis.reviewing import address, body, typed
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db


def test_comment_stands_in_the_report_with_name_and_day(draft, expert):
    row = comment(draft, expert, text={"fi": "Kasvu <i>jatkuu</i>."})
    comment(draft, expert, measure="", text={"sv": "Helheten är god."})
    draft.refresh_from_db()

    (told,) = measure(draft.content, "over-64").comments
    assert told == Comment({"fi": "Kasvu <i>jatkuu</i>."}, expert.name, row.at.date())
    assert [each.text for each in draft.content.comments] == [{"sv": "Helheten är god."}]
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
        expert_texts.write_comment(**given, text={}, seen=row.version)
    with pytest.raises(AnalysisRefused, match="muutti tätä tekstiä"):
        expert_texts.write_comment(**given, text={"fi": "Uusi."}, seen="old")
    changed = expert_texts.write_comment(**given, text={"fi": "Uusi."}, seen=row.version)
    draft.refresh_from_db()
    assert measure(draft.content, "over-64").comments[0].text == {"fi": "Uusi."}

    expert_texts.drop_text(text=changed, seen=changed.version, by=expert)
    draft.refresh_from_db()
    assert measure(draft.content, "over-64").comments == ()


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
    assert measure(second.content, "over-64").comments == ()
    assert queries.open_count(second) == 2
    FindingEdit.objects.filter(analysis=second).update(outdated=False)
    assert expert_texts.keep_all(analysis=second, by=coordinator) == 2
    second.refresh_from_db()
    (told,) = measure(second.content, "over-64").comments
    assert told.by == expert.name


# -- Pages


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


def test_comment_without_a_visible_character_is_empty(client_for, expert, page_draft, kannus):
    client, url = client_for(expert), address("add_comment", page_draft.pk)
    nothing = {
        "audience": "report",
        "text_fi": "\u200b\ufeff",
        "text_sv": "\xa0",
        "text_en": "\xad",
    }

    refused = client.post(url, nothing)
    saved = client.post(url, nothing | {"text_sv": "Bra."})

    assert "Kirjoita kommentti ainakin yhdellä kielellä." in body(refused)
    assert saved.status_code == 302
    with scope(kannus.pk):
        assert ExpertComment.objects.get().text == {"sv": "Bra."}


@pytest.fixture
def dropped(page_draft, expert, kannus) -> ExpertComment:
    """A comment that somebody has dropped meanwhile."""
    with scope(kannus.pk):
        row = comment(page_draft, expert)
        expert_texts.drop_text(text=row, seen=row.version, by=expert)
        return row


def test_second_press_of_drop_leads_to_the_review_and_says_so(
    client_for, expert, page_draft, dropped
):
    client = client_for(expert)
    review = address("review", page_draft.pk)

    again = client.post(address("answer_comment", dropped.pk, "drop"), {"seen": "x"})
    back = client.get(address("change_comment", dropped.pk))

    assert (again["Location"], back["Location"]) == (review, review)
    said = "Tekstiä ei enää ole: se on jo poistettu tai siihen on vastattu."
    assert body(client.get(review)).count(said) == 2


def test_comment_that_never_was_or_is_somebody_elses_is_not_found(
    client_for, expert, other_expert, coordinator, page_draft, dropped, jamsa
):
    drop = address("answer_comment", dropped.pk, "drop")
    change = address("change_comment", dropped.pk)

    assert client_for(expert).post(address("answer_comment", 99_999, "drop")).status_code == 404
    assert client_for(expert).post(address("change_comment", 99_999)).status_code == 404
    assert client_for(other_expert).post(drop).status_code == 404
    assert client_for(other_expert).post(change).status_code == 404
    elsewhere = drop.replace("/kannus/", "/jamsa/")
    assert client_for(coordinator).post(elsewhere).status_code == 404


def test_words_typed_into_a_comment_that_is_gone_are_kept(
    client_for, expert, page_draft, dropped, kannus
):
    client, change = client_for(expert), address("change_comment", dropped.pk)
    given = {"audience": "internal", "text_fi": "Uusi.", "seen": dropped.version}

    refused = client.post(change, given)
    saved = client.post(change, typed(refused))

    assert refused.status_code == 422
    assert "Joku poisti kommentin sillä välin." in body(refused)
    assert "Uusi.</textarea>" in body(refused)
    assert saved["Location"] == address("review", page_draft.pk)
    with scope(kannus.pk):
        row = ExpertComment.objects.get()
    assert (row.measure, row.audience, row.text) == ("over-64", "internal", {"fi": "Uusi."})


def test_cancel_leads_back_to_where_the_comment_began(client_for, expert, page_draft, kannus):
    client = client_for(expert)
    with scope(kannus.pk):
        row = comment(page_draft, expert)
    indicator = f"{address('indicator', 'over-64')}?edition={page_draft.pk}"
    review = address("review", page_draft.pk)
    add, change = address("add_comment", page_draft.pk), address("change_comment", row.pk)

    backs = [
        client.get(url).context["back"]
        for url in (f"{add}?measure=over-64", add, f"{change}?from=review")
    ]

    assert backs == [indicator, review, review]
    assert f'href="{indicator}"' in body(client.get(review)), "the comment's indicator"
