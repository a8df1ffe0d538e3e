"""The page of statistics: what is read, by whom, with which outcome."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from analysis.statistics.actions.imports import ImportHeld, import_statistics
from analysis.statistics.enums import ImportState
from analysis.statistics.models import DataVersion, ImportRun
from analysis.statistics.queries import source_list as queries
from tests.analysis.statistics import statfin
from tests.analysis.statistics.newest import observations
from uso.ground.jobs.models import Job, JobState
from uso.ground.lib.dates import day, moment
from uso.ground.tenancy.crossing import across_municipalities

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

PAGE = "/statistics/"
IMPORT = "/statistics/import/"


@pytest.fixture
def coordinator(coordinator):
    """One who reads English, so that the sentences come as the code has them."""
    coordinator.language = "en"
    coordinator.save()
    return coordinator


@pytest.fixture
def network_source(settings):
    """A server in the place of Statistics Finland."""
    with statfin.serving(statfin.StatFin()) as server:
        settings.PXWEB_URL = server.url
        yield server


@pytest.fixture
def imported(network_source, coordinator):
    return import_statistics(source="pxweb", by=coordinator)


def look(client):
    return client.get(PAGE, headers={"accept-language": "en"}).content.decode()


def press(client, url, commits, **data):
    with commits(execute=True):
        answer = client.post(url, data, headers={"accept-language": "en"})
    assert answer.url == PAGE
    return look(client)


def test_page_before_the_first_import_says_what_to_do(client_for, coordinator):
    page = look(client_for(coordinator))

    assert "No figures yet" in page
    assert "Read the figures that come with the service" in page


def test_page_displays_the_last_import_and_the_versions(client_for, coordinator, imported):
    page = look(client_for(coordinator))

    assert "CC BY 4.0" in page
    assert "The table does not have this content (M478)" in page
    assert coordinator.name in page
    assert day(datetime(2026, 4, 1, 5, tzinfo=UTC), weekday=False) in page
    assert {version.table_id for version in DataVersion.objects.all()} == {"11re", "142h"}
    assert "11re" in page
    assert "142h" in page


def test_expert_sees_the_page_without_the_button(client_for, expert):
    page = look(client_for(expert))

    assert "Read the newest from the network" not in page
    assert "Bring a file" not in page


@pytest.mark.slow
def test_import_runs_as_a_job_and_reads_the_source(
    client_for, coordinator, network_source, django_capture_on_commit_callbacks, sent
):
    page = press(
        client_for(coordinator),
        IMPORT,
        django_capture_on_commit_callbacks,
        source="pxweb",
        origin="network",
    )

    job, run = queries.last_job(), ImportRun.objects.get()
    assert (job.state, job.result_url) == (JobState.DONE, PAGE)
    assert (run.state, run.job_id, run.by) == (ImportState.STORED, job.pk, coordinator)
    assert "Stored" in page
    assert f"Import of statistics ended {moment(job.finished_at)}." in page
    assert f"New figures: {run.report['added']}, changed: 0, lost: 0." in page
    assert len(observations(["population"], ["217"])) == 3


@pytest.mark.slow
def test_import_that_fails_says_why_on_the_page_and_keeps_the_figures(
    client_for,
    coordinator,
    imported,
    network_source,
    django_capture_on_commit_callbacks,
    sent,
    monkeypatch,
):
    before = observations(["population"], ["217"])
    network_source.tables["StatFin/vaerak/11re"] = statfin.key_figures_table()

    page = press(
        client_for(coordinator),
        IMPORT,
        django_capture_on_commit_callbacks,
        source="pxweb",
        origin="network",
    )

    assert queries.last_job().state == JobState.FAILED
    assert "Table 11re has none of the figures asked for" in page
    assert "Try again" in page
    assert observations(["population"], ["217"]).equals(before)


def test_import_of_the_bundled_figures_needs_no_network(
    client_for, coordinator, django_capture_on_commit_callbacks, sent
):
    press(
        client_for(coordinator),
        IMPORT,
        django_capture_on_commit_callbacks,
        source="pxweb",
        origin="bundled",
    )

    assert ImportRun.objects.get().state == ImportState.STORED


def test_import_pressed_twice_starts_one_job(client_for, coordinator, sent):
    client = client_for(coordinator)
    for _press in range(2):
        client.post(
            IMPORT,
            {"source": "pxweb", "origin": "bundled"},
            headers={"accept-language": "en"},
        )

    assert "An import is under way already" not in look(client)
    with across_municipalities(reason="the test counts the jobs"):
        assert Job.objects.count() == 1


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"source": "pxweb", "origin": "/etc/passwd"},
        {"source": "x", "origin": "network"},
        {"source": "compiled-thl", "origin": "network"},
        {"source": "sotkanet", "origin": "bundled"},
    ],
)
def test_import_reads_no_other_place(client_for, coordinator, data):
    page = client_for(coordinator).post(
        IMPORT, data, follow=True, headers={"accept-language": "en"}
    )

    assert "This source is not read from there." in page.content.decode()
    assert queries.last_job() is None


@pytest.mark.slow
def test_held_import_is_accepted_on_the_page(
    client_for, coordinator, imported, network_source, django_capture_on_commit_callbacks, sent
):
    network_source.tables["StatFin/vaerak/11re"] = statfin.population_table(["2024"])
    with pytest.raises(ImportHeld):
        import_statistics(source="pxweb", by=coordinator)
    held_run = ImportRun.objects.latest("pk")
    client = client_for(coordinator)
    assert "An import is held for a check" in look(client)

    page = press(
        client,
        reverse("statistics_network:accept_import", args=[held_run.pk]),
        django_capture_on_commit_callbacks,
    )

    assert ImportRun.objects.latest("pk").state in (ImportState.STORED, ImportState.UNCHANGED)
    assert "An import is held for a check" not in page


def test_accepting_an_import_that_is_not_held_is_refused(client_for, coordinator, imported):
    client = client_for(coordinator)
    client.post(
        reverse("statistics_network:accept_import", args=[imported.pk]),
        headers={"accept-language": "en"},
    )

    assert "not waiting for a check" in look(client)


@pytest.mark.parametrize("who", ["expert", "kannus_contact"])
def test_only_coordinators_import(request, client_for, who):
    client = client_for(request.getfixturevalue(who))

    assert client.post(IMPORT, {"source": "pxweb", "origin": "bundled"}).status_code == 403
    assert not ImportRun.objects.exists()
