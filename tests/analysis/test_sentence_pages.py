"""Pages of experts' sentences: where they lead, what a second press and a second writer see."""

import pytest
from django.urls import reverse

from analysis.actions import expert_texts, publishing
from analysis.actions.building import recompose
from analysis.content.edits import unedited
from analysis.models import Analysis, ExpertComment, FindingEdit
from tests.analysis.editions import comment, edit, ready_made
from tests.analysis.reviewing import RULE, address, assign, body, finding, typed, without_figures
from tests.pressing import press
from tests.racing import at_once
from tests.seasons.factories import SeasonFactory
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db


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
        assert finding(page_draft).text["fi"] == stands


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
    season9 = SeasonFactory(number=9, first_year=2027, last_year=2028)
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
    assert f"Luvuista muodostettu lause: {' '.join(was.split())}" in page
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
        assert finding(page_draft).edited is None


def publish(draft, by):
    draft.refresh_from_db()
    done = publishing.approve_analysis(analysis=draft, seen=draft.sha256, by=by)
    publishing.publish_analysis(analysis=done, by=by)


@pytest.mark.parametrize("name", ["sentence", "change_comment", "add_comment"])
def test_text_of_a_published_edition_says_so_and_shows_what_is_typed(
    client_for, coordinator, expert, kannus, page_draft, name
):
    client = client_for(coordinator)
    with scope(kannus.pk):
        row = comment(page_draft, expert)
    places = {"sentence": (page_draft.pk, *RULE), "change_comment": (row.pk,)}
    url = address(name, *places.get(name, (page_draft.pk,)))
    opened = client.get(url)
    with scope(kannus.pk):
        publish(page_draft, coordinator)

    late = client.post(url, typed(opened) | {"text_fi": "Oma lause."})
    anew = client.get(url)

    assert late.status_code == 422
    assert "Oma lause.</textarea>" in body(late)
    for page in (late, anew):
        assert "Painos on julkaistu" in body(page)
        assert "kopioi se" in body(page)
        assert "Tallenna lause" not in body(page)
        assert "Tallenna kommentti" not in body(page)


def test_late_text_is_brought_to_the_draft_after_its_edition(
    client_for, coordinator, kannus, page_draft, newer_draft
):
    client, url = client_for(coordinator), address("sentence", page_draft.pk, *RULE)
    opened = client.get(url)
    with scope(kannus.pk):
        publish(page_draft, coordinator)

    late = client.post(url, typed(opened) | {"text_fi": "Oma lause."})

    assert late.status_code == 422
    assert "Tallenna painokseen 1" in body(late)
    hidden = f'name="into" value="{newer_draft.pk}"'
    assert hidden in body(late)
    with scope(kannus.pk):
        assert not FindingEdit.objects.exists()

    saved = client.post(url, typed(late) | {"into": newer_draft.pk})

    assert saved.status_code == 302
    with scope(kannus.pk):
        row = FindingEdit.objects.get()
        assert (row.analysis, row.text) == (newer_draft, {"fi": "Oma lause."})


def test_late_comment_is_brought_to_the_draft_after_its_edition(
    client_for, coordinator, expert, kannus, page_draft, newer_draft
):
    client = client_for(coordinator)
    with scope(kannus.pk):
        row = comment(page_draft, expert)
    url = address("change_comment", row.pk)
    opened = client.get(url)
    with scope(kannus.pk):
        publish(page_draft, coordinator)

    late = client.post(url, typed(opened) | {"text_fi": "Oma kommentti."})
    saved = client.post(url, typed(late) | {"into": newer_draft.pk})

    assert (late.status_code, saved["Location"]) == (422, address("review", newer_draft.pk))
    with scope(kannus.pk):
        assert ExpertComment.objects.get(analysis=newer_draft).text["fi"] == "Oma kommentti."
        row.refresh_from_db()
        assert row.text["fi"] != "Oma kommentti."


def test_draft_an_expert_was_not_given_takes_no_text_of_theirs(
    client_for, coordinator, expert, kannus, page_draft, newer_draft
):
    with scope(kannus.pk):
        publish(page_draft, coordinator)
    client, url = client_for(expert), address("sentence", page_draft.pk, *RULE)
    opened = client.get(url)

    late = client.post(url, typed(opened) | {"text_fi": "Oma.", "into": newer_draft.pk})

    assert f'value="{newer_draft.pk}"' not in body(opened)
    assert late.status_code == 422
    with scope(kannus.pk):
        assert not FindingEdit.objects.exists()


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
        client.post(address("approve", page_draft.pk), {"sha256": page_draft.sha256}),
        press(client, address("publish", page_draft.pk)),
        client.post(address("make_document", page_draft.pk, "fi")),
    ]

    assert [step["Location"] for step in steps] == [overview] * 5
    assert "kausi 2025–2026" in body(client.get(overview))
    assert "kausi 2027–2028" in body(client.get(address("overview")))


@pytest.mark.parametrize(
    "nothing", ["", " \xa0 ", "\u200b\u200c\u200d", "\u2060\ufeff", "\xad", "\u2800\u3164"]
)
def test_sentence_without_a_visible_character_is_empty(client_for, expert, page_draft, nothing):
    client, url = client_for(expert), address("sentence", page_draft.pk, *RULE)

    refused = client.post(url, typed(client.get(url)) | {"text_fi": nothing})

    assert refused.status_code == 422
    assert refused.context["form"].errors == {"text_fi": ["Kirjoita suomeksi."]}


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
        expert_texts.drop_text(text=row, seen=row.version, by=expert)
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
        recompose(Analysis.objects.get(), without_figures(base))
        row = FindingEdit.objects.get()

    page = body(client.get(address("review", page_draft.pk)))
    assert "Lause, josta tämä muokattiin, ei enää pidä paikkaansa:" in page
    assert "1 teksti odottaa vastausta." in body(client.get(address("overview")))
    client.post(address("answer_edit", row.pk, "keep"), {"seen": row.version})

    assert "ei enää pidä paikkaansa" not in body(client.get(address("review", page_draft.pk)))
