"""Experts' edits of sentences: that hold and that no longer do, conflicts, their pages."""

import io

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from openpyxl import load_workbook

from analysis.actions import publishing, texts
from analysis.annex import annex_xlsx
from analysis.composition import digest
from analysis.documents import report_html
from analysis.editing import unedited
from analysis.enums import AnalysisState
from analysis.models import Analysis, AnalysisDocument, FindingEdit
from analysis.queries import texts as queries
from analysis.refusals import AnalysisRefused
from municipalities.tenancy import scope
from tests import factories
from tests.analysis.editions import built, choose, comment, edit, reads_of, ready_made, store
from tests.analysis.figures import measure, sentences
from tests.analysis.reviewing import RULE, address, assign, body, finding, typed
from tests.racing import at_once

pytestmark = pytest.mark.django_db


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
    (waiting,) = queries.edit_lines(rebuilt, "fi")

    assert "edited" not in finding(rebuilt)
    assert waiting.row.outdated
    assert waiting.text == "Joka neljäs on yli 64."
    assert waiting.was == waiting.row.original["text"]["fi"] != waiting.now
    assert waiting.now == finding(rebuilt)["text"]["fi"]
    with pytest.raises(AnalysisRefused, match="Kannus: 1 teksti odottaa vastausta"):
        publishing.approve_analysis(analysis=rebuilt, seen=rebuilt.sha256, by=coordinator)


def test_edit_is_kept_on_the_new_sentence(rebuilt, expert, coordinator):
    row = FindingEdit.objects.get()

    texts.keep_text(text=row, seen=row.version, by=coordinator)

    told = finding(rebuilt)
    assert told["text"]["fi"] == "Joka neljäs on yli 64."
    assert told["edited"]["by"] == expert.name, "whoever wrote it"
    assert queries.open_count(rebuilt) == 0
    publishing.approve_analysis(analysis=rebuilt, seen=rebuilt.sha256, by=coordinator)


def test_edit_is_dropped_or_made_a_comment(rebuilt, expert):
    row = FindingEdit.objects.get()

    made = texts.make_comment_of(text=row, seen=row.version, by=expert)

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

    (waiting,) = queries.edit_lines(draft, "fi")

    assert waiting.gone
    with pytest.raises(AnalysisRefused, match="Luvuista ei enää seuraa tätä lausetta"):
        texts.keep_text(text=waiting.row, seen=waiting.row.version, by=expert)


def test_answer_to_a_text_changed_meanwhile_is_refused(rebuilt, expert):
    row = FindingEdit.objects.get()

    with pytest.raises(AnalysisRefused, match="muutti tätä tekstiä"):
        texts.drop_text(text=row, seen="of an old page", by=expert)
    assert FindingEdit.objects.exists()


def test_second_answer_is_told_that_there_is_one_already(rebuilt, expert):
    row = FindingEdit.objects.get()
    texts.keep_text(text=row, seen=row.version, by=expert)

    with pytest.raises(AnalysisRefused, match="Tähän tekstiin on jo vastattu"):
        texts.keep_text(text=row, seen=row.version, by=expert)


def test_answer_from_before_a_new_build_is_refused(draft, expert):
    seen = edit(draft, expert).version
    base = unedited(draft.content)
    measure(base, "over-64")["findings"][0]["figures"] = {}
    texts.recompose(draft, base)

    with pytest.raises(AnalysisRefused, match="Tekstin luvut ovat sillä välin muuttuneet"):
        texts.drop_text(text=FindingEdit.objects.get(), seen=seen, by=expert)
    assert FindingEdit.objects.exists()


def test_figures_changed_while_writing_are_told(draft, expert):
    found = queries.sentence(draft, *RULE, "fi")

    with pytest.raises(AnalysisRefused, match="Lauseen luvut ovat sillä välin muuttuneet"):
        texts.edit_finding(
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
        texts.drop_text(text=row, seen=row.version, by=expert)
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


# -- Pages


def test_expert_edits_on_the_indicators_page(client_for, expert, page_draft):
    client, url = client_for(expert), address("sentence", page_draft.pk, *RULE)
    assert url in body(client.get(address("indicator", "over-64")))

    answer = client.post(url, typed(client.get(url)) | {"text_fi": "<b>Oma</b> lause."})

    assert answer["Location"] == f"{address('indicator', 'over-64')}?edition={page_draft.pk}"
    assert "&lt;b&gt;Oma&lt;/b&gt; lause. (Asiantuntijan muokkaama.)" in body(
        client.get(answer["Location"])
    )


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_once_one_is_told_and_keeps_its_words(
    client_for, expert, other_expert, page_draft, kannus, coordinator
):
    with scope(kannus.pk):
        assign(page_draft, other_expert, coordinator)
    url = address("sentence", page_draft.pk, *RULE)
    mine, theirs = client_for(expert), client_for(other_expert)
    given = typed(mine.get(url))

    answers = at_once(
        lambda: mine.post(url, given | {"text_fi": "Oma lause."}),
        lambda: theirs.post(url, given | {"text_fi": "Toisen lause."}),
    )

    saved, refused = sorted(answers, key=lambda answer: answer.status_code)
    assert (saved.status_code, refused.status_code) == (302, 422)
    with scope(kannus.pk):
        stands = FindingEdit.objects.get().text["fi"]
    (lost,) = {"Oma lause.", "Toisen lause."} - {stands}
    page = body(refused)
    assert "muutti tätä lausetta" in page
    assert f"{lost}</textarea>" in page, "what was typed"
    assert f"{stands}</p>" in page, "what stands now"
    with scope(kannus.pk):
        assert finding(page_draft)["text"]["fi"] == stands


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


@pytest.fixture
def newer_draft(kannus, coordinator):
    """A draft of the next season, which whoever names no edition is shown."""
    season9 = factories.SeasonFactory(number=9, first_year=2027, last_year=2028)
    with scope(kannus.pk):
        return ready_made(kannus, season9, coordinator, is_published=False)


def test_writer_stays_on_the_edition_of_the_sentence(
    client_for, coordinator, page_draft, newer_draft
):
    client = client_for(coordinator)
    query = f"?edition={page_draft.pk}"
    page = address("indicator", "over-64")
    url = address("sentence", page_draft.pk, *RULE)
    assert url in body(client.get(page + query))
    assert url not in body(client.get(page)), "the newer draft"

    shown = client.get(url)
    saved = client.post(url, typed(shown) | {"text_fi": "Oma lause."})

    assert f'href="{address("overview")}{query}"' in body(shown)
    assert f'href="{page}{query}"' in body(shown), "the way back without saving"
    assert saved["Location"] == page + query
    assert "Oma lause." in body(client.get(saved["Location"]))
    from_review = client.post(f"{url}?from=review", typed(client.get(url)))
    assert from_review["Location"] == address("review", page_draft.pk)


def test_review_shows_every_edit_and_what_waits_first(client_for, expert, page_draft, kannus):
    client, review = client_for(expert), address("review", page_draft.pk)
    with scope(kannus.pk):
        was = edit(page_draft, expert, fi="Joka neljäs.").original["text"]["fi"]
        edit(page_draft, expert, measure="population", rule="count_over_span", fi="Väki vähenee.")
        FindingEdit.objects.filter(measure="population").update(proposed=True)

    page = body(client.get(review))

    assert page.index("Väki vähenee.") < page.index("Joka neljäs.")
    assert f"Sääntö sanoo: {' '.join(was.split())}" in page
    assert f'<a href="{address("indicator", "over-64")}?edition={page_draft.pk}">' in page
    assert f"{address('sentence', page_draft.pk, *RULE)}?from=review" in page


def test_edit_is_dropped_on_the_page_of_its_sentence(client_for, expert, page_draft, kannus):
    client, url = client_for(expert), address("sentence", page_draft.pk, *RULE)
    assert "Poista muokkaus" not in body(client.get(url)), "there is none"
    with scope(kannus.pk):
        row = edit(page_draft, expert)
    drop = address("answer_edit", row.pk, "drop")
    assert f'action="{drop}"' in body(client.get(url))

    client.post(drop, {"seen": row.version})

    said = "Muokkaus on poistettu: säännön oma lause on voimassa."
    assert said in body(client.get(address("review", page_draft.pk)))
    with scope(kannus.pk):
        assert "edited" not in finding(page_draft)


def test_text_of_a_published_edition_is_not_opened_for_editing(
    client_for, coordinator, expert, kannus, page_draft
):
    client = client_for(coordinator)
    with scope(kannus.pk):
        row = comment(page_draft, expert)
        page_draft.refresh_from_db()
        done = publishing.approve_analysis(
            analysis=page_draft, seen=page_draft.sha256, by=coordinator
        )
        publishing.publish_analysis(analysis=done, by=coordinator)

    answers = [
        client.get(address("sentence", page_draft.pk, *RULE)),
        client.get(address("change_comment", row.pk)),
        client.get(address("add_comment", page_draft.pk)),
    ]

    review = address("review", page_draft.pk)
    assert [each["Location"] for each in answers] == [review] * 3
    assert "Painos on julkaistu: sen tekstit pysyvät sellaisinaan." in body(client.get(review))


def test_choice_of_year_keeps_the_edition_of_the_same_municipality(
    client_for, coordinator, page_draft, newer_draft, jamsa
):
    client = client_for(coordinator)
    asked = {"edition": page_draft.pk, "of": "kannus", "year": 2020}
    overview = address("overview")
    page = body(client.get(f"{overview}?edition={page_draft.pk}"))
    assert f'<input type="hidden" name="edition" value="{page_draft.pk}">' in page
    assert '<input type="hidden" name="of" value="kannus">' in page

    same = client.get(reverse("analysis_network:open_one"), asked | {"municipality": "kannus"})
    other = client.get(reverse("analysis_network:open_one"), asked | {"municipality": "jamsa"})

    assert same["Location"] == f"{overview}?edition={page_draft.pk}&year=2020"
    assert other["Location"] == f"{overview.replace('kannus', 'jamsa')}?year=2020"


def test_steps_stay_on_their_edition(client_for, coordinator, page_draft, newer_draft):
    client = client_for(coordinator)
    overview = f"{address('overview')}?edition={page_draft.pk}"

    steps = [
        client.post(address("approve", page_draft.pk), {"sha256": page_draft.sha256}),
        client.post(address("reopen", page_draft.pk)),
        client.post(address("publish", page_draft.pk)),
        client.post(address("make_document", page_draft.pk, "fi")),
    ]

    assert [step["Location"] for step in steps] == [overview] * 4
    assert "kausi 2025–2026" in body(client.get(overview))
    assert "kausi 2027–2028" in body(client.get(address("overview")))


@pytest.mark.parametrize(
    "nothing", ["", " \xa0 ", "\u200b\u200c\u200d", "\u2060\ufeff", "\xad", "\u2800\u3164"]
)
def test_sentence_without_a_visible_character_is_empty(client_for, expert, page_draft, nothing):
    client, url = client_for(expert), address("sentence", page_draft.pk, *RULE)

    refused = client.post(url, typed(client.get(url)) | {"text_fi": nothing})

    assert refused.status_code == 422
    assert refused.context["form"].errors == {"text_fi": ["Tämä kenttä vaaditaan."]}


def test_second_press_of_drop_leads_to_the_review_and_says_so(
    client_for, expert, page_draft, newer_draft, kannus, jamsa
):
    client = client_for(expert)
    with scope(kannus.pk):
        row = edit(page_draft, expert)
    drop = address("answer_edit", row.pk, "drop")

    first, second = (client.post(drop, {"seen": row.version}) for _ in range(2))

    review = address("review", page_draft.pk)
    assert (first["Location"], second["Location"]) == (review, review)
    assert "Tekstiä ei enää ole: se on jo poistettu tai siihen on vastattu." in body(
        client.get(review)
    )


def test_text_that_never_was_or_is_somebody_elses_is_not_found(
    client_for, expert, other_expert, coordinator, page_draft, kannus, jamsa
):
    with scope(kannus.pk):
        row = edit(page_draft, expert)
        texts.drop_text(text=row, seen=row.version, by=expert)
    drop = address("answer_edit", row.pk, "drop")

    assert client_for(expert).post(address("answer_edit", 99_999, "drop")).status_code == 404
    assert client_for(other_expert).post(drop).status_code == 404
    elsewhere = drop.replace("/kannus/", "/jamsa/")
    assert client_for(coordinator).post(elsewhere).status_code == 404


def test_empty_sentence_keeps_what_was_typed_and_what_was_seen(client_for, expert, page_draft):
    client, url = client_for(expert), address("sentence", page_draft.pk, *RULE)
    given = typed(client.get(url)) | {"text_fi": "", "text_sv": "Min mening.", "seen": "mine"}

    refused = client.post(url, given)

    assert refused.status_code == 422
    assert "Min mening.</textarea>" in body(refused)
    assert typed(refused)["seen"] == "mine"


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
