"""A file that a coordinator brings: refused in a sentence, read and shown, then taken or not."""

import gzip
import html
import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from analysis.statistics import tasks
from analysis.statistics.actions.imports import accept_import
from analysis.statistics.actions.loading import load_catalogue
from analysis.statistics.actions.starting import decline_import, start_accepting, start_live
from analysis.statistics.actions.uploads import UPLOAD_LIFETIME, start_preview, upload_file
from analysis.statistics.enums import ImportState
from analysis.statistics.models import (
    DataVersion,
    ImportRun,
    Indicator,
    Observation,
    RawAnswer,
    Source,
)
from analysis.statistics.queries import source_list as queries
from analysis.statistics.queries.uploaded_file import Upload
from analysis.statistics.sources.base import TablePlan
from analysis.statistics.sources.files import FileWithMapping
from analysis.statistics.sources.mapping import FileMapping
from tests.analysis.statistics.newest import observations
from tests.analysis.statistics.workbooks import saved
from tests.pressing import carried
from tests.racing import at_once
from uso.celery import app
from uso.ground.jobs.models import Job, JobState
from uso.ground.lib import sheets
from uso.ground.lib.errors import RuleViolation
from uso.ground.tenancy.crossing import across_municipalities

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

URL = "/statistics/sources/fcg/file/"
FIELDS = {"area": "=Kunta", "figures_evp_index": "=EVP-indeksi", "year_from": "one", "year": "2025",
        "decimal": ","}  # fmt: skip
CSV = "Kunta;EVP-indeksi\nEspoo;82,05\nKannus;\nJämsä;41,2\n"


@pytest.fixture
def coordinator(coordinator):
    coordinator.language = "en"
    coordinator.save()
    load_catalogue()
    return coordinator


@pytest.fixture
def client(client_for, coordinator):
    return client_for(coordinator)


@pytest.fixture
def choose(client):
    """Choose a file as the first page does, and return the answer."""

    def send(content=CSV, name="evp.csv"):
        body = content if isinstance(content, bytes) else content.encode()
        return client.post(
            URL, {"file": SimpleUploadedFile(name, body)}, headers={"accept-language": "en"}
        )

    return send


@pytest.fixture
def send_mapping(client, django_capture_on_commit_callbacks, sent):
    """Say how a chosen file is read, run the job, and return the answer."""

    def send(address, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(address, FIELDS | fields, headers={"accept-language": "en"})

    return send


@pytest.fixture
def bring(choose, send_mapping):
    """Do both steps."""
    return lambda content=CSV, **fields: send_mapping(choose(content).url, **fields)


def look(client, address):
    return client.get(address, headers={"accept-language": "en"}).content.decode()


def test_file_is_read_and_shown_before_anything_is_stored(bring, client, coordinator):
    assert bring().url == "/statistics/"

    run = ImportRun.objects.get()
    assert (run.state, run.origin, run.by) == (ImportState.PREVIEWED, "evp.csv", coordinator)
    assert (run.report["rows_read"], run.report["stored"], run.report["added"]) == (3, 3, 2)
    assert run.report["missing"] == {"not_published": 1}
    assert (Observation.objects.count(), DataVersion.objects.count()) == (0, 0)
    page = look(client, "/statistics/")
    assert "A file was read and waits to be taken" in page
    assert "Rows that would be stored" in page
    assert reverse("statistics_network:mapping", args=[run.pk]) in page
    assert "Espoo 2025: EVP index 82.1 points<br>Jämsä 2025: EVP index 41.2 points</dd>" in page


def test_file_that_is_taken_is_in_use_with_its_origin(bring, coordinator):
    bring()

    accept_import(run_id=ImportRun.objects.get().pk, by=coordinator)

    fields = observations(["evp_index"], ["049", "217"])
    assert {row.area: row.missing or row.value for row in fields.itertuples()} == {
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


def test_file_with_faults_names_them_and_stores_nothing(bring, client):
    bring("Kunta;EVP-indeksi\nEspo;82,05\nKannus;paljon\n")

    run = ImportRun.objects.get()
    assert run.state == ImportState.FAILED
    address = reverse("statistics_network:mapping", args=[run.pk])
    assert look(client, "/statistics/").count(address) == 2  # beside the job, and with its source
    assert "Espo" in run.error
    assert "B3" in run.error or "row 3" in run.error.casefold()
    assert queries.last_job().state == JobState.FAILED


def test_second_file_that_loses_figures_says_so_before_it_is_taken(bring, coordinator):
    bring()
    accept_import(run_id=ImportRun.objects.get().pk, by=coordinator)

    bring("Kunta;EVP-indeksi\nEspoo;82,05\nKannus;50\nJämsä;\n")

    run = ImportRun.objects.latest("pk")
    assert (run.state, run.report["lost"]) == (ImportState.PREVIEWED, 1)
    assert "would lose 1 of the 2" in run.error


def bomb():
    """A workbook whose one part unpacks to far more than it is."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"<c/>" * (8 * 1024 * 1024))
    return body.getvalue()


def test_zip_bomb_is_refused_in_a_sentence(choose):
    assert "too large" in choose(bomb(), "evp.xlsx").content.decode()
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"<html>", "evp.csv", "a web page or XML"),
        (CSV, "evp.xlsx", "holds plain text"),
        (b"%PDF-1.7", "evp.csv", "holds a PDF document"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 20, "evp.xlsx", "an older or a locked document"),
        (b"a" * (sheets.MAX_BYTES + 1), "evp.csv", "far too large"),
        (b"", "evp.csv", "The file is empty"),
        (b"Kunta;EVP\n" + b"x" * 5000 + b"\0", "evp.csv", "neither text nor a workbook"),
    ],
)
def test_file_of_another_kind_is_refused_at_once(choose, content, name, says):
    answer = choose(content, name)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_chosen_file_waits_unread_and_hides_nothing(bring, choose, client):
    bring()
    address = choose("Kunta;Muu\nEspoo;1\n").url

    assert ImportRun.objects.latest("pk").state == ImportState.UPLOADED
    assert "A file was read and waits to be taken" in look(client, "/statistics/")
    assert "How the file is read" in look(client, address)


def test_next_chosen_file_takes_the_place_of_the_one_nobody_went_on_with(choose, client):
    first, second = choose().url, choose().url

    assert (ImportRun.objects.count(), RawAnswer.objects.count()) == (1, 1)
    assert client.get(first).url == "/statistics/"
    assert "not kept any more" in look(client, "/statistics/")
    assert client.get(second).status_code == 200


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"area": ""}, "Municipality, by code or name: Fill in “Municipality, by code or name”."),
        ({"area": "=Nobody"}, "Municipality, by code or name: Choose one of those"),
        ({"area": "=EVP-indeksi", "figures_evp_index": "=Kunta"},
         "Municipality, by code or name: This column does not tell municipalities"),
        ({"figures_evp_index": ""}, "EVP index: Choose the column with the figures"),
        ({"figures_evp_index": "=Kunta"}, "This column is chosen for “Municipality, by code or name”"),
        ({"year": ""}, "Year: Give the year of the figures"),
        ({"year": "25"}, "Year: Write 1900 or a larger"),
        ({"year_from": ""}, "Where the year stands: Choose: where the year stands."),
        ({"year_from": "=Kunta"}, "Where the year stands: This column tells the municipality"),
        ({"factor_evp_index": "much"}, "multiplied by: Write a number"),
    ],
)  # fmt: skip
def test_field_that_cannot_be_right_is_named_and_the_file_stays_chosen(
    choose, send_mapping, client, fields, says
):
    address = choose().url

    answer = send_mapping(address, **fields)

    assert answer.status_code == 422
    assert says in html.unescape(re.sub(r"<[^>]+>", "", answer.content.decode()))
    assert ImportRun.objects.get().state == ImportState.UPLOADED
    assert send_mapping(address).url == "/statistics/"
    assert ImportRun.objects.get().state == ImportState.PREVIEWED


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("rows=x", "Rows of the headings: Write a row such as 1"),
        ("rows=4-2", "Rows of the headings: Write a row such as 1"),
        ("rows=4", "Rows of the headings: The sheet ends at row 4"),
        ("rows=1&table=HYTE", "Read as: Choose one of those"),
    ],
)
def test_place_of_the_table_that_cannot_be_right_is_named(choose, client, asked, says):
    page = client.get(f"{choose().url}?{asked}", headers={"accept-language": "en"})

    assert page.status_code == 422
    assert says in html.unescape(re.sub(r"<[^>]+>", "", page.content.decode()))


def test_more_headings_than_can_be_offered_are_refused(choose, client):
    wide = ";".join(f"Sarake {number}" for number in range(1001))

    answer = client.get(choose(f"{wide}\nEspoo;1\n").url, headers={"accept-language": "en"})

    assert answer.status_code == 422
    assert "far too large" in answer.content.decode()
    assert "figures_evp_index" not in answer.content.decode()


def test_separator_that_is_none_is_guessed(choose, client):
    assert client.get(f"{choose().url}?rows=1&separator=xx").status_code == 200


def test_column_of_municipalities_without_a_heading_is_named(choose, client):
    page = look(client, choose(";EVP-indeksi\nEspoo;82,05\nKannus;41,2\n").url)

    assert "Column A names municipalities but has no heading" in page


def test_another_sheet_is_read_with_headings_of_its_own(choose, client):
    made = Workbook()
    made.active.append(["Lue minut"])
    for name, rows in (("Vanhat", 0), ("Uudet", 2)):
        sheet = made.create_sheet(name)
        for row in [*[["Otsikko"]] * rows, ["Kunta", "EVP-indeksi"], ["Espoo", rows]]:
            sheet.append(row)
    address = choose(saved(made), "evp.xlsx").url

    assert 'name="rows" value="1"' in look(client, address)
    page = look(client, f"{address}?sheet=Uudet&rows=1&was=Vanhat&table=EVP")

    assert 'name="rows" value="3"' in page
    assert chosen(page, "area") == "=Kunta"


def test_file_that_was_read_wrong_is_read_in_another_way(bring, send_mapping, client):
    bring("Kunta;EVP-indeksi;Muu\nEspoo;82,05;1\nKannus;41,2;2\n", figures_evp_index="=Muu")
    run = ImportRun.objects.get()
    address = reverse("statistics_network:mapping", args=[run.pk])
    assert last_mapping().contents == {"Muu": "EVP-indeksi"}
    assert chosen(look(client, address), "figures_evp_index") == "=Muu"

    send_mapping(address)

    run.refresh_from_db()
    assert (run.state, run.report["added"]) == (ImportState.PREVIEWED, 2)
    assert last_mapping().contents == {"EVP-indeksi": "EVP-indeksi"}
    assert RawAnswer.objects.count() == 1


def last_mapping():
    return FileWithMapping.from_bytes(RawAnswer.objects.latest("pk").body).mapping


def chosen(page, name):
    """Return the value chosen in a field of choices."""
    field = re.search(rf'<select name="{name}".*?</select>', page, re.DOTALL)[0]
    found = re.search(r'<option value="([^"]*)" selected', field)
    return html.unescape(found[1]) if found else None


def test_file_in_use_is_not_read_in_another_way(bring, client, coordinator):
    bring()
    run = ImportRun.objects.get()
    ImportRun.objects.update(state=ImportState.STORED)

    with pytest.raises(RuleViolation, match="read already"):
        start_preview(run=run, table="MDI/EVP", mapping=last_mapping(), by=coordinator)
    address = reverse("statistics_network:mapping", args=[run.pk])
    assert client.get(address).url == "/statistics/"


def test_mapping_of_the_last_file_is_offered_the_next_time(bring, choose, client):
    bring("Kunta;EVP 2024;Viiva\nEspoo;82,05;-\nKannus;-;2\n", figures_evp_index="=EVP",
          year_from="headings", mark_2d="not_collected")  # fmt: skip
    assert last_mapping().marks == {"-": "not_collected"}

    page = look(client, choose("Kunta;Toinen;EVP 2025\nEspoo;1;80,5\nKannus;2;-\n").url)

    assert chosen(page, "figures_evp_index") == "=EVP"
    assert chosen(page, "year_from") == "headings"
    assert chosen(page, "mark_2d") == "not_collected"
    assert page.count("As the last time.") == 3
    assert "A guess from the file" not in page


def test_column_of_years_factor_and_decimal_sign_are_stored_as_given(bring, coordinator):
    bring(
        "Kunta;Vuosi;EVP-indeksi\nEspoo;2023;0.08\nEspoo;2024;0.07\n",
        year_from="=Vuosi", year="", factor_evp_index="1000", decimal=".",
    )  # fmt: skip

    accept_import(run_id=ImportRun.objects.get().pk, by=coordinator)

    fields = observations(["evp_index"], ["049"])
    assert {row.year: row.value for row in fields.itertuples()} == {2023: 80.0, 2024: 70.0}


def test_mark_that_a_file_lacks_is_remembered_for_the_next(bring):
    bring("Kunta;EVP-indeksi\nEspoo;82,05\nKannus;-\n", mark_2d="not_collected")
    bring()

    assert last_mapping().marks == {"-": "not_collected"}


def test_file_is_not_read_while_another_import_is_at_it(choose, send_mapping, coordinator):
    address = choose().url
    start_live(by=coordinator)

    answer = send_mapping(address)

    assert answer.status_code == 422
    assert "under way already" in answer.content.decode()
    assert ImportRun.objects.get().state == ImportState.UPLOADED


def test_year_of_the_last_file_is_not_taken_for_that_of_the_next(bring, choose, client):
    bring()

    assert 'name="year" value' not in look(client, choose().url)
    headed = look(client, choose("Kunta;EVP-indeksi 2026\nEspoo;1\nKannus;2\n").url)
    assert chosen(headed, "year_from") == "headings"


def test_only_a_source_of_files_takes_a_file(client_for, coordinator):
    assert client_for(coordinator).get(URL.replace("fcg", "pxweb")).status_code == 404
    assert client_for(coordinator).get(URL.replace("fcg", "nobody")).status_code == 404


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_files_chosen_at_once_are_kept_each(coordinator):
    source = Source.objects.get(code="fcg")

    def press():
        content = CSV.encode()
        return upload_file(
            source=source, file=FileWithMapping("evp.csv", None, content), by=coordinator
        )

    for _round in range(5):
        ends = at_once(press, press, press, press)

        assert [type(end).__name__ for end in ends] == ["ImportRun"] * 4


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_eight_presses_of_one_upload_store_one_file(client, coordinator):
    opened = carried(client.get(URL))

    def press():
        browser = Client()
        browser.cookies = client.cookies
        file = SimpleUploadedFile("evp.csv", CSV.encode())
        return browser.post(URL, {**opened, "file": file})["Location"]

    assert len(set(at_once(*[press] * 8))) == 1
    assert ImportRun.objects.count() == 1


def test_second_press_of_a_mapping_is_led_where_the_first_went(choose, send_mapping, client):
    address = choose().url
    opened = carried(client.get(address))

    first, second = send_mapping(address, **opened), send_mapping(address, **opened)

    assert first.url == second.url == "/statistics/"
    assert count_jobs() == 1


def test_second_press_of_a_file_taken_into_use_is_led_back(bring, client, coordinator):
    bring()
    url = reverse("statistics_network:accept_import", args=[ImportRun.objects.get().pk])
    opened = carried(client.get("/statistics/"), url)
    client.post(url, opened)

    again = client.post(url, opened, follow=True)

    assert not list(again.context["messages"])
    assert count_jobs() == 2


def count_jobs():
    with across_municipalities(reason="the test counts the jobs"):
        return Job.objects.count()


def test_file_that_somebody_declined_meanwhile_is_not_taken(bring, coordinator):
    bring()
    seen = ImportRun.objects.get()
    decline_import(run=ImportRun.objects.get(), by=coordinator)

    with pytest.raises(RuleViolation, match="not waiting for a check"):
        start_accepting(run=seen, by=coordinator)


def test_decline_on_the_page(bring, client_for, coordinator):
    bring()
    run = ImportRun.objects.get()

    client_for(coordinator).post(reverse("statistics_network:decline_import", args=[run.pk]))

    run.refresh_from_db()
    assert run.state == ImportState.DECLINED


def test_chosen_file_nobody_goes_on_with_is_gone_in_the_night(bring):
    bring()
    forgotten = ImportRun.objects.create(
        source=Source.objects.get(code="fcg"), origin="vanha.csv", state=ImportState.UPLOADED,
        finished_at=timezone.now(),
    )  # fmt: skip
    ImportRun.objects.update(started_at=timezone.now() - UPLOAD_LIFETIME * 2)

    tasks.delete_abandoned_files()

    assert (
        app.conf.beat_schedule["delete-abandoned-files"]["task"]
        == tasks.delete_abandoned_files.name
    )
    assert not ImportRun.objects.filter(pk=forgotten.pk).exists()
    assert set(ImportRun.objects.values_list("state", flat=True)) == {ImportState.PREVIEWED}


def test_file_of_several_tables_is_read_as_itself_or_as_the_last_one_of_the_table(coordinator):
    source = Source.objects.get(code="fcg")
    earlier, own = (FileMapping(table, "Kunta", {table: "x"}, year=2025) for table in ("b", "a"))
    runs = [
        ImportRun.objects.create(source=source, origin=f"{mapping.table}.csv")
        for mapping in (earlier, own)
    ]
    files = [FileWithMapping(f"{one.table}.csv", one, b"") for one in (earlier, own)]
    for run, file, mapping in zip(runs, files, (earlier, own), strict=True):
        RawAnswer.objects.create(
            run=run,
            table=f"MDI/{mapping.table}",
            origin=file.name,
            retrieved_at=timezone.now(),
            sha256="",
            body_gzip=gzip.compress(file.as_bytes()),
        )

    upload = Upload(runs[1], files[1], [TablePlan("MDI/b", []), TablePlan("MDI/a", [])])

    assert upload.previous_mapping() == own
    assert upload.previous_mapping("a") == own
    assert upload.previous_mapping("b") == earlier


def workbook_with_doubts():
    """A percentage, a note and a hidden row."""
    made = Workbook()
    sheet = made.active
    rows = (["Kunta", "EVP-indeksi"], ["Espoo", 0.8205], ["Kannus", "41,2 ¹"], ["Jämsä", 99])
    for row in rows:
        sheet.append(row)
    sheet["B2"].number_format = "0.0%"
    sheet.row_dimensions[4].hidden = True
    return saved(made)


def test_hidden_rows_are_asked_about_and_every_doubt_is_named_before_figures_are_taken(
    choose, send_mapping, client
):
    address = choose(workbook_with_doubts(), "evp.xlsx").url

    page = look(client, address)
    assert "Hidden in the file: 4" in page
    assert "<td>82.05</td>" in page  # as it is read, not 0.8205
    silent = send_mapping(address)
    assert silent.status_code == 422
    assert "Choose what becomes of what is hidden." in silent.content.decode()

    send_mapping(address, hidden="read")

    run = ImportRun.objects.get()
    assert (run.state, run.report["stored"]) == (ImportState.PREVIEWED, 3)
    shown = html.unescape(look(client, "/statistics/"))
    assert "Espoo 2025: EVP index 82.1 points" in shown
    for doubt in (
        "Cells in the per cent format, read as they are displayed (B2 = 82.05): 1",
        "Notes in superscript, left out (B3 = 41,2): 1",
        "Hidden in the file, read all the same (4): 1",
    ):
        assert doubt in shown


def test_hidden_rows_are_left_out_where_it_is_said(choose, send_mapping, client):
    send_mapping(choose(workbook_with_doubts(), "evp.xlsx").url, hidden="leave_out")

    assert ImportRun.objects.get().report["stored"] == 2
    assert "Hidden rows and columns (4): 1" in look(client, "/statistics/")


def test_year_that_has_not_been_is_refused_at_its_field(choose, send_mapping):
    address = choose().url

    refused = send_mapping(address, year="2027")

    assert refused.status_code == 422
    assert "The year 2027 has not been" in refused.content.decode()

    Indicator.objects.filter(code="evp_index").update(is_projection=True)
    assert send_mapping(address, year="2027").status_code == 302


def test_preview_names_figures_that_are_preliminary_and_the_encoding(choose, send_mapping, client):
    body = "Kunta;EVP-indeksi\nEspoo;82,05*\nJämsä;41,2\n".encode("cp1252")

    send_mapping(choose(body).url)

    shown = look(client, "/statistics/")
    assert "Espoo 2025: EVP index 82.1 points (preliminary)" in shown
    assert "check letters such as å, ä and ö (Windows-1252)" in shown


def test_preview_in_which_most_figures_halve_says_so(bring, coordinator):
    bring("Kunta;EVP-indeksi\nEspoo;82,05\nKannus;50\nJämsä;41\n")
    accept_import(run_id=ImportRun.objects.get().pk, by=coordinator)

    bring("Kunta;EVP-indeksi\nEspoo;8,205\nKannus;5\nJämsä;4,1\n")

    run = ImportRun.objects.latest("pk")
    assert run.state == ImportState.PREVIEWED
    assert "Of 3 figures of evp_index in 2025, 3 are at most half" in run.error
