"""A file that a coordinator brings: refused in a sentence, read and shown, then taken or not."""

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from analysis.actions.imports import accept_import
from analysis.actions.starting import decline_import
from analysis.catalogue import load_catalogue
from analysis.enums import ImportState
from analysis.frames import observations
from analysis.models import DataVersion, ImportRun, Observation, RawAnswer
from analysis.queries import statistics as queries
from analysis.sources import sheets
from uso.jobs.models import JobState
from uso.lib.errors import RuleViolation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

URL = "/statistics/sources/fcg/file/"
MAPPING = {"table": "EVP", "area": "Kunta", "area_as": "name", "year": 2025,
           "contents": {"EVP-indeksi": "EVP-indeksi"}}  # fmt: skip
CSV = "Kunta;EVP-indeksi\nEspoo;82,05\nKannus;\nJämsä;41,2\n"


@pytest.fixture
def coordinator(coordinator):
    coordinator.language = "en"
    coordinator.save()
    load_catalogue()
    return coordinator


@pytest.fixture
def bring(client_for, coordinator, django_capture_on_commit_callbacks, sent):
    """Send a file as the page does, run the job, and return the answer."""

    def send(content=CSV, name="evp.csv", mapping=MAPPING):
        body = content if isinstance(content, bytes) else content.encode()
        told = mapping if isinstance(mapping, str) else json.dumps(mapping)
        with django_capture_on_commit_callbacks(execute=True):
            return client_for(coordinator).post(
                URL,
                {"file": SimpleUploadedFile(name, body), "mapping": told},
                headers={"accept-language": "en"},
            )

    return send


def test_file_is_read_and_shown_before_anything_is_stored(bring, client_for, coordinator):
    assert bring().url == "/statistics/"

    run = ImportRun.objects.get()
    assert (run.state, run.origin, run.by) == (ImportState.OFFERED, "evp.csv", coordinator)
    assert (run.report["rows_read"], run.report["stored"], run.report["added"]) == (3, 3, 2)
    assert run.report["missing"] == {"not_published": 1}
    assert (Observation.objects.count(), DataVersion.objects.count()) == (0, 0)
    page = client_for(coordinator).get("/statistics/", headers={"accept-language": "en"})
    assert "A file was read and waits to be taken" in page.content.decode()
    assert "Rows that would be stored" in page.content.decode()


def test_file_that_is_taken_is_in_use_with_its_origin(bring, coordinator):
    bring()

    accept_import(run_id=ImportRun.objects.get().pk, by=coordinator)

    told = observations(["evp_index"], ["049", "217"])
    assert {row.area: row.missing or row.value for row in told.itertuples()} == {
        "049": 82.05, "217": "not_published",
    }  # fmt: skip
    assert DataVersion.objects.get().answer.origin == "evp.csv"


def test_file_that_is_declined_changes_nothing(bring, coordinator):
    bring()
    run = ImportRun.objects.get()

    assert decline_import(run=run, by=coordinator).state == ImportState.DECLINED
    assert not Observation.objects.exists()
    with pytest.raises(RuleViolation, match="not waiting"):
        decline_import(run=run, by=coordinator)


def test_file_with_faults_tells_them_and_stores_nothing(bring):
    bring("Kunta;EVP-indeksi\nEspo;82,05\nKannus;paljon\n")

    run = ImportRun.objects.get()
    assert run.state == ImportState.FAILED
    assert "Espo" in run.error
    assert "B3" in run.error or "row 3" in run.error.casefold()
    assert queries.last_job().state == JobState.FAILED


def test_second_file_that_loses_figures_says_so_before_it_is_taken(bring, coordinator):
    bring()
    accept_import(run_id=ImportRun.objects.get().pk, by=coordinator)

    bring("Kunta;EVP-indeksi\nEspoo;82,05\nKannus;50\nJämsä;\n")

    run = ImportRun.objects.latest("pk")
    assert (run.state, run.report["lost"]) == (ImportState.OFFERED, 1)
    assert "would lose 1 of the 2" in run.error


def bomb():
    """A workbook whose one part unpacks to far more than it is."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"<c/>" * (8 * 1024 * 1024))
    return body.getvalue()


def test_zip_bomb_is_refused_in_a_sentence(bring):
    bring(bomb(), "evp.xlsx")

    run = ImportRun.objects.get()
    assert run.state == ImportState.FAILED
    assert "too large" in run.error


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"<html>", "evp.csv", "a web page or XML"),
        (CSV, "evp.xlsx", "holds plain text"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 20, "evp.xlsx", "older or a locked workbook"),
        (b"a" * (sheets.MAX_BYTES + 1), "evp.csv", "far too large"),
        (b"", "evp.csv", "The file is empty"),
    ],
)
def test_file_of_another_kind_is_refused_at_once_and_nothing_typed_is_lost(
    bring, content, name, says
):
    answer = bring(content, name)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "EVP-indeksi" in answer.content.decode()
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        ("{", "breaks off or is not JSON"),
        ("[" * 19_000, "breaks off or is not JSON"),
        ('{"\\ud800": 1}', "breaks off or is not JSON"),
        ({**MAPPING, "area": "Kunta\ud800"}, "breaks off or is not JSON"),
        ({**MAPPING, "factors": {"EVP-indeksi": 10**400}}, "The part “factors” of the mapping"),
        ({**MAPPING, "factors": {"EVP-indeksi": 1e300}}, "The part “factors” of the mapping"),
        ({**MAPPING, "year": "soon"}, "The part “year” of the mapping"),
        ({**MAPPING, "table": "HYTE"}, "No indicator is read from table “HYTE”"),
    ],
)
def test_mapping_that_cannot_be_right_is_refused_by_its_part(bring, mapping, says):
    answer = bring(mapping=mapping)

    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_mapping_of_the_last_file_is_offered_the_next_time(bring, client_for, coordinator):
    first = client_for(coordinator).get(URL).content.decode()
    bring(mapping={**MAPPING, "marks": {"-": "not_collected"}})

    page = client_for(coordinator).get(URL).content.decode()

    assert "not_collected" not in first
    assert "not_collected" in page
    assert RawAnswer.objects.get().body.startswith(b'{"name": "evp.csv", "mapping"')


def test_only_a_source_of_files_takes_a_file(client_for, coordinator):
    assert client_for(coordinator).get(URL.replace("fcg", "pxweb")).status_code == 404
    assert client_for(coordinator).get(URL.replace("fcg", "nobody")).status_code == 404


def test_decline_on_the_page(bring, client_for, coordinator):
    bring()
    run = ImportRun.objects.get()

    client_for(coordinator).post(reverse("analysis_network:decline_import", args=[run.pk]))

    run.refresh_from_db()
    assert run.state == ImportState.DECLINED
