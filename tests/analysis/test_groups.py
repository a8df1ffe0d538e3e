"""The five groups from the figures that come with the service, computed again by hand."""

import gzip
from collections import defaultdict
from datetime import date

import pytest

from analysis.content.compose import compose
from analysis.content.edition import Area, Edition, EditionContent
from analysis.engine.compare import Material
from analysis.engine.group_figures import weighted_mean_by_year
from analysis.render import chapters, chart_table
from analysis.statistics.actions.imports import import_bundled
from analysis.statistics.catalogue import catalogue_entries
from analysis.statistics.enums import ImportState
from analysis.statistics.models import Indicator
from analysis.statistics.queries.plans import bundled_series
from analysis.statistics.sources.base import TablePlan
from analysis.statistics.sources.compilation import Compilation
from analysis.statistics.sources.registry import BUNDLE_FOLDER, BUNDLED_SOURCES
from analysis.wording.names import Name
from tests.analysis.figures import measure, sentences
from tests.analysis.statistics.newest import observations

pytestmark = pytest.mark.slow

EDITION = Edition(season=8, years="2025–2026", number=1, made_on=date(2026, 11, 22))
KANNUS = Name("Kannus", "Kannus", "Kannus", "Kannuksen", "Kannuksessa")
TOHOLAMPI = Name("Toholampi", "Toholampi", "Toholampi", "Toholammin", "Toholammilla")
KAUSTINEN = Name("Kaustinen", "Kaustby", "Kaustinen", "Kaustisen", "Kaustisella")
HALSUA = Name("Halsua", "Halsua", "Halsua", "Halsuan", "Halsualla")


@pytest.fixture(scope="module")
def published() -> Material:
    """Every figure of the files, read as an import reads them, without the database."""
    values, missing = (defaultdict(lambda: defaultdict(dict)) for _ in range(2))
    for source in BUNDLED_SOURCES:
        for path in sorted((BUNDLE_FOLDER / source).glob("*.json.gz")):
            body = gzip.decompress(path.read_bytes())
            plan = plan_of(source, Compilation().table_id_of(body))
            for row in Compilation().parse(body, plan).frame.itertuples(index=False):
                place, figure = (missing, row.missing) if row.missing else (values, row.value)
                place[row.indicator][row.area][row.year] = figure
    return Material(values, missing)


def plan_of(source: str, table: str) -> TablePlan:
    wanted = [
        row
        for row in catalogue_entries()
        if row.bundled_table[0] == source and row.bundled_table[1].endswith(table)
    ]
    return TablePlan(wanted[0].bundled_table[1], [bundled_series(row) for row in wanted])


def made(published: Material, code: str = "217", name: Name = KANNUS) -> EditionContent:
    peers = [Area("849", TOHOLAMPI), Area("236", KAUSTINEN), Area("074", HALSUA)]
    return compose(
        area=Area(code, name, 5264), peers=peers, reason="", edition=EDITION, material=published
    )


@pytest.fixture(scope="module")
def kannus_content(published) -> EditionContent:
    return made(published)


def test_five_groups_stand_in_the_order_of_the_invitation(kannus_content):
    assert [group.key for group in kannus_content.groups] == [
        "population", "finances", "vitality", "environment", "wellbeing",
    ]  # fmt: skip
    assert [chapter.name for chapter in chapters(kannus_content, "sv")] == [
        "Befolkningsutveckling",
        "Kommunal ekonomi och ledning",
        "Livskraft och sysselsättning",
        "Miljö",
        "Välfärd och delaktighet",
    ]


def test_projected_fall_is_told_as_a_fall(kannus_content):
    # Toholampi -19.0, Kaustinen -8.8, Halsua -24.6: median -19.0.
    assert sentences(kannus_content, "forecast2024-change-2024-2040-pct")["level_now"] == (
        "Kannuksen väkiluvun ennustetaan vähenevän 10,5\xa0% vuosina 2024–2040, vähemmän kuin"
        " vertailukunnissa yleensä (mediaani −19,0\xa0%)."
    )
    assert measure(kannus_content, "forecast2024-change-2024-2040-pct").trend is None


def test_loans_are_told_with_their_year_and_change(kannus_content):
    # 2020: 2 764.5; peers 5 384.4, 7 314.1 and 4 244.8, median 5 384.4; country 3 448.4.
    # 2008: 1 002.6, so +1 761.9; peers +2 860.9, +4 481.5, +2 113.8, median +2 860.9.
    said = sentences(kannus_content, "loans-per-capita")

    assert said["level_now"] == (
        "Kannuksen lainakanta oli 2\xa0765\xa0euroa asukasta kohti vuonna 2020, pienempi kuin"
        " vertailukunnissa yleensä (mediaani 5\xa0384, koko maa 3\xa0448)."
    )
    assert said["level_change"] == (
        "Lainakanta nousi 1\xa0762\xa0euroa asukasta kohti vuosina 2008–2020 (vertailukuntien"
        " mediaani +2\xa0861); muutos on huonompaan suuntaan."
    )
    assert "2019 (ei ole koottu)" in measure(kannus_content, "loans-per-capita").limits[0]["fi"]


def test_jobs_are_compared_by_their_change(kannus_content):
    # 2006-2019: 2 483 -> 2 088, -15.91 %; peers 1 261 -> 1 015 -19.51 %, 1 811 -> 1 601 -11.60 %,
    # 495 -> 396 -20.00 %, median -19.51 %; country 2 313 788 -> 2 373 526, +2.58 %.
    assert sentences(kannus_content, "jobs", "en")["number_over_span"] == (
        "The number of jobs in Kannus fell by 15.9% in 2006–2019 (peer median −19.5%, whole country"
        " +2.6%), a change for the worse."
    )


def test_falling_unemployment_is_for_the_better(kannus_content):
    # Kannus 7.4 (2006) -> 6.9 (2022), country 9.7 -> 9.5. The peers by their labour force:
    # 2006 (1569 * 6.0 + 2105 * 6.0 + 602 * 8.3) / 4276 = 27040.6 / 4276 = 6.324,
    # 2022 (1190 * 6.2 + 1957 * 6.4 + 451 * 7.3) / 3598 = 23195.1 / 3598 = 6.447: +0.1.
    said = sentences(kannus_content, "unemployment-rate-employment-service")

    assert said["level_now"] == (
        "Kannuksen työttömyysaste oli 6,9\xa0% vuonna 2022, suurempi kuin vertailukunnissa"
        " kokonaisuutena (painotettu keskiarvo 6,4\xa0%, koko maa 9,5\xa0%)."
    )
    assert said["level_change"] == (
        "Työttömyysaste laski 0,5\xa0prosenttiyksikköä vuosina 2006–2022 (vertailukuntien"
        " painotettu keskiarvo +0,1, koko maa −0,2); muutos on parempaan suuntaan."
    )


@pytest.mark.parametrize("indicator", [row for row in catalogue_entries() if row.group_figure == "weighted"],
                         ids=lambda row: row.code)  # fmt: skip
def test_weighted_mean_of_all_municipalities_is_the_published_figure_of_the_country(
    published, indicator
):
    figures, weights = published.values[indicator.code], published.values[indicator.weight]
    last = max(figures["SSS"])
    known = [code for code in figures if code != "SSS" and last in figures[code]]
    told = weighted_mean_by_year([figures[one] for one in known], [weights[one] for one in known])

    assert len(known) >= 304
    assert round(told[last], 1) == figures["SSS"][last]


def test_environment_says_there_is_no_figure_yet(kannus_content):
    (chapter,) = [one for one in chapters(kannus_content, "fi") if one.key == "environment"]

    assert [row.missing for row in chapter.pending] == [
        "Lukua ei vielä ole. Lähde, josta se tuodaan: Suomen ympäristökeskus, kuntien"
        " kasvihuonekaasupäästöt (Hiilineutraali Suomi)."
    ]


def test_criteria_of_the_act_are_said_not_to_be_judged_and_why(kannus_content):
    (chapter,) = [one for one in chapters(kannus_content, "fi") if one.key == "finances"]
    (row,) = [row for row in chapter.pending if row.key == "municipal-act-criteria"]

    assert row.missing.startswith(
        "Lukua ei vielä ole. Lähde, josta se tuodaan: Valtiovarainministeriö, kuntien"
        " arviointimenettelyn tunnusluvut. Kriteerit voi arvioida vasta, kun tiedetään, onko kunta"
    )
    for figure in ("kertynyt alijäämä", "poistoihin", "vuokravastuut", "lainanhoitokate"):
        assert figure in row.missing


def test_low_income_is_told_in_swedish(kannus_content):
    # 2022: 11.3; peers 14.8, 10.9, 17.0, median 14.8; country 13.4.
    assert sentences(kannus_content, "low-income-rate", "sv")["level_now"] == (
        "Låginkomstgraden i Kannus var 11,3\xa0% år 2022, lägre än i jämförelsekommunerna i allmänhet"
        " (median 14,8\xa0%, hela landet 13,4\xa0%)."
    )


def test_years_between_elections_are_no_gaps(kannus_content):
    turnout = measure(kannus_content, "turnout-municipal-elections")

    assert list(turnout.series.own) == [2000, 2004, 2008, 2012, 2021]
    assert turnout.limits[0]["fi"].startswith("Aineistosta puuttuu vuosi 2017 (ei ole koottu)")
    assert chart_table(kannus_content, turnout, "fi").rows[0].cells[-1] == "58,1"


def test_municipality_of_a_merger_has_a_reason_instead_of_a_figure(published):
    name = Name("Mäntyharju", "Mäntyharju", "Mäntyharju", "Mäntyharjun", "Mäntyharjulla")
    loans = measure(made(published, "507", name), "loans-per-capita")

    assert loans.latest is None
    assert loans.limits[0]["fi"] == (
        "Kunnan luku puuttuu aineistosta: 2006–2020 (ei vertailukelpoinen kuntaliitoksen vuoksi)."
    )


@pytest.mark.django_db
def test_bundle_is_stored_with_its_reasons_and_read_again_without_change():
    import_bundled(by=None)

    frame = observations(["municipal_income_tax_rate", "jobs", "loans_per_capita"], ["035", "SSS"])
    found = frame.set_index(["indicator", "area", "year"])
    assert found.value["jobs", "SSS", 2019] == 2_373_526
    assert found["missing"]["municipal_income_tax_rate", "035", 2026] == "not_applicable"
    assert found["missing"]["loans_per_capita", "SSS", 2018] == "not_collected"
    assert not Indicator.objects.filter(is_active=False).exists()
    assert {run.state for run in import_bundled(by=None)} == {ImportState.UNCHANGED}
