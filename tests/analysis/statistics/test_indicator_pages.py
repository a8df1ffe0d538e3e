"""Coordinators add, change and retire indicators; the next analyses tell so, the published ones stay."""

import html
import re
from datetime import date
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from analysis.queries.measures_in_use import measures_in_use
from analysis.render.annex import annex_xlsx
from analysis.render.pdf import report_html
from analysis.statistics import usage
from analysis.statistics.actions.indicators import (
    IndicatorRefused,
    reinstate_indicator,
    retire_indicator,
    save_indicator,
)
from analysis.statistics.actions.loading import load_catalogue
from analysis.statistics.enums import ImportState
from analysis.statistics.forms.indicator_form import IndicatorForm
from analysis.statistics.models import (
    DataVersion,
    ImportRun,
    Indicator,
    Observation,
    RawAnswer,
    Source,
)
from analysis.wording.definitions import definition
from tests.analysis.editions import built, ready_made, store_figures
from tests.pressing import carried
from uso.ground.tenancy.scope import scope

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

LIST = "/statistics/indicators/"
ENGLISH = {"accept-language": "en"}
TYPED = {
    "name_fi": "Kirjastolainat", "name_sv": "Bibliotekslån", "name_en": "Library loans",
    "definition_fi": "Lainat asukasta kohti.", "definition_sv": "Lån per invånare.",
    "definition_en": "Loans per resident.",
    "unit_fi": "lainaa / asukas", "unit_sv": "lån / invånare", "unit_en": "loans per resident",
    "group": "wellbeing", "decimals": "1", "direction": "up", "table": "Kirjastot/lainat",
    "content_code": "lainat", "content_label": "", "selection": "", "is_read": "on",
    "display_mode": "level", "stable_below": "0.2", "group_figure": "median", "merge_rule": "not_comparable",
    "weight": "", "breaks": "2022, 2020",
}  # fmt: skip


@pytest.fixture
def coordinator(coordinator):
    coordinator.language = "en"
    coordinator.save()
    load_catalogue()
    return coordinator


def typed(**changes):
    return {**TYPED, "source": Source.objects.get(code="network").pk, **changes}


def send(client, url, data):
    return client.post(url, data, headers=ENGLISH)


def add(client, **changes):
    return send(client, LIST + "add/", typed(**changes))


def change(client, row, **changes):
    """Send the form as it is drawn now, unless `drawn` says otherwise."""
    url = f"{LIST}{row.pk}/"
    opened = {} if "drawn" in changes else carried(client.get(url, headers=ENGLISH))
    return send(client, url, typed(**{**opened, **changes}))


def retire(client, row):
    url = f"{LIST}{row.pk}/retire/"
    return send(client, url, carried(client.get(url, headers=ENGLISH)))


def store(indicator, values):
    run = ImportRun.objects.create(
        source=indicator.source, origin="test", state=ImportState.STORED, finished_at=timezone.now()
    )
    answer = RawAnswer.objects.create(
        run=run, table=indicator.table, origin="test", retrieved_at=timezone.now(),
        sha256="0" * 64, body_gzip=b"",
    )  # fmt: skip
    version = DataVersion.objects.create(
        source=indicator.source, table=indicator.table, number=1, answer=answer
    )
    Observation.objects.bulk_create(
        Observation(version=version, indicator=indicator, area="217", year=year, value=value)
        for year, value in values.items()
    )


def displayed(analysis):
    return {measure.key: measure for measure in analysis.content.measures}


def test_list_displays_source_table_years_and_state(client_for, coordinator):
    store_figures()

    page = client_for(coordinator).get(LIST, headers={"accept-language": "en"}).content.decode()

    assert "Lainakanta" in page or "Loan stock" in page
    assert "2008" in page or "2000" in page
    assert "over the network" in page
    assert "with the service only" in page
    assert "from files" in page


def test_added_indicator_with_figures_is_displayed_by_the_general_rules(
    client_for, coordinator, in_kannus, season8
):
    store_figures()
    assert add(client_for(coordinator)).url == LIST
    added = Indicator.objects.get(code="library_loans")
    assert (added.breaks, added.is_active) == ([2020, 2022], True)
    store(added, {2019: 9.0, 2022: 10.0, 2023: 11.0, 2024: 12.5})

    measure = displayed(built(in_kannus, season8, coordinator))["library-loans"]

    assert measure.name["sv"] == "Bibliotekslån"
    assert measure.latest.value == 12.5
    assert measure.series.own == {2022: 10.0, 2023: 11.0, 2024: 12.5}
    assert "12,5" in measure.findings[0].text["fi"]


def test_added_indicator_without_figures_names_its_source(
    client_for, coordinator, in_kannus, season8
):
    add(client_for(coordinator))

    measure = displayed(built(in_kannus, season8, coordinator))["library-loans"]

    assert (measure.kind, measure.latest) == ("absent", None)
    assert measure.limits[0]["fi"].startswith("Lukua ei vielä ole. Lähde, josta se tuodaan: USO")


def test_edited_words_are_displayed_in_the_next_edition(
    client_for, coordinator, in_kannus, season8
):
    add(client_for(coordinator))
    added = Indicator.objects.get(code="library_loans")

    answer = change(client_for(coordinator), added, name_fi="Kirjojen lainaus")

    assert answer.url == LIST
    measure = displayed(built(in_kannus, season8, coordinator))["library-loans"]
    assert measure.name["fi"] == "Kirjojen lainaus"


def test_retired_indicator_leaves_the_next_edition_and_the_published_one_stays(
    client_for, coordinator, in_kannus, season8
):
    store_figures()
    published = ready_made(in_kannus, season8, coordinator)
    before = published.sha256
    loans = Indicator.objects.get(code="loans_per_capita")

    retire(client_for(coordinator), loans)

    loans.refresh_from_db()
    assert not loans.is_active
    assert "loans-per-capita" not in {one.key for one in measures_in_use()}
    published.refresh_from_db()
    assert published.sha256 == before

    send(client_for(coordinator), f"{LIST}{loans.pk}/reinstate/", {})
    assert "loans-per-capita" in {one.key for one in measures_in_use()}


def test_measure_of_several_indicators_leaves_with_any_of_them(coordinator):
    assert {"dependency-ratio", "under-15"} & {one.key for one in measures_in_use()}

    retire_indicator(indicator=Indicator.objects.get(code="share_under_15"), by=coordinator)

    left = [one for one in measures_in_use() if "share_under_15" in one.needs]
    assert left == []


def test_confirmation_says_in_how_many_analyses_it_stands(
    client_for, coordinator, in_kannus, season8
):
    store_figures()
    built(in_kannus, season8, coordinator)
    population = Indicator.objects.get(code="population")

    page = client_for(coordinator).get(
        f"{LIST}{population.pk}/retire/", headers={"accept-language": "en"}
    )

    assert usage.count_editions_displaying(population.code) == usage.EditionCount(
        drafts=1, published=0
    )
    assert "It stands in 1 analysis that is not published" in page.content.decode()


def test_retiring_and_taking_back_are_said(client_for, coordinator):
    client, url = client_for(coordinator), f"{LIST}{Indicator.objects.get(code='evp_index').pk}/"

    for press, message in (("retire", "is retired"), ("reinstate", "is in use again")):
        opened = client.get(f"{url}{press}/", headers=ENGLISH)
        send(client, f"{url}{press}/", carried(opened))
        page = client.get(LIST, headers={"accept-language": "en"}).content.decode()
        assert message in page


def test_indicator_whose_weight_is_retired_stays_out_of_use(client_for, coordinator):
    jobs = Indicator.objects.get(code="jobs")
    jobs.weight = Indicator.objects.get(code="population")
    jobs.is_active = False
    jobs.save()
    Indicator.objects.filter(code="population").update(is_active=False)

    send(client_for(coordinator), f"{LIST}{jobs.pk}/reinstate/", {})

    jobs.refresh_from_db()
    assert not jobs.is_active
    with pytest.raises(IndicatorRefused, match="is retired: take it into use first") as refused:
        save_indicator(
            indicator=None, by=coordinator, **fields_of(group_figure="weighted", weight=jobs.weight)
        )
    assert refused.value.field == "weight"


def test_indicator_whose_name_another_has_by_now_stays_out_of_use(coordinator):
    jobs = retire_indicator(indicator=Indicator.objects.get(code="jobs"), by=coordinator)
    Indicator.objects.filter(code="population").update(name_fi=jobs.name_fi)

    with pytest.raises(IndicatorRefused, match="of this name already"):
        reinstate_indicator(indicator=jobs, by=coordinator)


def test_weight_of_another_is_not_retired(client_for, coordinator):
    employed = Indicator.objects.get(code="employed")

    with pytest.raises(IndicatorRefused, match="is weighed by this indicator"):
        retire_indicator(indicator=employed, by=coordinator)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"breaks": "soon"}, "“soon” is not a year"),
        ({"selection": "Ikä"}, "“Ikä” is not a variable = value"),
        ({"content_code": ""}, "Give the code or the text of the content."),
        ({"decimals": "9"}, "Give at most 3 decimals."),
        ({"name_sv": ""}, "Fill in: name in Swedish."),
        ({"merge_rule": "weighted"}, "Name the indicator that is the weight."),
        ({"group_figure": "weighted"}, "Name the indicator that is the weight."),
    ],
)
def test_bad_input_names_the_mend_and_loses_nothing_typed(client_for, coordinator, changes, says):
    answer = add(client_for(coordinator), **changes)

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "Kirjastolainat" in answer.content.decode()
    assert not Indicator.objects.filter(name_fi="Kirjastolainat").exists()


@pytest.mark.parametrize("averaged", ["merge_rule", "group_figure"])
def test_mean_without_a_weight_is_refused_at_the_weight(client_for, coordinator, averaged):
    answer = add(client_for(coordinator), **{averaged: "weighted"})

    assert answer.context["form"].errors == {"weight": ["Name the indicator that is the weight."]}
    with pytest.raises(IndicatorRefused, match="the weight") as refused:
        save_indicator(indicator=None, by=coordinator, **fields_of(**{averaged: "weighted"}))
    assert refused.value.field == "weight"
    with (
        pytest.raises(IntegrityError, match="indicator_weighted_names_its_weight"),
        transaction.atomic(),
    ):
        Indicator.objects.filter(code="jobs").update(**{averaged: "weighted"})


def fields_of(**changes):
    """Give what the form hands on, and what it would refuse."""
    form = IndicatorForm(typed())
    assert form.is_valid()
    return {**form.cleaned_data, **changes}


def test_group_figure_and_weight_of_the_database_are_displayed(client_for, coordinator):
    weight = Indicator.objects.get(code="population")
    add(client_for(coordinator), group_figure="weighted", weight=weight.pk)

    store(Indicator.objects.get(code="library_loans"), {2024: 9.5})

    (measure,) = [each for each in measures_in_use() if each.key == "library-loans"]

    assert (measure.weight, measure.reads) == ("population", ("library_loans", "population"))
    assert "their weighted mean (weight: population)" in definition(measure)["en"]


def test_weight_over_a_merger_stands_in_the_same_table(client_for, coordinator):
    weight = Indicator.objects.get(code="population")

    answer = add(client_for(coordinator), merge_rule="weighted", weight=weight.pk)

    assert answer.status_code == 422
    assert "the weight must come from the same table" in answer.content.decode()


def test_name_of_a_retired_one_gets_a_code_of_its_own(client_for, coordinator):
    add(client_for(coordinator))
    retire_indicator(indicator=Indicator.objects.get(code="library_loans"), by=coordinator)
    add(client_for(coordinator))

    codes = Indicator.objects.filter(name_fi="Kirjastolainat").values_list("code", flat=True)
    assert set(codes) == {"library_loans", "library_loans_2"}


def test_form_shows_what_is_stored(client_for, coordinator):
    offences = Indicator.objects.get(code="penal_code_offences_per_1000")

    page = client_for(coordinator).get(f"{LIST}{offences.pk}/").content.decode()

    assert "* = 101T504X406" in page
    assert reverse("statistics_network:retire_indicator", args=[offences.pk]) in page


def test_form_has_each_field_in_one_part():
    form = IndicatorForm()

    displayed = [field.name for part in form.parts for row in part.rows for field in row]

    assert sorted(displayed) == sorted(field.name for field in form.visible_fields())


def test_folded_parts_open_with_a_value_or_an_error(client_for, coordinator):
    client = client_for(coordinator)

    assert folded(client.get(LIST + "add/")) == [False, False, False]
    assert folded(add(client, breaks="soon")) == [False, True, False]
    add(client, influence_fi="Kunta päättää.", breaks="")
    stored = Indicator.objects.get(code="library_loans")
    assert folded(client.get(f"{LIST}{stored.pk}/")) == [False, False, True]


def folded(answer):
    """Return of each folded part whether it is open: variables, breaks, influence."""
    found = re.findall(r'<details class="more"( open)?>', answer.content.decode())
    return [bool(mark) for mark in found]


def test_expert_sees_the_list_without_the_presses(client_for, expert, coordinator):
    page = client_for(expert).get(LIST).content.decode()

    assert LIST + "add/" not in page


def test_built_on_the_same_day_of_the_same_figures_is_the_same(in_kannus, season8, coordinator):
    store_figures()
    first = built(in_kannus, season8, coordinator, on=date(2026, 11, 22))

    assert built(in_kannus, season8, coordinator, on=date(2026, 11, 22)).sha256 == first.sha256


def test_history_keeps_what_was_displayed_before_and_who_changed_it(client_for, coordinator):
    client = client_for(coordinator)
    add(client)
    row = Indicator.objects.get(code="library_loans")

    change(client, row, definition_en="Loans per resident and year.")

    events = Indicator._meta.apps.get_model("statistics", "IndicatorEvent").objects
    history = events.filter(pgh_obj=row).order_by("pgh_id")
    assert list(history.values_list("definition_en", flat=True)) == [
        "Loans per resident.", "Loans per resident and year.",
    ]  # fmt: skip
    assert history.last().pgh_context["user"] == coordinator.pk


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        ("name_fi", "Kirjasto\x0blainat", "Kirjasto lainat"),
        ("name_en", "Library\nloans", "Library loans"),
        ("unit_sv", "la\u030an\x02", "lån"),
        ("definition_en", "Loans\u200b per resident.", "Loans per resident."),
        ("influence_fi", "Aukiolo\u202eajat", "Aukioloajat"),
    ],
)
def test_signs_that_no_file_can_hold_are_taken_out(client_for, coordinator, field, typed, stored):
    add(client_for(coordinator), **{field: typed})

    assert getattr(Indicator.objects.get(table=TYPED["table"]), field) == stored


def test_markup_and_formulas_in_an_indicator_are_words_everywhere(
    client_for, coordinator, kannus, season8
):
    nasty = "=1+1/<script>alert(1)</script>{{ 7|add:7 }}"
    client = client_for(coordinator)
    add(client, name_fi=nasty, name_sv=nasty, unit_fi="+<b>", unit_sv="+<b>", content_code="x")
    indicator = Indicator.objects.get(table=TYPED["table"])
    store(indicator, {2022: 1.0, 2023: 2.0, 2024: 4.0})
    with scope(kannus.pk):
        content = built(kannus, season8, coordinator, on=date(2026, 11, 22)).content
    key = indicator.code.replace("_", "-")

    html = report_html(content, "fi")
    book = load_workbook(BytesIO(annex_xlsx(content, "fi")))
    pages = [f"/k/kannus/analysis/{end}" for end in ("", f"indicators/{key}/")]
    export = client.get(f"/k/kannus/analysis/indicators/{key}/figures.csv?lang=fi")

    for displayed in (html, *(client.get(page).content.decode() for page in (*pages, LIST))):
        assert "<script>alert" not in displayed
    assert "{{ 7|add:7 }}" in html
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert nasty in {cell.value for cell in cells}
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "/" not in export["Content-Disposition"].partition("''")[2]
    assert b";=" not in export.content


def test_change_by_another_meanwhile_is_named_and_nothing_typed_is_lost(client_for, coordinator):
    client = client_for(coordinator)
    add(client)
    row = Indicator.objects.get(code="library_loans")
    opened = carried(client.get(f"{LIST}{row.pk}/", headers=ENGLISH))
    change(client, row, definition_en="By the first.", breaks="2022")

    late = change(client, row, definition_en="By the second.", **opened)

    assert late.status_code == 422
    page = html.unescape(late.content.decode())
    assert "Definition in English: Loans per resident. → By the first." in page
    assert "Comparability breaks: [2020, 2022] → [2022]" in page
    assert coordinator.name in page
    assert "By the second." in page
    row.refresh_from_db()
    assert row.definition_en == "By the first."
    again = carried(late)
    assert change(client, row, definition_en="By the second.", **again).status_code == 302


def test_retiring_asks_again_where_the_indicator_is_another_by_now(client_for, coordinator):
    client = client_for(coordinator)
    add(client)
    row = Indicator.objects.get(code="library_loans")
    url = f"{LIST}{row.pk}/retire/"
    asked = carried(client.get(url, headers=ENGLISH))
    change(client, row, name_fi="Lainat")

    refused = send(client, url, asked)

    assert refused.status_code == 422
    assert "Name in Finnish: Kirjastolainat → Lainat" in html.unescape(refused.content.decode())
    row.refresh_from_db()
    assert row.is_active


def test_same_press_twice_adds_one_indicator_and_leads_there(client_for, coordinator):
    client = client_for(coordinator)
    opened = carried(client.get(f"{LIST}add/", headers=ENGLISH))
    assert "once" in opened

    first, second = add(client, **opened), add(client, **opened)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert Indicator.objects.filter(name_fi="Kirjastolainat").count() == 1


def test_second_press_adds_no_second_indicator(client_for, coordinator):
    client = client_for(coordinator)
    add(client)

    again = add(client)

    assert again.status_code == 422
    assert "There is an indicator of this name already." in again.content.decode()
    assert Indicator.objects.filter(name_fi="Kirjastolainat").count() == 1


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Share 65 plus", "share_65_plus_2"),  # code of the catalogue, in the database or not
        ("Working age", "working_age_2"),  # key that the catalogue gives a measure
        ("Over 64", "over_64_2"),  # measure computed in code
    ],
)
def test_no_new_indicator_takes_the_code_of_a_measure(client_for, coordinator, name, code):
    add(client_for(coordinator), name_en=name)

    assert Indicator.objects.get(name_en=name).code == code
