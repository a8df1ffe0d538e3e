"""The night's reading: polite, notified once where it is held, and seen on the coordinator's board."""

import pytest
from django.utils import timezone

from analysis.statistics import tasks
from analysis.statistics.actions.imports import ImportHeld, import_statistics
from analysis.statistics.actions.loading import load_catalogue
from analysis.statistics.enums import ImportState
from analysis.statistics.models import ImportRun, Indicator, RawAnswer, Source
from analysis.statistics.queries import source_list as queries
from tests.analysis.statistics import sotkanet, statfin
from uso.celery import app
from uso.ground.jobs.models import JobState
from uso.ground.mail.models import Message
from uso.ground.tenancy.crossing import across_municipalities
from uso.roof.home.queries.today import board

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(settings):
    """A server that tells when each of its tables was changed."""
    changed = {"StatFin/vaerak/11re": "2026-04-01", "Kuntien_avainluvut/uusin/142h": "2026-05-01"}
    with statfin.serving(statfin.StatFin(changed=changed)) as server:
        settings.PXWEB_URL = server.url
        yield server


def asked(server):
    return [path for path, body, _agent in server.requests if body is not None]


def test_table_that_has_not_changed_is_not_asked_for_again(listed):
    import_statistics(source="pxweb", by=None)
    listed.requests.clear()

    run = import_statistics(source="pxweb", by=None)

    assert run.state == ImportState.UNCHANGED
    assert asked(listed) == []


def test_table_that_has_changed_is_asked_for_alone(listed):
    import_statistics(source="pxweb", by=None)
    listed.requests.clear()
    listed.changed["StatFin/vaerak/11re"] = "2026-11-01"
    listed.tables["StatFin/vaerak/11re"] = statfin.population_table(
        ["2021", "2022", "2024", "2025"]
    )

    run = import_statistics(source="pxweb", by=None)

    assert run.state == ImportState.STORED
    assert asked(listed) == ["StatFin/vaerak/11re.px"]


def test_table_of_a_new_indicator_is_asked_for_although_it_has_not_changed(listed):
    import_statistics(source="pxweb", by=None)
    listed.requests.clear()
    Indicator.objects.create(
        code="again", source=Source.objects.get(code="pxweb"), group="population",
        name_fi="Väkiluku", unit_fi="henkilöä", table="StatFin/vaerak/11re", content_code="vaesto",
    )  # fmt: skip

    import_statistics(source="pxweb", by=None)

    assert asked(listed) == ["StatFin/vaerak/11re.px"]


def test_sotkanet_is_asked_for_figures_only_when_their_day_has_changed(settings):
    found = {**sotkanet.description(5641), "title": {"fi": "Sairastavuusindeksi"}}
    with statfin.serving(sotkanet.Sotkanet(indicators={"5641": found})) as thl:
        settings.SOTKANET_URL = thl.url
        import_statistics(source="sotkanet", by=None)
        thl.requests.clear()
        import_statistics(source="sotkanet", by=None)

    assert not [path for path, _body, _agent in thl.requests if path.startswith("json")]


@pytest.fixture
def both(listed, settings):
    titles = {"3099": "pienituloisuusaste", "5641": "Sairastavuusindeksi", "178": "Verotulot"}
    known = {
        number: {**sotkanet.description(int(number)), "title": {"fi": title}}
        for number, title in titles.items()
    }
    settings.READ_STATISTICS = True
    with statfin.serving(sotkanet.Sotkanet(indicators=known)) as thl:
        settings.SOTKANET_URL = thl.url
        yield listed


@pytest.fixture
def night(django_capture_on_commit_callbacks, sent):
    def run():
        with django_capture_on_commit_callbacks(execute=True):
            tasks.read_live()

    return run


def test_night_reads_every_live_source(both, night):
    night()

    assert {run.source.code for run in ImportRun.objects.all()} == {"pxweb", "sotkanet"}
    assert queries.last_job().state == JobState.DONE
    assert app.conf.beat_schedule["read-statistics"]["task"] == tasks.read_live.name


def test_night_asks_nobody_where_the_network_is_not_to_be_asked(both, night, settings):
    settings.READ_STATISTICS = False

    night()

    assert not ImportRun.objects.exists()
    assert both.requests == []


def lose(server):
    server.changed["StatFin/vaerak/11re"] = "2026-11-02"
    server.tables["StatFin/vaerak/11re"] = statfin.population_table(["2024"])


def test_import_that_loses_figures_is_notified_to_coordinators_once(
    both, night, coordinator, expert
):
    night()
    lose(both)

    night()
    night()
    with pytest.raises(ImportHeld):
        import_statistics(source="pxweb", by=None)

    with across_municipalities(reason="the test looks at the outbox"):
        found = list(Message.objects.filter(template="statistics_held"))
    assert [message.to_email for message in found] == [coordinator.email]
    assert "8" in found[0].body_text
    assert "/statistics/" in found[0].body_text


def test_held_source_is_not_asked_at_night_until_somebody_decides(both, night, coordinator):
    night()
    lose(both)
    night()
    before = RawAnswer.objects.count()
    both.requests.clear()

    night()

    assert both.requests == []
    assert RawAnswer.objects.count() == before


def test_held_import_stands_on_the_coordinators_board(both, night, coordinator, season8):
    night()
    lose(both)
    night()

    todo = board(season8, reader=coordinator, at=timezone.now()).todo

    found = [one for one in todo if one.href == "/statistics/"]
    assert [one.subject for one in found] == [Source.objects.get(code="pxweb").name]
    assert found[0].late


def test_failing_source_does_not_stop_the_other(both, night, settings):
    settings.PXWEB_URL = "http://127.0.0.1:9"

    night()

    states = dict(ImportRun.objects.values_list("source__code", "state"))
    assert states == {"pxweb": ImportState.FAILED, "sotkanet": ImportState.STORED}
    assert queries.last_job().state == JobState.FAILED


def test_catalogue_is_loaded_once(django_assert_num_queries):
    load_catalogue()

    with django_assert_num_queries(2):
        load_catalogue()
