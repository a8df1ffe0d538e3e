"""From draft to published: who approves what, and what an approval holds."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from msgspec.structs import replace

from analysis import tasks
from analysis.actions import publishing
from analysis.actions.building import start_building
from analysis.actions.documents import start_document
from analysis.enums import AnalysisState, DocumentKind
from analysis.models import Analysis, AnalysisDocument, AnalysisEvent
from analysis.queries.board import APPROVING_JOB, BUILD_JOB, PUBLISHING_JOB, Stage, season_board
from analysis.queries.edition_list import DOCUMENT_JOB
from analysis.refusals import AnalysisRefused
from municipalities.models import Municipality
from tests.analysis.editions import (
    approved,
    built,
    choose,
    confirm,
    network_job,
    ready_made,
    store,
)
from tests.pressing import carried, press
from tests.racing import at_once, ends_of
from uso.ground.jobs.models import Job, JobItem
from uso.ground.tenancy.crossing import across_municipalities
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(figures, in_kannus, jamsa, season8, kannus_contact, coordinator) -> Analysis:
    choose(in_kannus, season8, [jamsa], kannus_contact)
    return built(in_kannus, season8, coordinator)


def approve(analysis, by, seen=None):
    return publishing.approve_analysis(analysis=analysis, seen=seen or analysis.sha256, by=by)


def publish(analysis, by):
    return publishing.publish_analysis(analysis=analysis, by=by)


# -- Approving


def test_approval_says_who_and_pins_the_content(draft, coordinator):
    done = approve(draft, coordinator)

    done.refresh_from_db()
    assert (done.state, done.approved_by, done.approved_sha256) == (
        AnalysisState.APPROVED, coordinator, draft.sha256,
    )  # fmt: skip
    assert done.approved_at is not None
    history = AnalysisEvent.objects.order_by("pgh_id").values_list("state", "approved_by")
    assert list(history) == [("draft", None), ("approved", coordinator.pk)]


def test_what_has_changed_since_it_was_read_is_not_approved(draft, coordinator):
    with pytest.raises(AnalysisRefused, match="Kannus: analyysi on muuttunut sen jälkeen"):
        approve(draft, coordinator, seen="0" * 64)


def test_approving_wants_peers(figures, in_kannus, season8, coordinator):
    bare = built(in_kannus, season8, coordinator)

    with pytest.raises(AnalysisRefused, match="Kannus ei ole valinnut vertailukuntia"):
        approve(bare, coordinator)


def test_draft_that_was_tampered_with_is_not_approved(draft, coordinator):
    Analysis.objects.update(content=replace(draft.content, versions={"x": 1}))

    with pytest.raises(AnalysisRefused, match="tarkistussummaansa"):
        approve(draft, coordinator)


def test_approval_is_taken_back(draft, coordinator):
    approve(draft, coordinator)

    back = publishing.reopen_analysis(analysis=draft, by=coordinator)

    assert (back.state, back.approved_by, back.approved_sha256) == (AnalysisState.DRAFT, None, "")
    with pytest.raises(AnalysisRefused, match="ei ole hyväksyntää"):
        publishing.reopen_analysis(analysis=back, by=coordinator)


def test_building_again_with_new_peers_takes_the_approval_back(
    draft, in_kannus, heinola, season8, kannus_contact, coordinator
):
    approve(draft, coordinator)
    choose(in_kannus, season8, [heinola], kannus_contact)

    again = built(in_kannus, season8, coordinator)

    assert (again.pk, again.state, again.approved_at) == (draft.pk, AnalysisState.DRAFT, None)


def test_building_again_without_news_keeps_the_approval(draft, in_kannus, season8, coordinator):
    approve(draft, coordinator)

    assert built(in_kannus, season8, coordinator).approved


@pytest.mark.django_db(transaction=True)
def test_of_two_approvals_at_once_one_counts(
    figures, kannus, jamsa, season8, kannus_contact, coordinator
):
    with scope(kannus.pk):
        choose(kannus, season8, [jamsa], kannus_contact)
        draft = built(kannus, season8, coordinator)

    def step() -> None:
        with scope(kannus.pk):
            approve(draft, coordinator)

    assert ends_of(step, step) == ["AnalysisRefused", "done"]


@pytest.mark.django_db(transaction=True)
def test_two_first_builds_at_once_make_one_draft(figures, kannus, season8, coordinator):
    def step() -> None:
        with scope(kannus.pk):
            built(kannus, season8, coordinator)

    assert ends_of(step, step) == ["done", "done"]
    with scope(kannus.pk):
        assert Analysis.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_those_who_ask_for_a_pdf_at_once_all_have_the_same_job(
    figures, kannus, season8, coordinator, monkeypatch
):
    monkeypatch.setattr(tasks.make_document, "delay_on_commit", lambda **_ids: None)
    with scope(kannus.pk):
        draft = built(kannus, season8, coordinator)

    def press() -> object:
        with scope(kannus.pk):
            return start_document(analysis=draft, language="sv", by=coordinator).pk

    assert len(set(at_once(*[press] * 6))) == 1


# -- Publishing


def test_publishing_begins_with_the_pdfs_the_municipality_reads(draft, coordinator):
    # Kannus is Finnish; as a bilingual one it would read Swedish too, and its Finnish PDF is there.
    draft.municipality.language_status = Municipality.Status.FINNISH_SWEDISH
    draft.municipality.save()
    AnalysisDocument.objects.create(
        municipality=draft.municipality, analysis=draft, language="fi", kind=DocumentKind.PDF,
        content=b"%PDF", sha256="0" * 64, pages=1,
    )  # fmt: skip

    publish(approve(draft, coordinator), coordinator)

    (job,) = Job.objects.filter(kind=DOCUMENT_JOB)
    assert job.parameters == {"analysis_id": draft.pk, "language": "sv"}


def test_publishing_begins_with_each_language_of_a_bilingual_municipality(draft, coordinator):
    draft.municipality.language_status = Municipality.Status.FINNISH_SWEDISH
    draft.municipality.save()

    publish(approve(draft, coordinator), coordinator)

    jobs = Job.objects.filter(kind=DOCUMENT_JOB)
    assert sorted(job.parameters["language"] for job in jobs) == ["fi", "sv"]


def test_published_as_approved(draft, coordinator):
    done = publish(approve(draft, coordinator), coordinator)

    assert (done.state, done.published_by, done.sha256) == (
        AnalysisState.PUBLISHED, coordinator, draft.sha256,
    )  # fmt: skip
    assert done.approved_by == coordinator


def test_draft_is_not_published(draft, coordinator):
    with pytest.raises(AnalysisRefused, match="Kannus: analyysia ei ole hyväksytty"):
        publish(draft, coordinator)


def test_publishing_twice_publishes_once(draft, coordinator):
    approve(draft, coordinator)
    publish(draft, coordinator)

    with pytest.raises(AnalysisRefused, match="on jo julkaistu"):
        publish(draft, coordinator)


def test_content_other_than_approved_is_not_published(draft, coordinator):
    approve(draft, coordinator)
    Analysis.objects.update(content=replace(draft.content, versions={"x": 1}))

    with pytest.raises(AnalysisRefused, match="ei ole enää se, joka hyväksyttiin"):
        publish(draft, coordinator)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("state = 'published', published_at = now(), published_by_id = approved_by_id,"
         " content = '{}'", "published as it was approved"),
        ("sha256 = 'x'", "analysis_approved_as_it_is"),
        ("approved_by_id = NULL", "analysis_approved_as_it_is"),
    ],
)  # fmt: skip
def test_database_holds_the_approval_past_the_orm(draft, coordinator, sql, said):
    approve(draft, coordinator)

    with (
        pytest.raises(DatabaseError, match=said),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE analysis_analysis SET {sql}")


def test_database_publishes_no_draft_past_the_orm(draft, coordinator):
    with pytest.raises(DatabaseError, match="as it was approved"), transaction.atomic():
        Analysis.objects.update(
            state="published", published_at=draft.built_at, published_by=coordinator
        )


# -- The whole season


def test_board_says_what_each_analysis_waits_for(
    figures, kannus, jamsa, heinola, season8, kannus_contact, coordinator
):
    for each in (kannus, jamsa, heinola):
        confirm(each, season8)
    with scope(kannus.pk):
        choose(kannus, season8, [jamsa], kannus_contact)
    stages = [stage_of(season8, "Kannus")]
    with scope(kannus.pk):
        draft = built(kannus, season8, coordinator)
    stages.append(stage_of(season8, "Kannus"))
    with scope(kannus.pk):
        choose(kannus, season8, [heinola], kannus_contact)
    stages.append(stage_of(season8, "Kannus"))
    with scope(kannus.pk):
        draft = approved(kannus, season8, coordinator)
    stages.append(stage_of(season8, "Kannus"))
    with scope(kannus.pk):
        publish(draft, coordinator)
    stages.append(stage_of(season8, "Kannus"))

    assert stages == [Stage.BUILD, Stage.APPROVE, Stage.BUILD, Stage.PUBLISH, Stage.DONE]
    assert stage_of(season8, "Jämsä") == Stage.PEERS


def stage_of(season, name):
    return {row.municipality.name: row.stage for row in season_board(season)}[name]


def test_all_approved_are_published_past_the_failure_of_one(
    sent, figures, kannus, jamsa, season8, kannus_contact, coordinator,
    django_capture_on_commit_callbacks,
):  # fmt: skip
    for place, other in ((kannus, jamsa), (jamsa, kannus)):
        confirm(place, season8)
        with scope(place.pk):
            choose(place, season8, [other], kannus_contact)
            approved(place, season8, coordinator)
    with scope(jamsa.pk):
        Analysis.objects.update(content=replace(Analysis.objects.get().content, versions={"x": 1}))

    with django_capture_on_commit_callbacks(execute=True):
        publishing.start_publishing(season=season8, by=coordinator)

    job = network_job(PUBLISHING_JOB)
    assert (job.done_count, job.failed_count) == (1, 1)
    with across_municipalities(reason="the test looks at the failed part"):
        failed = JobItem.objects.get(job=job, state="failed")
        states = dict(Analysis.objects.values_list("municipality__name_fi", "state"))
    assert failed.error.startswith("Jämsä: sisältö ei ole enää se, joka hyväksyttiin")
    assert states == {"Kannus": "published", "Jämsä": "approved"}


def test_drafts_changed_after_the_press_are_not_approved_by_it(
    sent, figures, kannus, jamsa, heinola, season8, kannus_contact, coordinator,
    django_capture_on_commit_callbacks,
):  # fmt: skip
    confirm(kannus, season8)
    with scope(kannus.pk):
        choose(kannus, season8, [jamsa], kannus_contact)
        built(kannus, season8, coordinator)

    with django_capture_on_commit_callbacks() as waiting:
        publishing.start_approving(season=season8, by=coordinator)
    with scope(kannus.pk):
        choose(kannus, season8, [heinola], kannus_contact)
        built(kannus, season8, coordinator)
    for send in waiting:
        send()

    assert network_job(APPROVING_JOB).failed_count == 1
    with scope(kannus.pk):
        assert Analysis.objects.get().state == AnalysisState.DRAFT


# -- Pages


def address(name, *args):
    return reverse(f"analysis:{name}", args=["kannus", *args])


def body(response) -> str:
    return " ".join(response.content.decode().split())


def test_coordinator_approves_and_publishes_on_the_municipalitys_page(
    client_for, coordinator, kannus_leader, kannus, season8
):
    with scope(kannus.pk):
        draft = ready_made(kannus, season8, coordinator, is_published=False)
        store(draft, "fi")
    client, leader = client_for(coordinator), client_for(kannus_leader)

    answer = client.post(address("approve", draft.pk), {"sha256": draft.sha256})

    assert answer["Location"] == f"{address('overview')}?edition={draft.pk}"
    page = body(client.get(address("overview")))
    assert "Analyysi on hyväksytty." in page
    assert "1. painos, hyväksytty" in page
    assert "Sitä ei voi perua." in page
    assert address("publish", draft.pk) in page
    assert leader.get(address("document", draft.pk, "fi")).status_code == 404

    press(client, address("publish", draft.pk))

    assert leader.get(address("document", draft.pk, "fi")).status_code == 200
    assert "julkaistu" in body(leader.get(address("overview")))


def test_page_that_is_out_of_date_does_not_approve(client_for, coordinator, kannus, season8):
    with scope(kannus.pk):
        draft = ready_made(kannus, season8, coordinator, is_published=False)
    client = client_for(coordinator)

    client.post(address("approve", draft.pk), {"sha256": "of another content"})
    page = body(client.get(address("overview")))
    refused = press(client, address("publish", draft.pk))

    assert "Kannus: analyysi on muuttunut sen jälkeen, kun luit sen. Lue se uudelleen." in page
    assert refused.status_code == 422
    assert "Kannus: analyysia ei ole hyväksytty" in body(refused)
    with scope(kannus.pk):
        assert Analysis.objects.get().state == AnalysisState.DRAFT


# -- A press does what its words said


def two_approved(kannus, jamsa, season8, contact, coordinator):
    """Approve Kannus and make Jämsä ready to be; return a step that approves Jämsä."""
    for place, other in ((kannus, jamsa), (jamsa, kannus)):
        confirm(place, season8)
        with scope(place.pk):
            choose(place, season8, [other], contact)
    with scope(kannus.pk):
        approved(kannus, season8, coordinator)

    def approve_jamsa():
        with scope(jamsa.pk):
            return approved(jamsa, season8, coordinator)

    return approve_jamsa


def test_publishing_names_what_it_does_and_does_nothing_else(
    client_for, figures, kannus, jamsa, season8, kannus_contact, coordinator
):
    approve_jamsa = two_approved(kannus, jamsa, season8, kannus_contact, coordinator)
    client, url = client_for(coordinator), reverse("analysis_network:publish", args=[8])
    asked = client.get(url)
    assert "Julkaise 1 analyysi" in body(asked)
    assert "Jämsä" not in body(asked).split('class="rows"')[1].split("</ul>")[0]
    approve_jamsa()

    refused = client.post(url, carried(asked))

    assert refused.status_code == 422
    assert "Tämä on muuttunut sillä välin: uutta: Jämsä." in body(refused)
    assert "Julkaise 2 analyysia" in body(refused)
    assert not jobs_of(PUBLISHING_JOB)

    assert client.post(url, carried(refused)).status_code == 302
    assert jobs_of(PUBLISHING_JOB) == [["182", "217"]]


def jobs_of(kind):
    """List the parts of each job of a kind."""
    with across_municipalities(reason="the test looks at the network's jobs"):
        return [
            sorted(each.key for each in job.items.all()) for job in Job.objects.filter(kind=kind)
        ]


def test_publishing_without_the_question_asks(
    client_for, figures, kannus, jamsa, season8, kannus_contact, coordinator
):
    two_approved(kannus, jamsa, season8, kannus_contact, coordinator)

    answer = client_for(coordinator).post(reverse("analysis_network:publish", args=[8]))

    assert answer.status_code == 422
    assert not jobs_of(PUBLISHING_JOB)


def test_approving_from_a_page_that_named_fewer_is_refused(
    client_for, figures, kannus, jamsa, season8, kannus_contact, coordinator
):
    for place, other in ((kannus, jamsa), (jamsa, kannus)):
        confirm(place, season8)
        with scope(place.pk):
            choose(place, season8, [other], kannus_contact)
    with scope(kannus.pk):
        built(kannus, season8, coordinator)
    client = client_for(coordinator)
    page = client.get(reverse("analysis_network:season", args=[8]))
    with scope(jamsa.pk):
        built(jamsa, season8, coordinator)

    client.post(reverse("analysis_network:approve", args=[8]), carried(page))

    again = client.get(reverse("analysis_network:season", args=[8]))
    assert "Tämä on muuttunut sillä välin: uutta: Jämsä." in body(again)
    assert not jobs_of(APPROVING_JOB)


def test_another_draft_approved_after_the_press_is_not_published_by_it(draft, coordinator):
    approve(draft, coordinator)

    with pytest.raises(AnalysisRefused, match="Kannus: sillä välin on hyväksytty toinen luonnos"):
        publishing.publish_analysis(analysis=draft, seen="0" * 64, by=coordinator)


def test_building_asks_first_and_says_for_whom_not(
    client_for, kannus, jamsa, heinola, season8, coordinator
):
    confirm(kannus, season8, [heinola], coordinator)
    confirm(jamsa, season8)
    client, url = client_for(coordinator), reverse("analysis_network:build", args=[8])

    asked = client.get(url)
    unasked = client.post(url)

    assert "Laadi 1 luonnos" in body(asked)
    assert "1 jäsen jää pois" in body(asked)
    assert "ei ole mihin verrata: Jämsä" in body(asked)
    assert unasked.status_code == 422
    assert not jobs_of(BUILD_JOB)

    assert client.post(url, carried(asked)).status_code == 302
    assert jobs_of(BUILD_JOB) == [["217"]]


def test_building_names_who_has_chosen_peers_meanwhile_and_what_was_approved(
    client_for, figures, kannus, jamsa, heinola, season8, coordinator
):
    confirm(kannus, season8, [heinola], coordinator)
    confirm(jamsa, season8)
    client, url = client_for(coordinator), reverse("analysis_network:build", args=[8])
    asked = client.get(url)
    with scope(jamsa.pk):
        choose(jamsa, season8, [heinola], coordinator)
    with scope(kannus.pk):
        approved(kannus, season8, coordinator)

    refused = client.post(url, carried(asked))

    assert refused.status_code == 422
    assert "Jämsä: jää pois, ei valittuja vertailukuntia → Ei laadittu" in body(refused)
    assert "Kannus: Ei laadittu → Hyväksytty" in body(refused)
    assert "1 niistä on hyväksytty" in body(refused)
    assert not jobs_of(BUILD_JOB)


def test_nothing_is_built_while_nobody_has_chosen_peers(client_for, kannus, season8, coordinator):
    confirm(kannus, season8)
    client, url = client_for(coordinator), reverse("analysis_network:build", args=[8])

    assert "Kukaan jäsen ei ole vielä valinnut vertailukuntia." in body(client.get(url))
    assert "Kukaan jäsen ei ole vielä valinnut vertailukuntia." in body(press(client, url))
    assert not jobs_of(BUILD_JOB)


@pytest.mark.django_db(transaction=True)
def test_eight_presses_of_build_make_one_job(kannus, jamsa, season8, coordinator):
    confirm(kannus, season8, [jamsa], coordinator)

    made = at_once(*[lambda: start_building(season=season8, by=coordinator).pk] * 8)

    assert len(set(made)) == 1
    assert jobs_of(BUILD_JOB) == [["217"]]


def test_ended_job_leaves_the_next_press_its_own(kannus, jamsa, season8, coordinator):
    confirm(kannus, season8, [jamsa], coordinator)
    first = start_building(season=season8, by=coordinator)
    with across_municipalities(reason="the test ends the network's job"):
        JobItem.objects.update(state="done")

    assert start_building(season=season8, by=coordinator).pk != first.pk


def test_season_page_is_read_anew_when_its_job_ends(
    client_for, kannus, jamsa, season8, coordinator
):
    confirm(kannus, season8, [jamsa], coordinator)
    job = start_building(season=season8, by=coordinator)
    client = client_for(coordinator)
    page = body(client.get(reverse("analysis_network:season", args=[8])))
    watched = f"{reverse('jobs_network:detail', args=[job.pk])}?refreshes=yes"
    assert f'hx-get="{watched}"' in page

    running = client.get(watched, headers={"HX-Request": "true"})
    with across_municipalities(reason="the test ends the network's job"):
        Job.objects.update(state="done", finished_at=job.created_at)
    ended = client.get(watched, headers={"HX-Request": "true"})

    assert f'hx-get="{watched}"' in body(running)
    assert "HX-Refresh" not in running
    assert ended["HX-Refresh"] == "true"
