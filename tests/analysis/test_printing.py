"""Documents and the long work that makes them: once, again after a failure, and after a killed worker."""

from datetime import UTC, datetime

import pytest

from analysis.actions import documents
from analysis.actions.building import start_building
from analysis.models import AnalysisDocument
from analysis.queries import board
from analysis.refusals import AnalysisRefused
from tests.analysis.editions import built, choose, confirm, file_of, network_job, published
from uso.ground.jobs.models import Job, JobState
from uso.ground.jobs.runner import revive_jobs
from uso.ground.tenancy.crossing import across_municipalities
from uso.ground.tenancy.scope import scope

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def quick_pdf(monkeypatch):
    """Spare the seconds of drawing where the file's bytes do not matter."""
    drawn = []

    def draw(content, language):
        drawn.append((content.municipality.code, language))
        return file_of(language)

    monkeypatch.setattr(documents, "report_pdf", draw)
    return drawn


def test_document_is_made_once(
    quick_pdf, figures, kannus, jamsa, season8, kannus_contact, coordinator
):
    with scope(kannus.pk):
        choose(kannus, season8, [jamsa], kannus_contact)
        analysis = published(kannus, season8, coordinator)
    wanted = {"analysis_id": analysis.pk, "municipality_id": kannus.pk, "language": "sv"}

    assert documents.make_document(**wanted) is True
    assert documents.make_document(**wanted) is False

    assert quick_pdf == [("217", "sv")]
    with scope(kannus.pk):
        assert list(AnalysisDocument.objects.values_list("language", "pages")) == [("sv", 9)]


def test_draft_built_again_while_it_is_drawn_is_drawn_anew(
    monkeypatch, figures, kannus, jamsa, heinola, season8, kannus_contact, coordinator
):
    with scope(kannus.pk):
        choose(kannus, season8, [jamsa], kannus_contact)
        draft = built(kannus, season8, coordinator)
    drawn = []

    def draw(content, language):
        drawn.append([each.name.fi for each in content.peers.members])
        if len(drawn) == 1:
            with scope(kannus.pk):
                choose(kannus, season8, [heinola], kannus_contact)
                built(kannus, season8, coordinator)
        return file_of(language)

    monkeypatch.setattr(documents, "report_pdf", draw)

    documents.make_document(analysis_id=draft.pk, municipality_id=kannus.pk, language="fi")

    assert drawn == [["Jämsä"], ["Heinola"]]
    with scope(kannus.pk):
        assert AnalysisDocument.objects.count() == 1


def test_all_members_are_built_and_printed_in_their_languages(
    sent,
    quick_pdf,
    figures,
    kannus,
    jamsa,
    season8,
    coordinator,
    django_capture_on_commit_callbacks,
):
    jamsa.language_status = "fi-sv"
    jamsa.save()
    confirm(kannus, season8, [jamsa], coordinator)
    confirm(jamsa, season8, [kannus], coordinator)

    with django_capture_on_commit_callbacks(execute=True):
        start_building(season=season8, by=coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        documents.start_documents(season=season8, by=coordinator)

    building, printing = network_job(board.BUILD_JOB), network_job(board.ALL_DOCUMENTS_JOB)
    assert (building.state, building.done_count, building.total) == (JobState.DONE, 2, 2)
    assert (printing.state, printing.done_count, printing.total) == (JobState.DONE, 3, 3)
    assert sorted(quick_pdf) == [("182", "fi"), ("182", "sv"), ("217", "fi")]
    with pytest.raises(AnalysisRefused, match="Tehtävää ei ole"):
        documents.start_documents(season=season8, by=coordinator)


def test_one_failure_does_not_stop_the_rest_and_retry_makes_what_is_missing(
    sent, quick_pdf, monkeypatch, figures, kannus, jamsa, season8, coordinator,
    django_capture_on_commit_callbacks,
):  # fmt: skip
    confirm(kannus, season8, [jamsa], coordinator)
    confirm(jamsa, season8, [kannus], coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        start_building(season=season8, by=coordinator)
    draw = documents.report_pdf

    def draw_but_kannus(content, language):
        if content.municipality.code == "217":
            raise RuntimeError("no ink")
        return draw(content, language)

    monkeypatch.setattr(documents, "report_pdf", draw_but_kannus)
    with django_capture_on_commit_callbacks(execute=True):
        documents.start_documents(season=season8, by=coordinator)
    job = network_job(board.ALL_DOCUMENTS_JOB)
    assert (job.state, job.done_count, job.failed_count) == (JobState.FAILED, 1, 1)

    monkeypatch.setattr(documents, "report_pdf", draw)
    with django_capture_on_commit_callbacks(execute=True):
        again = documents.start_documents(season=season8, by=coordinator)

    with across_municipalities(reason="the test looks at the jobs"):
        again.refresh_from_db()
        assert (again.state, again.done_count, again.total) == (JobState.DONE, 1, 1)
    assert sorted(quick_pdf) == [("182", "fi"), ("217", "fi")]


class Killed(BaseException):
    """What a worker that is killed leaves behind: no except clause of ours sees it."""


def test_killed_worker_leaves_the_pdf_to_the_next_one(
    sent, quick_pdf, monkeypatch, figures, kannus, jamsa, season8, kannus_contact, kannus_leader,
    coordinator, django_capture_on_commit_callbacks,
):  # fmt: skip
    with scope(kannus.pk):
        choose(kannus, season8, [jamsa], kannus_contact)
        analysis = built(kannus, season8, coordinator)
    draw = documents.report_pdf

    def die(content, language):
        raise Killed

    monkeypatch.setattr(documents, "report_pdf", die)
    with (
        pytest.raises(Killed),
        django_capture_on_commit_callbacks(execute=True),
        scope(kannus.pk),
    ):
        job = documents.start_document(analysis=analysis, language="fi", by=kannus_leader)
    with scope(kannus.pk):
        job.refresh_from_db()
        assert (job.state, AnalysisDocument.objects.count()) == (JobState.RUNNING, 0)
        same = documents.start_document(analysis=analysis, language="fi", by=kannus_leader)
        assert same.pk == job.pk, "a second press waits for the same job"
        Job.objects.update(created_at=LONG_AGO, leased_until=LONG_AGO)

    monkeypatch.setattr(documents, "report_pdf", draw)
    with django_capture_on_commit_callbacks(execute=True):
        assert revive_jobs() == 1

    with scope(kannus.pk):
        job.refresh_from_db()
        assert (job.state, AnalysisDocument.objects.count()) == (JobState.DONE, 1)
        assert job.result_url == f"/k/kannus/analysis/{analysis.pk}/pdf/fi/"


def test_season_without_members_has_nothing_to_build(season8, coordinator):
    with pytest.raises(AnalysisRefused, match="Kaudella ei ole vielä jäseniä"):
        start_building(season=season8, by=coordinator)
