"""The five groups from the figures that come with the service, computed again by hand."""

import gzip
from collections import defaultdict
from datetime import date

import pytest

from analysis.content.compose import compose
from analysis.content.edition import Area, Edition, EditionContent
from analysis.engine.compare import Material
from analysis.engine.group_figures import weighted_mean_by_year
from analysis.render import chapters, chart_table, pending
from analysis.render.read_first import summary
from analysis.statistics.actions.imports import import_bundled
from analysis.statistics.catalogue import catalogue_entries
from analysis.statistics.enums import ImportState
from analysis.statistics.models import DataVersion, Indicator
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
    # Toholampi -16.20, Kaustinen -7.52, Halsua -20.89: median -16.20.
    assert sentences(kannus_content, "forecast2024-change-2026-2040-pct")["level_now"] == (
        "Kannuksen väkiluvun ennustetaan vähenevän 9,2\xa0% vuosina 2026–2040, vähemmän kuin"
        " vertailukunnissa yleensä (mediaani −16,2\xa0%)."
    )
    assert measure(kannus_content, "forecast2024-change-2026-2040-pct").trend is None


#: Each series of the newer figures with its years and the figures of Kannus as published.
NEWER = {
    "population": (2025, 5246),
    "population_growth_pct": (2025, -0.34),
    "net_migration_domestic_per_1000": (2025, -3.24),
    "net_migration_total_per_1000": (2025, -2.29),
    "share_20_34": (2024, 13.58),
    "forecast2024_change_2026_2031_pct": (2031, -3.59),
    "forecast2024_change_2026_2040_pct": (2040, -9.18),
    "forecast2024_change_2026_2040_persons": (2040, -471),
    "forecast2024_age_0_6_change_2026_2040_pct": (2040, -4.33),
    "forecast2024_age_7_15_change_2026_2040_pct": (2040, -35.19),
    "forecast2024_age_80_plus_change_2026_2040_pct": (2040, 72.0),
    "municipal_income_tax_rate": (2026, 9.7),
    "unemployment_rate_monthly": (2026, 8.2),
    "unemployment_rate_paavo": (2024, 9.35),
    "education_tertiary_share_18_plus": (2024, 22.68),
    "median_income_18_plus": (2024, 25175),
    "penal_code_offences_per_1000": (2025, 65.38),
    "property_offences_per_1000": (2025, 15.25),
    "violent_offences_per_1000": (2025, 4.96),
}
#: The one newer series with a figure of the whole country, the sum of the municipalities.
SUMMED = "population"


@pytest.mark.parametrize(("code", "newest"), NEWER.items())
def test_newer_series_is_read_with_its_year_and_no_figure_of_the_country(published, code, newest):
    year, _figure = newest
    figures = published.values[code]

    assert (max(figures["217"]), figures["217"][year]) == newest
    known = [area for area in figures if area != "SSS" and year in figures[area]]
    aland, division = code == "municipal_income_tax_rate", code.startswith("forecast2024")
    assert len(known) == (292 if aland else 307 if division else 308)
    assert ("507" in known) is not division
    assert figures.get("SSS", {}).get(year) == (5_652_881 if code == SUMMED else None)


def test_figures_that_cannot_be_compared_are_measures_of_their_own(kannus_content):
    for older, newer in (
        ("crimes-penal-code-per-1000", "penal-code-offences-per-1000"),
        ("education-tertiary-share", "education-tertiary-share-18-plus"),
        ("unemployment-rate-employment-service", "unemployment-rate-monthly"),
    ):
        years = [set(measure(kannus_content, key).series.own) for key in (older, newer)]
        assert years[0].isdisjoint(years[1])
        assert "ei voi verrata" in " ".join(n["fi"] for n in measure(kannus_content, newer).limits)


def test_month_is_said_with_its_year(kannus_content):
    assert sentences(kannus_content, "unemployment-rate-monthly", "sv")["level_now"].startswith(
        "De arbetslösa arbetssökandenas andel av arbetskraften i Kannus var 8,2\xa0% i augusti 2026"
    )
    assert measure(kannus_content, "unemployment-rate-monthly").moment["fi"] == "elokuu 2026"


def test_yearly_change_of_a_small_municipality_is_told_by_its_mean(kannus_content):
    # (−1.98 + 0.34 − 0.34) / 3 = −0.66; none is called rising or falling.
    found = measure(kannus_content, "population-growth-pct")

    assert (
        found.findings[0]
        .text["fi"]
        .startswith(
            "Kannuksen väkiluku väheni 0,7\xa0% vuodessa vuosina 2023–2025 keskimäärin, vähemmän kuin"
        )
    )
    assert (found.latest.first, found.latest.last, found.trend) == (2023, 2025, None)


def test_old_figures_say_so_and_come_last(kannus_content):
    for group, chapter in zip(kannus_content.groups, chapters(kannus_content, "fi"), strict=True):
        years = [each.latest.last if each.latest else 0 for each in group.measures]
        assert [year < 2021 for year in years] == sorted(year < 2021 for year in years)
        shown = [(row.old, year) for row, year in zip(chapter.rows, years, strict=False)]
        assert all(bool(old) == (year < 2021) for old, year in shown)
    old = measure(kannus_content, "jobs")
    assert any("yli viiden vuoden takaa" in note["fi"] for note in old.limits)


def test_what_is_read_first_is_of_the_last_three_years(kannus_content, published):
    alone = compose(
        area=Area("217", KANNUS, 5264), peers=[], reason="", edition=EDITION, material=published
    )
    keys = [each.key for each in kannus_content.highlights]
    keys += [line.key for block in summary(alone, "fi") for line in block.lines]

    assert len(keys) > 6
    assert all(measure(kannus_content, key).latest.last >= 2023 for key in keys)


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
    (row,) = [row for row in pending(kannus_content, "fi") if row.key == "co2-emissions"]

    assert chapter.rows == ()
    assert row.missing == (
        "Lukua ei vielä ole. Lähde, josta se tuodaan: Suomen ympäristökeskus, kuntien"
        " kasvihuonekaasupäästöt (Hiilineutraali Suomi)."
    )


def test_criteria_of_the_act_are_said_not_to_be_judged_and_why(kannus_content):
    (row,) = [row for row in pending(kannus_content, "fi") if row.key == "municipal-act-criteria"]

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

    days = {
        (each.source.code, each.table_id): each.answer.retrieved_at.date()
        for each in DataVersion.objects.select_related("answer", "source")
    }
    assert days["compiled-statfin", "13h4"] == date(2026, 9, 24)
    assert days["compiled-statfin", "142h"] == date(2026, 11, 22)
    frame = observations(["municipal_income_tax_rate", "jobs", "loans_per_capita"], ["035", "SSS"])
    found = frame.set_index(["indicator", "area", "year"])
    assert found.value["jobs", "SSS", 2019] == 2_373_526
    assert found["missing"]["municipal_income_tax_rate", "035", 2026] == "not_applicable"
    assert found["missing"]["loans_per_capita", "SSS", 2018] == "not_collected"
    assert not Indicator.objects.filter(is_active=False).exists()
    assert {run.state for run in import_bundled(by=None)} == {ImportState.UNCHANGED}
