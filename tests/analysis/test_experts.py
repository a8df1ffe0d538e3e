"""Who is given an analysis, what they may, and who waits for them."""

import pytest
from django.conf import settings
from django.urls import reverse

from analysis.actions import experts, publishing
from analysis.models import ExpertAssignment
from analysis.queries.board import Stage, season_board
from analysis.refusals import AnalysisRefused
from tests.analysis.editions import built, choose, confirm, edit, ready_made
from tests.analysis.reviewing import RULE, address, assign, body
from uso.ground.mail.models import Message
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db


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


def test_second_press_of_remove_leads_to_the_review_and_says_so(
    client_for, coordinator, expert, other_expert, page_draft
):
    client = client_for(coordinator)
    remove, review = (
        address("remove_expert", page_draft.pk, expert.pk),
        address("review", page_draft.pk),
    )

    first, second = client.post(remove), client.post(remove)

    assert (first["Location"], second["Location"]) == (review, review)
    assert "Asiantuntija on jo poistettu." in body(client.get(review))
    never = address("remove_expert", page_draft.pk, other_expert.pk)
    assert client.post(never).status_code == 404


def test_assigned_elsewhere_is_not_found_here(
    client_for, coordinator, expert, page_draft, jamsa, season8
):
    with scope(jamsa.pk):
        there = ready_made(jamsa, season8, coordinator, is_published=False)
    remove = address("remove_expert", there.pk, expert.pk).replace("/kannus/", "/jamsa/")

    assert client_for(coordinator).post(remove).status_code == 404


def test_board_leads_experts_to_their_drafts_until_published(
    client_for, coordinator, expert, page_draft, kannus, season8
):
    confirm(kannus, season8)
    client, board = client_for(expert), reverse("analysis_network:season", args=[8])
    review = f'<a href="{address("review", page_draft.pk)}">Kannus</a>'
    overview = f'{address("overview")}?edition={page_draft.pk}"'
    page = body(client.get(board))
    assert review in page
    assert overview in page, "the row's own edition"

    with scope(kannus.pk):
        done = publishing.approve_analysis(
            analysis=page_draft, seen=page_draft.sha256, by=coordinator
        )
        publishing.publish_analysis(analysis=done, by=coordinator)

    page = body(client.get(board))
    assert review not in page
    assert overview in page


# -- Mail


def test_expert_is_told_once_in_their_language(
    client_for, coordinator, other_expert, kannus, season8
):
    other_expert.language = "sv"
    other_expert.save()
    with scope(kannus.pk):
        draft = ready_made(kannus, season8, coordinator, is_published=False)
    client = client_for(coordinator)

    for _press in range(2):
        client.post(address("assign_expert", draft.pk), {"expert": other_expert.pk})

    with scope(kannus.pk):
        message = Message.objects.get()
    assert (message.to_email, message.language) == (other_expert.email, "sv")
    assert (
        message.subject
        == "Kannus: lägesanalysen 2025–2026 väntar på att du läser och kommenterar den"
    )
    for said in (
        f"{coordinator.name} har gett dig en lägesanalys att granska: Kannus, säsongen 2025–2026, upplaga 1.",
        "”Färdig att godkännas”",
        f"{settings.BASE_URL}{address('review', draft.pk)}",
        f"{coordinator.name}, {coordinator.email}",
    ):
        assert said in message.body_text
    told = f"{other_expert.name} näkee nyt luonnoksen ja saa siitä sähköpostin."
    assert told in body(client.get(address("review", draft.pk)))


def test_removed_and_given_again_is_a_new_assignment(draft, expert, coordinator):
    first = assign(draft, expert, coordinator)
    experts.remove_expert(assignment=first, by=coordinator)
    assign(draft, expert, coordinator)

    assert Message.objects.count() == 2


@pytest.mark.parametrize("sent", [{}, {"expert": "10000000"}])
def test_page_gives_the_analysis_to_nobody_but_an_expert(
    client_for, coordinator, kannus, season8, sent
):
    with scope(kannus.pk):
        draft = ready_made(kannus, season8, coordinator, is_published=False)
    client = client_for(coordinator)

    answer = client.post(address("assign_expert", draft.pk), sent, follow=True)

    assert answer.redirect_chain == [(address("review", draft.pk), 302)]
    assert "joka on nyt asiantuntija" in body(answer)
    with scope(kannus.pk):
        assert not ExpertAssignment.objects.exists()


def test_published_edition_is_given_to_nobody(client_for, coordinator, expert, kannus, season8):
    with scope(kannus.pk):
        edition = ready_made(kannus, season8, coordinator)
    client = client_for(coordinator)
    review = address("review", edition.pk)

    assert client.get(review).context["form"] is None
    client.post(address("assign_expert", edition.pk), {"expert": expert.pk})

    assert "Painos on julkaistu: anna seuraava luonnos asiantuntijalle." in body(client.get(review))
    with scope(kannus.pk):
        assert not ExpertAssignment.objects.exists()
        assert not Message.objects.exists()


def test_ended_expert_leaves_what_is_unfinished_to_others(
    client_for, coordinator, expert, kannus, season8
):
    membership = expert.memberships.get()
    with scope(kannus.pk):
        assign(ready_made(kannus, season8, coordinator, is_published=False), expert, coordinator)
    client = client_for(coordinator)

    asked = client.get(f"/roles/{membership.pk}/end/")
    client.post(f"/roles/{membership.pk}/end/")

    assert [each.municipality for each in asked.context["analyses"]] == [kannus]
    assert "Yksi tälle asiantuntijalle annettu tilanneanalyysi on kesken" in asked.text
    with scope(kannus.pk):
        assert not ExpertAssignment.objects.exists()


def test_ended_expert_keeps_what_was_ready(client_for, coordinator, expert, kannus, season8):
    membership = expert.memberships.get()
    with scope(kannus.pk):
        draft = ready_made(kannus, season8, coordinator, is_published=False)
        experts.note_ready(assignment=assign(draft, expert, coordinator), is_ready=True, by=expert)

    client_for(coordinator).post(f"/roles/{membership.pk}/end/")

    with scope(kannus.pk):
        assert ExpertAssignment.objects.get().expert == expert
