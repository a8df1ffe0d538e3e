"""The yearly populations: read by a job, previewed, then taken into use or rejected, once."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from psycopg.types.range import Range

from analysis.statistics.actions import population_imports as actions
from analysis.statistics.enums import PopulationOrigin, PopulationState
from analysis.statistics.models import PopulationImport
from analysis.statistics.queries import population_preview as queries
from municipalities.models import Municipality, Population
from tests.municipalities.factories import MunicipalityFactory, PopulationFactory
from tests.pressing import carried, press
from tests.racing import at_once
from tests.seasons.factories import FeeTierFactory, ParticipationFactory, member_of
from uso.ground.lib.errors import RuleViolation
from uso.ground.tenancy.scope import scope

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

READ = reverse("statistics_network:read_populations")


@pytest.fixture
def tiers(season8):
    for population, fee in (((0, 9_000), 9_000), ((9_000, None), 12_000)):
        FeeTierFactory(season=season8, population=Range(*population), annual_fee_eur=fee)


def waiting(user, counts, year=2024, **fields) -> PopulationImport:
    return PopulationImport.objects.create(
        year=year,
        origin=PopulationOrigin.FILE,
        state=PopulationState.PREVIEWED,
        source="vaki.csv",
        report={"counts": counts},
        started_by=user,
        **fields,
    )


def file_of(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("vaki.csv", text.encode())


@pytest.mark.usefixtures("sent", "jamsa")
@pytest.mark.django_db(transaction=True)
def test_file_is_read_previewed_and_taken_into_use(client_for, coordinator, kannus):
    PopulationFactory(municipality=kannus, year=2025, count=5_000, source="before")
    client = client_for(coordinator)

    answer = press(
        client,
        READ,
        {
            "year": "2025",
            "origin": "file",
            "file": file_of("Kunta;Väkiluku\nKannus;5 210\nJämsä;19 000\nNokia;1\n"),
        },
    )
    page = client.get(answer.url)

    found = PopulationImport.objects.get()
    assert found.state == PopulationState.PREVIEWED
    assert found.file is None
    assert Population.objects.get().count == 5_000
    assert "Kuntia 2: uusia lukuja 1, tarkistettuja 1, ennallaan 0." in page.content.decode()
    assert "Mitään ei ole vielä tallennettu" in page.content.decode()
    assert "Rivi 4" in page.content.decode()

    client.post(
        reverse("statistics_network:take_populations", args=[found.pk]),
        carried(page, reverse("statistics_network:take_populations", args=[found.pk])),
    )

    assert dict(Population.objects.values_list("municipality__code", "count")) == {
        "217": 5_210,
        "182": 19_000,
    }
    assert set(Population.objects.values_list("source", flat=True)) == {"vaki.csv"}


def test_what_stood_before_a_revision_is_told_with_its_source(coordinator, kannus):
    PopulationFactory(municipality=kannus, year=2024, count=5_000, source="Tilastokeskus")
    actions.take_into_use(found=waiting(coordinator, {"217": 5_210}), by=coordinator)

    [row] = [one for one in queries.municipalities_of(2024) if one.code == "217"]

    assert (row.count, row.source) == (5_210, "vaki.csv")
    assert [one.split(" until ")[0] for one in row.former] == ["5,000 (Tilastokeskus)"]


def test_history_of_populations_only_grows(coordinator, kannus):
    PopulationFactory(municipality=kannus, year=2024, count=5_000)
    for count in (5_210, 5_211):
        actions.take_into_use(found=waiting(coordinator, {"217": count}), by=coordinator)

    [row] = [one for one in queries.municipalities_of(2024) if one.code == "217"]

    assert [figure.split(" (")[0] for figure in row.former] == ["5,210", "5,000"]


def test_import_is_taken_into_use_once(coordinator, kannus):
    found = waiting(coordinator, {"217": 5_210})
    again = PopulationImport.objects.get(pk=found.pk)
    actions.take_into_use(found=found, by=coordinator)
    Population.objects.update(count=1)

    with pytest.raises(RuleViolation, match="decided upon already"):
        actions.take_into_use(found=again, by=coordinator)
    with pytest.raises(RuleViolation, match="decided upon already"):
        actions.reject(found=again, by=coordinator)

    assert Population.objects.get().count == 1


@pytest.mark.django_db(transaction=True)
def test_of_sixteen_presses_at_once_one_counts(coordinator, kannus):
    found = waiting(coordinator, {"217": 5_210})

    def act():
        mine = PopulationImport.objects.get(pk=found.pk)
        return actions.take_into_use(found=mine, by=coordinator).report.added

    results = at_once(*[act] * 16)

    assert [one for one in results if one == 1] == [1]
    assert sum(isinstance(one, RuleViolation) for one in results) == 15
    assert Population.objects.count() == 1


def test_rejected_import_stores_nothing(client_for, coordinator, kannus):
    found = waiting(coordinator, {"217": 5_210})

    client_for(coordinator).post(reverse("statistics_network:reject_populations", args=[found.pk]))

    found.refresh_from_db()
    assert (found.state, found.decided_by) == (PopulationState.DECLINED, coordinator)
    assert not Population.objects.exists()


def test_press_for_a_preview_that_has_changed_meanwhile_is_refused(client_for, coordinator, kannus):
    client = client_for(coordinator)
    found = waiting(coordinator, {"217": 5_210})
    page = client.get(reverse("statistics_network:population_import", args=[found.pk]))
    take = reverse("statistics_network:take_populations", args=[found.pk])
    fields = carried(page, take)
    PopulationFactory(municipality=kannus, year=2024, count=5_100)

    client.post(take, fields)

    found.refresh_from_db()
    assert found.state == PopulationState.PREVIEWED
    assert Population.objects.get().count == 5_100


@pytest.mark.usefixtures("tiers")
def test_preview_says_whose_tier_changes_and_never_of_those_confirmed(coordinator, season8):
    kannus, jamsa, third = (
        MunicipalityFactory(name_fi=name, code=code)
        for name, code in (("Kannus", "217"), ("Jämsä", "182"), ("Kala", "214"))
    )
    for each in (kannus, jamsa, third):
        PopulationFactory(municipality=each, year=2023, count=8_900)
    with scope(kannus.pk):
        member_of(season8, kannus)
    with scope(jamsa.pk):
        ParticipationFactory(season=season8, municipality=jamsa)

    counts = {"217": 9_100, "182": 9_200, "214": 9_300}
    [effect] = queries.preview(waiting(coordinator, counts)).effects

    assert effect.decides
    assert [(one.name, one.fee_before, one.fee_after) for one in effect.changing] == [
        ("Jämsä", 9_000, 12_000)
    ]
    assert [one.name for one in effect.frozen] == ["Kannus"]
    assert [one.name for one in effect.others] == ["Kala"]


@pytest.mark.usefixtures("tiers")
def test_confirmed_fee_stays_when_its_population_is_revised(coordinator, season8, kannus):
    with scope(kannus.pk):
        member = member_of(season8, kannus)
    actions.take_into_use(found=waiting(coordinator, {"217": 19_000}), by=coordinator)

    with scope(kannus.pk):
        before = (member.population, member.annual_fee_eur, member.fee_tier_id)
        member.refresh_from_db()
        assert (member.population, member.annual_fee_eur, member.fee_tier_id) == before


@pytest.mark.usefixtures("tiers")
def test_preview_names_members_without_a_figure_of_the_year_that_decides(
    coordinator, season8, kannus, jamsa
):
    with scope(jamsa.pk):
        ParticipationFactory(season=season8, municipality=jamsa)

    shown = queries.preview(waiting(coordinator, {"217": 5_210}))

    assert shown.missing == ["Jämsä"]
    assert [effect.missing for effect in shown.effects] == [["Jämsä"]]


@pytest.mark.usefixtures("tiers", "kannus")
def test_preview_says_where_no_season_goes_by_the_year(coordinator):
    [effect] = queries.preview(waiting(coordinator, {"217": 5_210}, year=2025)).effects

    assert not effect.decides
    assert effect.missing == []


def test_preview_warns_where_most_figures_leap(coordinator):
    counts = {}
    for number in range(4):
        one = MunicipalityFactory()
        PopulationFactory(municipality=one, year=2023, count=10_000)
        counts[one.code] = 400 + number

    assert "Of 4 figures 4 are at most half" in queries.preview(waiting(coordinator, counts)).alarm


@pytest.mark.parametrize("year", ["2026", "1999", "2.5", ""])
def test_year_that_has_not_ended_or_is_none_is_refused(client_for, coordinator, year):
    answer = press(client_for(coordinator), READ, {"year": year, "origin": "network"})

    assert answer.status_code == 422
    assert not PopulationImport.objects.exists()


def test_file_is_asked_for_where_one_is_to_be_read(client_for, coordinator):
    answer = press(client_for(coordinator), READ, {"year": "2025", "origin": "file"})

    assert answer.status_code == 422
    assert not PopulationImport.objects.exists()


def test_file_of_another_kind_is_refused_at_once(client_for, coordinator):
    fields = {"year": "2025", "origin": "file", "file": SimpleUploadedFile("a.xlsx", b"MZ\x00")}

    answer = press(client_for(coordinator), READ, fields)

    assert answer.status_code == 422
    assert not PopulationImport.objects.exists()


def test_figures_of_the_analyses_that_are_not_there_are_said_to_be_missing(coordinator, kannus):
    found = PopulationImport.objects.create(
        year=2025, origin=PopulationOrigin.STATISTICS, started_by=coordinator
    )

    with pytest.raises(RuleViolation, match="choose another source"):
        actions.read_import(import_id=found.pk, progress=lambda done, total: None)

    found.refresh_from_db()
    assert found.state == PopulationState.FAILED


def test_merged_municipality_is_taken_up_to_the_last_day_of_its_own(kannus, jamsa):
    Municipality.objects.filter(pk=kannus.pk).update(merged_into=jamsa, merged_on=date(2027, 1, 1))

    assert set(actions.areas_of(2026).names) == {"217", "182"}
    assert set(actions.areas_of(2027).names) == {"182"}
    assert actions.areas_of(2027).ended["217"].code == "182"
